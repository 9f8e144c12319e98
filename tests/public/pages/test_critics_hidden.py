"""Hidden reviews change nothing on a critic's page; and the queries of the page."""

from collections.abc import Callable

import pytest
from django.test import Client

from reviews import clock
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Film, Judgement, Review
from reviews.public.reading import standing_source
from reviews.seeding.factories import MOMENT, make_critic, make_embargo, make_film, make_outlet
from tests.desk.reading import DAY, HOUR, INSTANT, change
from tests.public.every_page.test_queries import queries
from tests.public.pages.colleagues import (
    CRITICISM,
    PAN,
    POSITIVE,
    PRAISE,
    RAVE,
    Colleagues,
    contrary,
    figures,
    page,
    said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class Threshold(Colleagues):
    """A critic just below every limit, so that any review added below changes a figure."""

    def __init__(self) -> None:
        super().__init__()
        self.hers, self.theirs = {self.action: PRAISE}, {self.action: CRITICISM}
        self.contrary = self.film(PAN, POSITIVE, RAVE, POSITIVE, held=self.hers, theirs=self.theirs)
        self.nearly, *_ = [
            self.film(PAN, POSITIVE, RAVE, held=self.hers, theirs=self.theirs) for _ in range(3)
        ]
        self.only_hers = self.film(PAN, held=self.hers)
        self.only_theirs = make_film()
        for critic in self.others[:2]:
            self.say(self.only_theirs, critic, RAVE, self.theirs)


Secret = Callable[[Threshold], list[Review]]


def a_fifth_film_of_hers(world: Threshold) -> list[Review]:
    return [world.write(world.only_theirs, world.ada, PAN, world.hers)]


def a_colleague_on_a_film_of_hers(world: Threshold) -> list[Review]:
    return [world.write(world.only_hers, world.others[0], RAVE, world.theirs)]


def a_third_other_on_a_film_in_common(world: Threshold) -> list[Review]:
    return [world.write(world.nearly, world.others[2], RAVE)]


def her_second_look(world: Threshold) -> list[Review]:
    return [world.write(world.contrary, world.ada, RAVE, world.theirs)]


def a_colleagues_second_look(world: Threshold) -> list[Review]:
    return [world.write(world.contrary, world.others[0], RAVE, world.hers)]


def a_film_of_which_nobody_knows(world: Threshold) -> list[Review]:
    film = make_film()
    theirs = [world.write(film, critic, RAVE, world.theirs) for critic in world.others]
    return [*theirs, world.write(film, world.ada, PAN, world.hers)]


SECRETS: list[Secret] = [
    a_fifth_film_of_hers,
    a_colleague_on_a_film_of_hers,
    a_third_other_on_a_film_in_common,
    her_second_look,
    a_colleagues_second_look,
    a_film_of_which_nobody_knows,
]


def left_a_draft(review: Review) -> None:
    pass


def handed_in(review: Review) -> None:
    change(review, status=Review.Status.IN_REVIEW)


def approved_for_tomorrow(review: Review) -> None:
    publishing.publish(review, at=MOMENT + DAY)


def withdrawn(review: Review) -> None:
    with clock.frozen_at(MOMENT - DAY):
        publishing.publish(review)
    with clock.frozen_at(MOMENT - HOUR):
        withdrawing.withdraw(review)


def run_out_of_rights(review: Review) -> None:
    change(review, rights_until=MOMENT)
    publishing.publish(review, at=MOMENT - DAY, backdated=True)


HIDDEN = [left_a_draft, handed_in, approved_for_tomorrow, withdrawn, run_out_of_rights]


def body() -> bytes:
    response = Client().get("/critics/ada/")
    assert response.status_code == 200
    return response.content


@pytest.fixture(scope="class")
def world(kept_by_class: None) -> Threshold:
    make_outlet()
    return Threshold()


@pytest.mark.parametrize("secret", SECRETS)
class TestHiddenReviews:
    def test_they_change_no_figure(self, world: Threshold, secret: Secret) -> None:
        before = body()
        for hide in HIDDEN:
            for review in secret(world):
                hide(review)
            assert body() == before, hide.__name__

    def test_each_would_change_one_if_public(self, world: Threshold, secret: Secret) -> None:
        before = said()
        for review in secret(world):
            publishing.publish(review)
        assert said() != before


class TestEmbargoes:
    def test_a_film_under_embargo_is_in_no_figure(self, world: Threshold) -> None:
        before = body()
        film = make_film()
        make_embargo(film, MOMENT + DAY)
        for critic in world.others:
            world.say(film, critic, RAVE, world.theirs)  # Their windows are open, without the desk's verbs.
        world.say(film, world.ada, PAN, world.hers)
        assert body() == before
        with clock.frozen_at(MOMENT + DAY):
            assert figures() == ["Verdict 5 of 5 films", "Action 5 of 5 films"]
            assert len(contrary()) == 2

    def test_one_agreed_later_removes_the_figure(self, world: Threshold) -> None:
        world.film(RAVE, PAN, PAN, PAN, held=world.theirs, theirs=world.hers, slug="held")
        assert figures() == ["Verdict 5 of 5 films", "Action 5 of 5 films"]
        make_embargo(Film.objects.get(slug="held"), MOMENT + DAY)
        assert figures() == []
        assert "Four films in common" in said()

    def test_a_scheduled_review_counts_from_its_very_moment(self, world: Threshold) -> None:
        (review,) = a_fifth_film_of_hers(world)
        publishing.publish(review, at=MOMENT + DAY)
        with clock.frozen_at(MOMENT + DAY - INSTANT):
            assert figures() == []
        with clock.frozen_at(MOMENT + DAY):
            assert figures() == ["Verdict 5 of 5 films", "Action 5 of 5 films"]


class TestQueries:
    @staticmethod
    def crowd(world: Colleagues, films: int, colleagues: int) -> None:
        """Films that the critic and so many colleagues have reviewed, each review with two judgements."""
        critics = [world.ada, *(make_critic() for _ in range(colleagues))]
        for film in [make_film() for _ in range(films)]:
            for number, critic in enumerate(critics):
                world.say(film, critic, PAN if number else RAVE, {world.action: PRAISE, world.music: PRAISE})

    def test_are_as_many_for_many_films_as_for_few_and_fewer_on_later_pages(self) -> None:
        make_outlet()
        world = Colleagues()
        self.crowd(world, films=1, colleagues=1)
        few = queries("/critics/ada/")
        self.crowd(world, films=21, colleagues=4)
        many = queries("/critics/ada/")
        assert len(many) == len(few) <= 9
        assert figures() == ["Verdict 21 of 21 films", "Action 0 of 21 films", "Music 0 of 21 films"]
        (older,) = [href for href in page().hrefs() if "?before=" in href]
        assert len(queries(older)) == len(many) - 5

    def test_say_the_same_of_so_many_judgements_that_they_are_asked_for_in_parts(
        self, world: Threshold, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(standing_source, "AT_ONCE", 5)
        world.film(RAVE, PAN, PAN, PAN, held=world.theirs, theirs=world.hers)
        assert figures() == ["Verdict 5 of 5 films", "Action 5 of 5 films"]


class TestTheDesk:
    def test_is_read_for_no_query(self, world: Threshold) -> None:
        tables = {model._meta.db_table for model in (Review, Judgement)}
        for sql in queries("/critics/ada/"):
            assert not [table for table in tables if f'"{table}"' in sql]
