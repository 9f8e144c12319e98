"""Generated histories: what the verbs and ``public()`` make of them, against a model that knows neither.

The model holds what the desk meant and nothing that is computed from it: of each review the copies that were
approved, each with the moment at which it begins; of each film its embargoes. A reader sees the copy that began
last, unless it was withdrawn, its rights have ended, or an embargo is on.
"""

import copy
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
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
from reviews.desk import embargoes, publishing
from reviews.desk.embargoes import EmbargoError
from reviews.desk.publishing import PublishingError
from reviews.models import Critic, Edition, Embargo, Film, Review
from tests.desk.invariants import assert_consistent
from tests.factories import MOMENT, make_embargo, make_film, make_review

HOUR = dt.timedelta(hours=1)
FOREVER = MOMENT + dt.timedelta(days=1000)
FILMS_OF_REVIEWS = (0, 0, 1)


@dataclass
class Copy:
    """What the desk approved once. ``ends`` is the end of its rights, or its withdrawal if that came first."""

    text: str
    planned: dt.datetime
    begins: dt.datetime
    ends: dt.datetime


@dataclass
class Held:
    """An embargo as the model knows it."""

    film: int
    lifts: dt.datetime
    row: Embargo
    is_on: bool = True


@dataclass
class Model:
    """The ten lines that the desk and ``public()`` have to agree with."""

    copies: list[list[Copy]] = field(default_factory=lambda: [[] for _ in FILMS_OF_REVIEWS])
    embargoes: list[Held] = field(default_factory=list)

    def lift(self, film: int) -> dt.datetime:
        return max(
            [held.lifts for held in self.embargoes if held.film == film and held.is_on], default=MOMENT
        )

    def newest(self, review: int, at: dt.datetime) -> Copy | None:
        newest = None
        for each in self.copies[review]:
            if each.begins <= at and (newest is None or newest.begins <= each.begins):
                newest = each
        return newest if newest and at < newest.ends else None

    def began(self, review: int, at: dt.datetime) -> dt.datetime | None:
        newest = self.newest(review, at)
        return newest.begins if newest else None

    def seen(self, review: int, at: dt.datetime) -> str | None:
        newest = self.newest(review, at)
        return newest.text if newest and self.lift(FILMS_OF_REVIEWS[review]) <= at else None

    def went_up(self, review: int, at: dt.datetime) -> dt.datetime:
        """When the review was first there to be seen, by what is known at a moment."""
        copies = self.copies[review]
        for each, after in zip(copies, [*copies[1:], None], strict=True):
            ends = min(each.ends, after.begins) if after else each.ends
            if each.begins <= at and each.begins < ends:
                return each.begins
        raise AssertionError("The review has never gone up.")

    def settle(self, film: int, now: dt.datetime) -> None:
        for review, copies in enumerate(self.copies):
            for each in copies:
                if FILMS_OF_REVIEWS[review] == film and each.begins > now:
                    each.begins = max(now, each.planned, self.lift(film))


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
        """Call a verb at this machine's moment; it must refuse exactly where the model says so."""
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

    @rule(which=which, offset=st.none() | hours, rights=st.none() | st.none() | st.integers(0, 9))
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
        self.do(publishing.retime, self.reviews[number], self.at(offset))
        approved = self.model.copies[number][-1]
        approved.planned = max(self.now, self.at(offset))
        approved.begins = max(approved.planned, self.model.lift(FILMS_OF_REVIEWS[number]))

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
        self.do(publishing.withdraw, self.reviews[number])
        if live := self.model.newest(number, self.now):
            live.ends = self.now
        self.forget_pending(number)

    @precondition(lambda self: len(self.pending()) < len(self.reviews) and any(self.model.copies))
    @rule(verb=st.sampled_from(["retime", "unschedule", "withdraw"]))
    def come_too_late(self, verb: str) -> None:
        idle = set(range(len(self.reviews))) - set(self.pending())
        for number in idle - set(self.live()) if verb == "withdraw" else idle:
            arguments = [self.now] if verb == "retime" else []
            self.do(getattr(publishing, verb), self.reviews[number], *arguments, refused=True)

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
    def lift(self, which: int) -> None:
        held = self.model.embargoes[-1 - which % len(self.model.embargoes)]
        self.do(embargoes.lift, held.row, because="Asked.", refused=not held.is_on)
        if held.is_on:
            held.is_on = False
            self.model.settle(held.film, self.now)

    # -- What must hold -----------------------------------------------------------------------------------

    @invariant()
    def readers_see_what_the_model_says(self) -> None:
        self.steps += 1
        # Now, and two other moments each time: every one within reach has its turn while it lies ahead.
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
        seen = [self.reviews[self.numbers[row[0]]] for row in said]
        films = Film.objects.public(moment).values_list("pk", flat=True)
        critics = Critic.objects.public(moment).values_list("pk", flat=True)
        assert (set(films), set(critics)) == (
            {review.film_id for review in seen},
            {review.critic_id for review in seen},
        )

    @invariant()
    def editions_are_consistent(self) -> None:
        if self.steps % 3 == 0:
            with clock.frozen_at(self.now):
                for review in self.reviews:
                    assert_consistent(review, is_settled=False)


@pytest.mark.django_db
def test_the_verbs_and_public_agree_with_the_model() -> None:
    films = [make_film() for _ in set(FILMS_OF_REVIEWS)]
    Histories.rows = [make_review(film=films[film], body="A.") for film in FILMS_OF_REVIEWS]
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=80,
            stateful_step_count=12,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
