"""A critic's page: the spread of verdicts, how often they part company with colleagues, their contrary reviews."""

import re
from typing import Any

import pytest

from reviews.desk.verbs import withdrawing
from reviews.public.reading import calibration
from reviews.seeding.factories import MOMENT, make_aspect, make_film
from tests.desk.reading import DAY
from tests.public.pages.colleagues import (
    CRITICISM,
    MIXED,
    NEGATIVE,
    NEUTRAL,
    PAN,
    POSITIVE,
    PRAISE,
    RAVE,
    Colleagues,
    contrary,
    figures,
    page,
    said,
    strips,
)
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DIGEST: dict[str, Any] = {"provenance": "digest", "provenance_note": "What is known."}


@pytest.fixture
def world() -> Colleagues:
    return Colleagues()


class TestTheSpread:
    def test_it_is_in_words_and_in_marks_rave_first(self, world: Colleagues) -> None:
        for verdict in (RAVE, POSITIVE, POSITIVE, NEUTRAL, PAN, None):
            world.film(verdict)
        assert "Six films: three for, one mixed, one against, one without a verdict." in said()
        assert strips() == ["Rave 1", "Positive 2", "Mixed 1", "Negative 0", "Pan 1", "No verdict 1"]

    def test_the_middle_is_told_of_four_verdicts_and_not_of_three(self, world: Colleagues) -> None:
        for verdict in (RAVE, POSITIVE, NEGATIVE, None):
            world.film(verdict)
        assert "middle" not in said()
        world.film(POSITIVE)
        assert "The middle verdict of four is positive; they run from negative to rave." in said()

    def test_the_share_is_told_of_ten_verdicts_and_not_of_nine(self, world: Colleagues) -> None:
        world.films(8, POSITIVE)
        world.films(2, None)
        world.film(PAN)
        assert "%" not in said()
        world.film(PAN)
        assert "80% of 10 verdicts are in favour." in said()

    def test_a_film_counts_once_by_the_latest_review(self, world: Colleagues) -> None:
        film = world.film(PAN)
        later = world.say(film, world.ada, RAVE)
        assert "One film: one for." in said()
        withdrawing.withdraw(later.review)
        assert "One film: one against." in said()


class TestWhoseVerdictsTheyAre:
    def test_of_digests_they_are_our_reading_which_is_said_once(self, world: Colleagues) -> None:
        for _ in range(2):
            world.say(make_film(), world.ada, PAN, **DIGEST)
        world.say(make_film(), world.ada, None, **DIGEST)
        assert said().count("our reading") == 1
        assert "The verdicts are our reading of reviews published elsewhere." in said()

    def test_some_digests_are_counted(self, world: Colleagues) -> None:
        world.say(make_film(), world.ada, PAN, **DIGEST)
        world.film(RAVE)
        assert "One of the verdicts is our reading of a review published elsewhere." in said()

    def test_without_digests_nothing_is_said(self, world: Colleagues) -> None:
        world.film(RAVE)
        assert "our reading" not in said()


