"""Generated histories: the verbs and ``public()`` against an independent model."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reviews import clock
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.models import Critic, Edition, EditionTag, Embargo, Film, Review
from reviews.seeding.factories import MOMENT, make_embargo, make_film, make_review
from tests.desk.verbs.invariants import assert_consistent
from tests.desk.verbs.model import FILMS_OF_REVIEWS, FOREVER, HOUR, Copy, Held, Model

hours = st.integers(-1, 6)
which = st.integers(0, 5)


class Histories(RuleBasedStateMachine):
    """Every verb, in any order, at moments that often coincide."""

    rows: ClassVar[list[Review]]

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = MOMENT
        self.model = Model()
        self.written = self.steps = 0
        self.reviews = [copy.copy(row) for row in self.rows]
        self.films = [self.reviews[FILMS_OF_REVIEWS.index(film)].film for film in (0, 1)]
        self.numbers = {review.pk: number for number, review in enumerate(self.reviews)}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def at(self, offset: int) -> dt.datetime:
        return self.now + offset * HOUR

    def do(self, verb: Callable[..., Any], *arguments: Any, refused: bool = False, **named: Any) -> Any:
        """Call a verb at the state machine's moment; it must refuse exactly if the model says so."""
        with clock.frozen_at(self.now):
            try:
                result = verb(*arguments, **named)
            except (PublishingError, EmbargoError):
                assert refused
                return None
        assert not refused
        return result

    def pending(self) -> list[int]:
        return [
            number
            for number, copies in enumerate(self.model.copies)
            if copies and copies[-1].begins > self.now
        ]

    def live(self) -> list[int]:
        return [number for number in range(len(self.reviews)) if self.model.newest(number, self.now)]

    def forget_pending(self, number: int) -> None:
        self.model.copies[number] = [each for each in self.model.copies[number] if each.begins <= self.now]

    # -- What happens -------------------------------------------------------------------------------------

    @precondition(lambda self: any(self.model.copies) or self.model.embargoes)
    @rule(offset=st.integers(1, 4))
    def wait(self, offset: int) -> None:
        self.now = self.at(offset)

    @rule(which=which)
    def publish_now(self, which: int) -> None:
        self.publish(which, None, None)

    @rule(which=which, offset=hours)
    def publish_later(self, which: int, offset: int) -> None:
        self.publish(which, offset, None)

    @rule(which=which, offset=st.none() | hours, rights=st.integers(0, 9))
    def publish_for_a_time(self, which: int, offset: int | None, rights: int) -> None:
        self.publish(which, offset, rights)

    def publish(self, which: int, offset: int | None, rights: int | None) -> None:
        number = which % len(self.reviews)
        self.written += 1
        text = f"Text {self.written}"
        review = Review.objects.get(pk=self.reviews[number].pk)
        review.headline, review.rights_until = text, self.at(rights) if rights is not None else None
        review.save()
        planned = max(self.now, self.at(offset or 0))
        begins = max(planned, self.model.lift(FILMS_OF_REVIEWS[number]))
        ends = review.rights_until or FOREVER
        at = None if offset is None else self.at(offset)
        self.do(publishing.publish, review, at=at, refused=ends <= begins)
        if begins < ends:
            self.forget_pending(number)
            self.model.copies[number].append(Copy(text, planned, begins, ends))

    @precondition(lambda self: self.pending())
    @rule(which=which, offset=hours)
    def retime(self, which: int, offset: int) -> None:
        number = self.pending()[which % len(self.pending())]
        approved = self.model.copies[number][-1]
        planned = max(self.now, self.at(offset))
        begins = max(planned, self.model.lift(FILMS_OF_REVIEWS[number]))
        self.do(publishing.retime, self.reviews[number], self.at(offset), refused=approved.ends <= begins)
        if begins < approved.ends:
            approved.planned, approved.begins = planned, begins

    @precondition(lambda self: self.pending())
    @rule(which=which)
    def unschedule(self, which: int) -> None:
        number = self.pending()[which % len(self.pending())]
        self.do(publishing.unschedule, self.reviews[number])
        self.forget_pending(number)

    @precondition(lambda self: self.pending() or self.live())
    @rule(which=which)
    def withdraw(self, which: int) -> None:
        candidates = sorted({*self.pending(), *self.live()})
        number = candidates[which % len(candidates)]
        self.do(withdrawing.withdraw, self.reviews[number])
        if live := self.model.newest(number, self.now):
            live.ends = self.now
        self.forget_pending(number)

    @precondition(lambda self: len(self.pending()) < len(self.reviews) and any(self.model.copies))
    @rule(verb=st.sampled_from(["retime", "unschedule", "withdraw"]))
    def come_too_late(self, verb: str) -> None:
        idle = set(range(len(self.reviews))) - set(self.pending())
        for number in idle - set(self.live()) if verb == "withdraw" else idle:
            arguments = [self.now] if verb == "retime" else []
            do = withdrawing.withdraw if verb == "withdraw" else getattr(publishing, verb)
            self.do(do, self.reviews[number], *arguments, refused=True)

    @rule(
        film=st.sampled_from([0, 0, 1]),
        offset=hours,
        covers=st.sampled_from(["reviews", "reviews", "social"]),
    )
    def impose(self, film: int, offset: int, covers: str) -> None:
        embargo = Embargo(film=self.films[film], covers=covers, lifts_at=self.at(offset), zone="UTC")
        self.do(embargoes.impose, embargo)
        if covers == "reviews":
            self.model.embargoes.append(Held(film, self.at(offset), embargo))
        # Whatever it covers: the desk then reads all embargoes of the film, also ones written without it.
        self.model.settle(film, self.now)

    @rule(film=st.sampled_from([0, 0, 1]), offset=st.integers(1, 6))
    def write_an_embargo_past_the_desk(self, film: int, offset: int) -> None:
        row = make_embargo(self.films[film], self.at(offset))
        self.model.embargoes.append(Held(film, self.at(offset), row))

    @precondition(lambda self: self.model.embargoes)
    @rule(which=which, offset=hours)
    def move(self, which: int, offset: int) -> None:
        held = self.model.embargoes[-1 - which % len(self.model.embargoes)]
        moved = self.do(embargoes.move, held.row, self.at(offset), because="Asked.", refused=not held.is_on)
        if moved:
            held.is_on = False
            self.model.embargoes.append(Held(held.film, self.at(offset), moved[0]))
            self.model.settle(held.film, self.now)

    @precondition(lambda self: self.model.embargoes)
    @rule(which=which)
    def lift_one(self, which: int) -> None:
        self.lift(which)

    def lift(self, which: int) -> None:
        held = self.model.embargoes[-1 - which % len(self.model.embargoes)]
        self.do(embargoes.lift, held.row, because="Asked.", refused=not held.is_on)
        if held.is_on:
            held.is_on = False
            self.model.settle(held.film, self.now)

    # Three steps that are too rare at random: an embargo on a pending edition, the moment at which only the embargo
    # delays it, and the end of that embargo.

    @precondition(lambda self: self.pending())
    @rule(which=which, offset=st.integers(1, 4))
    def impose_on_what_waits(self, which: int, offset: int) -> None:
        number = self.pending()[which % len(self.pending())]
        film, lifts_at = FILMS_OF_REVIEWS[number], self.model.copies[number][-1].begins + offset * HOUR
        embargo = Embargo(film=self.films[film], lifts_at=lifts_at, zone="UTC")
        self.do(embargoes.impose, embargo)
        self.model.embargoes.append(Held(film, lifts_at, embargo))
        self.model.settle(film, self.now)

    def held(self) -> list[int]:
        waiting = [(number, self.model.copies[number][-1]) for number in self.pending()]
        return [number for number, each in waiting if each.planned < each.begins]

    @precondition(lambda self: self.held())
    @rule(which=which)
    def wait_until_only_the_embargo_holds(self, which: int) -> None:
        each = self.model.copies[self.held()[which % len(self.held())]][-1]
        self.now = max(self.now, each.planned + (each.begins - each.planned) / 2)

    @precondition(lambda self: self.held())
    @rule(which=which)
    def lift_what_holds(self, which: int) -> None:
        film = FILMS_OF_REVIEWS[self.held()[which % len(self.held())]]
        for place, held in enumerate(reversed(self.model.embargoes)):
            if held.film == film and held.is_on and held.lifts > self.now:
                self.lift(place)

    # -- What must hold -----------------------------------------------------------------------------------

    @invariant()
    def readers_see_what_the_model_says(self) -> None:
        self.steps += 1
        # Now and two other moments each time, so that every moment is checked while it is in the future.
        for moment in (self.now, self.at(1 + self.steps % 4), self.at(5 + self.steps % 5)):
            columns = ("review", "headline", "visible_from", "first_visible_from")
            read = list(Edition.objects.public(moment).newest_first().values_list(*columns))
            said = [
                (review.pk, text, self.model.began(number, moment), self.model.went_up(number, moment))
                for number, review in enumerate(self.reviews)
                if (text := self.model.seen(number, moment))
            ]
            said.sort(key=lambda row: (MOMENT - row[3], self.reviews[self.numbers[row[0]]].uid))
            assert read == said
            tags = EditionTag.objects.public(moment).filter(tag__name="T").newest_first()
            tagged = list(tags.values_list("edition__review", "first_visible_from"))
            assert tagged == [(row[0], row[3]) for row in said]
        self.nouns_follow(moment, {row[0] for row in said})

    def nouns_follow(self, moment: dt.datetime, seen: set[int]) -> None:
        """Sometimes check the nouns: that is slower, and they use the same queryset method."""
        reviews = [review for review in self.reviews if review.pk in seen]
        if self.steps % 3 == 0:
            films = Film.objects.public(moment).values_list("pk", flat=True)
            assert set(films) == {review.film_id for review in reviews}
        elif self.steps % 3 == 1:
            critics = Critic.objects.public(moment).values_list("pk", flat=True)
            assert set(critics) == {review.critic_id for review in reviews}
        else:
            with clock.frozen_at(self.now):
                assert_consistent(self.reviews[self.steps // 3 % len(self.reviews)], is_settled=False)


@pytest.mark.django_db
def test_the_verbs_and_public_agree_with_the_model() -> None:
    films = [make_film() for _ in set(FILMS_OF_REVIEWS)]
    Histories.rows = [make_review(film=films[film], body="A.", tags=("T",)) for film in FILMS_OF_REVIEWS]
    profile = settings.default
    assert profile is not None
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=profile.max_examples // 2,
            stateful_step_count=12,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
