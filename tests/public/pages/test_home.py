"""The front page: its lead, its latest reviews, and the film that the critics disagree about."""

import datetime as dt

import pytest

from reviews.models import Critic, Film
from reviews.rules.argument import Verdict
from reviews.seeding.factories import MOMENT, make_critic, make_edition, make_film, make_outlet
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)


def quarrel(page: Document) -> list[str]:
    """The two sides on the front page of the film that divides its critics, one item each; empty if there is none."""
    return page.texts(".//section[@class='quarrel']/article")


def say(
    film: Film, verdict: Verdict | None, headline: str, *, days_ago: int = 0, critic: Critic | None = None
) -> None:
    make_edition(
        film=film,
        verdict=verdict,
        headline=headline,
        critic=critic or make_critic(),
        at=MOMENT - days_ago * DAY,
    )


class TestTheLead:
    def test_the_newest_review_leads_and_is_not_repeated(self) -> None:
        make_edition(headline="Older", at=MOMENT - DAY)
        make_edition(headline="Newest")
        page = read("/")
        assert page.texts(".//article[@class='lead']//h2") == ["Newest"]
        assert page.texts(".//article[@class='latest-review']//h3") == ["Older"]

    def test_a_first_review_stands_alone(self) -> None:
        make_edition(headline="Alone")
        page = read("/")
        assert "Latest reviews" not in page.text
        assert page.texts(".//section//h3") != []

    def test_it_says_where_its_words_come_from(self) -> None:
        make_outlet(name="The Reel")
        make_edition()
        (lead,) = read("/").texts(".//article[@class='lead']")
        assert "Written for The Reel." in lead


class TestTheQuarrel:
    def test_the_two_ends_are_shown_the_more_favourable_first(self) -> None:
        film = make_film(title="Split")
        say(film, Verdict.PAN, "It fails")
        say(film, Verdict.MIXED, "It wavers")
        say(film, Verdict.RAVE, "It soars")
        first, second = quarrel(read("/"))
        assert "It soars" in first
        assert "It fails" in second

    def test_critics_on_one_side_do_not_quarrel(self) -> None:
        film = make_film()
        say(film, Verdict.RAVE, "It soars")
        say(film, Verdict.MIXED, "It wavers")
        say(film, None, "It is")
        assert quarrel(read("/")) == []

    def test_the_film_that_divides_them_most_is_chosen(self) -> None:
        mild, sharp = make_film(title="Mild"), make_film(title="Sharp")
        say(mild, Verdict.POSITIVE, "Good")
        say(mild, Verdict.NEGATIVE, "Bad")
        say(sharp, Verdict.RAVE, "Best", days_ago=2)
        say(sharp, Verdict.PAN, "Worst", days_ago=2)
        assert "Sharp" in read("/").texts(".//section[@class='quarrel']/h2")[0]

    def test_a_second_look_stands_for_its_critic(self) -> None:
        """The count and the two sides both use the later review."""
        film, critic = make_film(), make_critic()
        say(film, Verdict.PAN, "It fails", critic=critic, days_ago=3)
        say(film, Verdict.NEGATIVE, "It fails less", critic=critic, days_ago=2)
        say(film, Verdict.RAVE, "It soars", days_ago=1)
        assert "It fails less" in quarrel(read("/"))[1]

    def test_of_several_with_the_same_verdict_the_newest_is_shown(self) -> None:
        film = make_film()
        say(film, Verdict.PAN, "It fails")
        say(film, Verdict.RAVE, "It soared", days_ago=2)
        say(film, Verdict.RAVE, "It soars", days_ago=1)
        assert "It soars" in quarrel(read("/"))[0]


class TestTheShelf:
    def test_films_stand_on_it_with_their_counts(self) -> None:
        say(make_film(title="One"), Verdict.RAVE, "A")
        say(make_film(title="Two"), Verdict.RAVE, "B", days_ago=1)
        assert read("/").texts(".//section[@class='shelf']//h3") == ["One (2025)", "Two (2025)"]

    def test_the_only_film_is_not_shown_twice_where_it_is_quarrelled_about(self) -> None:
        film = make_film()
        say(film, Verdict.RAVE, "A")
        say(film, Verdict.PAN, "B")
        assert read("/").all(".//section[@class='shelf']") == []