class TestHowOftenTheyPart:
    def test_on_the_verdict_and_on_each_aspect_the_most_often_parted_first(self, world: Colleagues) -> None:
        world.films(
            2,
            PAN,
            POSITIVE,
            RAVE,
            held={world.music: PRAISE},
            theirs={world.music: PRAISE, world.action: MIXED},
        )
        for stance in (CRITICISM, CRITICISM, CRITICISM, MIXED, PRAISE):
            both = {world.action: PRAISE, world.music: PRAISE}
            world.film(RAVE, POSITIVE, RAVE, held={world.action: stance, world.music: PRAISE}, theirs=both)
        assert "On the verdict: parts from most colleagues on 2 of 7 films." in said()
        assert "Seven films in common with colleagues. A film counts where at least two" in said()
        assert figures() == ["Verdict 2 of 7 films", "Action 3 of 5 films", "Music 0 of 7 films"]

    def test_never_parting_is_a_figure_too(self, world: Colleagues) -> None:
        world.films(5, RAVE, POSITIVE, POSITIVE)
        assert "parts from most colleagues on none of 5 films." in said()

    def test_an_aspect_of_one_film_alone_is_not_counted(self, world: Colleagues) -> None:
        cameo = make_aspect(name="Cameo", film=make_film())
        world.films(5, PAN, PAN, PAN, held={cameo: PRAISE}, theirs={cameo: PRAISE})
        assert figures() == ["Verdict 0 of 5 films"]

    def test_a_film_without_a_majority_is_in_common_but_does_not_count(self, world: Colleagues) -> None:
        world.films(5, PAN, POSITIVE, NEGATIVE)
        assert "On the verdict: fewer than five films count so far." in said()
        assert "Five films in common with colleagues." in said()
        assert figures() == []

    def test_verdicts_that_are_not_stated_count_for_nothing(self, world: Colleagues) -> None:
        world.films(5, PAN, POSITIVE, RAVE, None)
        world.films(2, None, POSITIVE, RAVE)
        world.films(2, PAN, POSITIVE, None)
        assert "Nine films in common" in said()
        assert figures() == ["Verdict 5 of 5 films"]

    def test_only_the_latest_films_are_compared_which_is_said(
        self, world: Colleagues, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world.film(PAN, RAVE, RAVE, RAVE)
        world.films(5, RAVE, RAVE, RAVE, RAVE)
        assert figures() == ["Verdict 1 of 6 films"]
        assert "Only the latest" not in said()
        monkeypatch.setattr(calibration, "LATEST_FILMS", 5)
        assert figures() == ["Verdict 0 of 5 films"]
        assert "Only the latest 5 of 6 films are laid beside colleagues’ reviews." in said()
        assert "Six films: five for, one against." in said()
        assert contrary() == []


class TestTooFewInCommon:
    def test_four_are_too_few_and_five_are_enough(self, world: Colleagues) -> None:
        parted = {"held": {world.action: PRAISE}, "theirs": {world.action: CRITICISM}}
        world.films(4, PAN, POSITIVE, RAVE, **parted)
        assert "Four films in common with colleagues. From five films in common on, this page says" in said()
        assert figures() == []
        world.film(PAN, POSITIVE, RAVE, **parted)
        assert figures() == ["Verdict 5 of 5 films", "Action 5 of 5 films"]
        assert "From five" not in said()

    def test_one_colleague_makes_a_film_common(self, world: Colleagues) -> None:
        world.film(PAN, None)
        world.film(PAN)
        assert "One film in common with colleagues." in said()

    def test_none_at_all(self, world: Colleagues) -> None:
        world.films(6, PAN)
        assert "No colleague has written about the same films yet. From five films in common on" in said()
        assert figures() == []

    def test_one_critic_who_wrote_twice_is_one_colleague(self, world: Colleagues) -> None:
        for film in world.films(5, PAN, RAVE):
            world.say(film, world.others[0], POSITIVE)
        assert figures() == []


class TestSecondLooks:
    def test_the_critics_own_counts_until_it_is_withdrawn(self, world: Colleagues) -> None:
        film, *_ = world.films(
            5, PAN, POSITIVE, RAVE, held={world.action: PRAISE}, theirs={world.action: CRITICISM}
        )
        again = world.say(film, world.ada, RAVE, {world.action: CRITICISM}).review
        assert figures() == ["Verdict 4 of 5 films", "Action 4 of 5 films"]
        withdrawing.withdraw(again)
        assert figures() == ["Verdict 5 of 5 films", "Action 5 of 5 films"]

    def test_so_does_a_colleagues(self, world: Colleagues) -> None:
        film, *_ = world.films(
            6, PAN, POSITIVE, RAVE, held={world.action: PRAISE}, theirs={world.action: CRITICISM}
        )
        again = world.say(film, world.others[0], PAN, {world.action: PRAISE}).review
        assert figures() == ["Verdict 5 of 5 films", "Action 5 of 5 films"]
        withdrawing.withdraw(again)
        assert figures() == ["Verdict 6 of 6 films", "Action 6 of 6 films"]

    def test_an_aspect_on_which_the_later_review_is_silent_is_not_held(self, world: Colleagues) -> None:
        film, *_ = world.films(
            5, PAN, POSITIVE, RAVE, held={world.action: PRAISE}, theirs={world.action: CRITICISM}
        )
        world.say(film, world.ada, PAN)
        assert figures() == ["Verdict 5 of 5 films"]


class TestWhoColleaguesAre:
    def test_an_organisation_is_calibrated_like_anybody(self) -> None:
        Colleagues(kind="organisation").films(5, PAN, POSITIVE, RAVE)
        assert figures() == ["Verdict 5 of 5 films"]

    def test_organisations_and_unknown_critics_are_colleagues(self, world: Colleagues) -> None:
        for critic, kind in zip(world.others, ("organisation", "unknown"), strict=False):
            critic.kind = kind
            critic.save()
        world.films(5, PAN, POSITIVE, RAVE)
        assert figures() == ["Verdict 5 of 5 films"]

    def test_an_unknown_critic_has_only_the_count(self) -> None:
        Colleagues(kind="unknown").films(5, PAN, POSITIVE, RAVE)
        assert "Five films: five against." in said()
        assert "it may have been several people" in said()
        assert figures() == []
        assert "in common" not in said()


class TestMostContrary:
    def test_up_to_three_the_furthest_first_and_of_equals_the_newest(self, world: Colleagues) -> None:
        world.film(PAN, POSITIVE, POSITIVE, POSITIVE, title="Old", release_year=None)
        world.film(RAVE, PAN, PAN, PAN, NEGATIVE, title="Far", release_year=2024)
        world.film(PAN, POSITIVE, RAVE, POSITIVE, NEUTRAL, title="New", release_year=None)
        world.film(PAN, NEUTRAL, POSITIVE, NEUTRAL, POSITIVE, title="Near", release_year=None)
        first, second, third = contrary()
        assert first.startswith("Far (2024) Headline")
        assert first.endswith("Rave, where the middle of the other four verdicts is pan.")
        assert second.startswith("New ")
        assert second.endswith("Pan, where the middle of the other four verdicts is positive.")
        assert third.startswith("Old ")
        assert third.endswith("Pan, where the middle of the other three verdicts is positive.")

    def test_the_film_and_the_review_are_linked(self, world: Colleagues) -> None:
        film = make_film(slug="film")
        for critic in world.others:
            world.say(film, critic, POSITIVE)
        world.say(film, world.ada, PAN, slug="mine")
        links = [link.get("href") for link in page().all(".//div[@class='contraries']//a")]
        assert links == ["/films/film/", "/reviews/mine/"]

    def test_between_two_middles_both_are_said(self, world: Colleagues) -> None:
        world.film(PAN, NEUTRAL, POSITIVE, NEUTRAL, POSITIVE)
        (only,) = contrary()
        assert only.endswith(
            "Pan, where the middle of the other four verdicts lies between mixed and positive."
        )

    def test_one_step_beyond_the_middle_is_not_contrary(self, world: Colleagues) -> None:
        world.film(PAN, NEGATIVE, NEGATIVE, NEGATIVE)
        assert contrary() == []
        assert "Most contrary" not in page().text

    def test_nobody_is_contrary_to_two_others(self, world: Colleagues) -> None:
        film = world.film(PAN, RAVE, RAVE, None)
        world.film(None, RAVE, RAVE, RAVE)
        assert contrary() == []
        world.say(film, world.others[3], RAVE)
        assert len(contrary()) == 1

    def test_a_second_look_replaces_the_first(self, world: Colleagues) -> None:
        film = world.film(PAN, RAVE, RAVE, RAVE)
        again = world.say(film, world.ada, POSITIVE).review
        assert contrary() == []
        withdrawing.withdraw(again)
        assert len(contrary()) == 1
        world.say(film, world.others[0], PAN)
        world.say(film, world.others[1], PAN)
        assert contrary() == []


class TestTheOrderOfThePage:
    def test_who_they_are_then_where_they_stand_then_the_reviews(self, world: Colleagues) -> None:
        world.film(PAN, RAVE, RAVE, RAVE)
        assert page().texts(".//h2") == ["Verdicts", "Among colleagues", "Most contrary", "Reviews"]

    def test_later_pages_of_the_list_keep_to_the_list(self, world: Colleagues) -> None:
        for days in range(21):
            world.say(make_film(), world.ada, PAN, at=MOMENT - (days + 1) * DAY)
        first = page()
        (older,) = [href for href in first.hrefs() if re.search(r"\?before=", href)]
        later = read(older)
        assert later.texts(".//h2") == ["Reviews"]
        assert "Ada Lens" in later.text
        assert strips(later) == []
        assert said(first)
