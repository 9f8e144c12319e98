"""Choosing two reviews of a film to read side by side."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import combinations
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from reviews import clock
from reviews.desk import addresses
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Edition, Film, Judgement, OldAddress, Review
from reviews.seeding.factories import MOMENT, make_aspect, make_critic, make_film, make_review
from tests.public.pages.pairs import DAY, answer, leads, publish
from tests.reading import Document, read, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestChoosing:
    @pytest.fixture
    def film(self) -> Film:
        film = make_film(slug="la-haine", title="La Haine", release_year=1995)
        action = make_aspect(name="Action")
        publish("ada", film, critic=make_critic(name="Ada Lens"), verdict=1, says=[(action, 1)])
        publish("bo", film, critic=make_critic(name="Bo Frame"), verdict=0, says=[(action, -1)])
        publish("cy", film, critic=make_critic(name="Cy Dolly"), verdict=None)
        return film

    PATH = "/films/la-haine/side-by-side/"

    def chosen(self, page: Document) -> dict[str, str]:
        return {
            select.get("name", ""): option.get("value", "")
            for select in page.all(".//select")
            for option in select
            if "selected" in option.attrib
        }

    def complaints(self, page: Document) -> list[str]:
        return page.texts(".//span[@class='choose__complaint']")

    def test_the_sharpest_disagreement_is_suggested_with_its_reason(self, film: Film) -> None:
        page = read(self.PATH)
        assert "Ada Lens and Bo Frame, side by side Opposed on action; positive against mixed." in page.text
        assert "/side-by-side/ada/bo/" in page.hrefs()
        assert self.chosen(page) == {"one": "ada", "other": "bo"}

    def test_every_review_can_be_chosen_by_its_critic(self, film: Film) -> None:
        page = read(self.PATH)
        for select in page.all(".//select"):
            assert [written(option) for option in select] == [
                *("Choose a review", "Ada Lens: positive", "Bo Frame: mixed", "Cy Dolly")
            ]
            (label,) = page.all(f".//label[@for='{select.get('id')}']")
            assert written(label)

    def test_two_critics_of_one_name_are_told_apart_by_what_they_wrote(self, film: Film) -> None:
        publish("di", film, critic=make_critic(name="Ada Lens"), verdict=None, headline="Another Ada")
        Edition.objects.filter(slug="ada").update(headline="Ada’s own")
        for select in read(self.PATH).all(".//select"):
            labels = {written(option) for option in select}
            assert {"Ada Lens, Ada’s own: positive", "Ada Lens, Another Ada"} < labels

    def test_what_is_hidden_is_in_no_list(self, film: Film) -> None:
        before = answer(self.PATH)
        make_review(film=film, slug="draft")
        publishing.publish(make_review(film=film, slug="later", verdict=-2), at=MOMENT + DAY)
        withdrawing.withdraw(publish("gone", film, at=MOMENT - DAY, verdict=2), note="A quotation was wrong.")
        assert answer(self.PATH) == before

    def test_a_critic_with_two_reviews_is_named_with_their_headlines(self, film: Film) -> None:
        ada = Edition.objects.get(slug="ada").critic
        publish("ada-again", film, critic=ada, headline="Once more", verdict=-2)
        options = read(self.PATH).texts(".//select[@name='one']/option")
        assert "Ada Lens, Once more: pan" in options
        assert "Bo Frame: mixed" in options

    @pytest.mark.parametrize("query", ["?one=ada&other=cy", "?one=cy&other=ada", "?other=cy&one=ada&more=x"])
    def test_two_lead_on_to_their_address(self, film: Film, query: str) -> None:
        assert leads(self.PATH + query) == (302, "/side-by-side/ada/cy/")

    def test_the_same_review_twice_is_a_complaint_and_stays_chosen(self, film: Film) -> None:
        page = read(f"{self.PATH}?one=cy&other=cy")
        assert self.complaints(page) == ["That is the same review twice. Choose another one here."]
        assert self.chosen(page) == {"one": "cy", "other": "cy"}
        (select,) = page.all(".//select[@aria-invalid='true']")
        assert select.get("name") == "other"
        assert page.all(f".//*[@id='{select.get('aria-describedby')}']")

    @pytest.mark.parametrize("query", ["?one=bo", "?one=bo&other="])
    def test_one_alone_stays_chosen_and_the_other_is_asked_for(self, film: Film, query: str) -> None:
        page = read(self.PATH + query)
        assert self.complaints(page) == ["Choose a review here too."]
        assert self.chosen(page) == {"one": "bo"}

    @pytest.mark.parametrize(
        "unknown", ["never", "draft", "later", "gone", "elsewhere", "No slug/%00", "%ff"]
    )
    def test_every_review_that_is_not_public_gets_the_same_complaint(self, film: Film, unknown: str) -> None:
        make_review(film=film, slug="draft")
        publishing.publish(make_review(film=film, slug="later"), at=MOMENT + DAY)
        withdrawing.withdraw(publish("gone", film, at=MOMENT - DAY), note="A quotation was wrong.")
        publish("elsewhere", make_film())
        query = f"{self.PATH}?one={unknown}&other=bo"
        assert answer(query) == answer(f"{self.PATH}?one=no-such&other=bo")
        page = read(query)
        assert self.complaints(page) == [
            "No review of this film is at that address. Choose one from the list."
        ]
        assert self.chosen(page) == {"other": "bo"}

    def test_the_pages_own_address_is_without_what_was_asked(self, film: Film) -> None:
        for query in ("", "?one=bo", "?one=cy&other=cy"):
            page = read(self.PATH + query)
            assert page.hrefs("canonical") == [f"http://127.0.0.1:8000{self.PATH}"]

    def test_where_nobody_disagrees_nothing_is_suggested(self) -> None:
        film = make_film(slug="calm")
        publish("a", film)
        publish("b", film)
        page = read("/films/calm/side-by-side/")
        assert "sharpest" not in page.text
        assert set(self.chosen(page).values()) == {"a", "b"}

    def test_one_review_is_too_few_and_there_is_a_way_back(self) -> None:
        film = make_film(slug="alone", title="La Haine", release_year=1995)
        publish("only", film)
        make_review(film=film, slug="draft")
        page = read("/films/alone/side-by-side/?one=only&other=draft")
        assert "Only one review of La Haine (1995) is here so far" in page.text
        assert {"/reviews/only/", "/films/alone/"} <= set(page.hrefs())
        assert not page.all(".//form")

    def test_of_very_many_the_newest_are_listed_and_any_can_be_asked_for(self) -> None:
        film, critic = make_film(slug="long"), make_critic()
        for n in range(102):
            publish(f"r{n}", film, critic=critic, at=MOMENT - n * DAY, headline=f"Number {n}.")
        page = read("/films/long/side-by-side/")
        options = page.texts(".//select[@name='one']/option")
        assert len(options) == 101
        assert not [option for option in options if "Number 100." in option or "Number 101." in option]
        assert "The lists hold the 100 newest reviews of this film." in page.text
        assert leads("/films/long/side-by-side/?one=r100&other=r101") == (302, "/side-by-side/r100/r101/")
        assert self.chosen(read("/films/long/side-by-side/?one=r101&other=r101")) == {
            "one": "r101",
            "other": "r101",
        }


class TestAFilmThatMoved:
    def test_leads_on_to_choosing_under_its_present_name(self) -> None:
        film = make_film(slug="old")
        publish("a", film)
        film.slug = "new"
        film.save()
        addresses.keep(film, "old")
        assert leads("/films/old/side-by-side/?one=a") == (301, "/films/new/side-by-side/")
        withdrawing.withdraw(Review.objects.get())
        assert answer("/films/old/side-by-side/") == answer("/films/never/side-by-side/")
        assert answer("/films/new/side-by-side/") == answer("/films/never/side-by-side/")

    def test_a_review_that_was_at_a_films_address_has_nothing_to_choose(self) -> None:
        review = publish("a", make_film())
        OldAddress.objects.create(path="/films/odd/", kind="review", target_uid=review.uid)
        assert Client().get("/films/odd/side-by-side/").status_code == 404


class TestTheDemo:
    def test_the_two_who_disagree_most_are_suggested(
        self, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
    ) -> None:
        """Counted from the fixture's rows: opposed on the most aspects, then furthest apart in verdict."""
        with django_capture_on_commit_callbacks(execute=True):
            call_command("loaddata", "ballerina", verbosity=0)
        verdicts = {
            name: verdict or 0 for name, verdict in Review.objects.values_list("critic__name", "verdict")
        }
        stances: dict[str, dict[str, int]] = {name: {} for name in verdicts}
        for name, aspect, stance in Judgement.objects.values_list(
            "review__critic__name", "aspect__name", "stance"
        ):
            stances[name][aspect] = stance
        opposed = {
            (one, other): {
                aspect
                for aspect in stances[one].keys() & stances[other].keys()
                if stances[one][aspect] * stances[other][aspect] < 0
            }
            for one, other in combinations(sorted(stances), 2)
        }
        most = max(opposed, key=lambda pair: (len(opposed[pair]), abs(verdicts[pair[0]] - verdicts[pair[1]])))
        assert most == ("Adam Nayman", "Eileen Jones")
        assert opposed[most] == {"Lead performance", "Action", "Story"}
        with clock.frozen_at(MOMENT + 30 * DAY):
            page = read("/films/ballerina/side-by-side/")
            pair = read("/side-by-side/ballerina-adam-nayman/ballerina-eileen-jones/")
        assert "Eileen Jones and Adam Nayman, side by side" in page.text
        assert "Opposed on lead performance, action and story; rave against pan." in page.text
        assert pair.texts(".//section[@aria-labelledby='opposed']//h4") == [
            "Lead performance",
            "Action",
            "Story",
        ]
