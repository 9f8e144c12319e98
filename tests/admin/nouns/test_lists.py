"""The desk's lists: badges with words, relative times with exact ones, and a text for empty lists."""

import datetime as dt
import re
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.admin.parts.messages import MessagesMixin
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.models import Franchise
from reviews.rules.argument import Verdict
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_franchise,
    make_outlet,
    make_person,
    make_review,
    make_tag,
)
from tests.admin.pages import signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
REVIEWS = "/admin/reviews/review/"


def tree_of(response: Any) -> Element:
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def links_of(response: Any) -> dict[str, str]:
    """Words and addresses of the page's links."""
    return {" ".join("".join(a.itertext()).split()): a.get("href", "") for a in tree_of(response).iter("a")}


class TestSigns:
    @pytest.mark.parametrize("verdict", [*Verdict, None])
    def test_a_verdict_is_a_shape_and_a_word(self, verdict: Verdict | None) -> None:
        make_review(verdict=verdict)
        page = signed_in().get(REVIEWS)
        name, word = ("unstated", "No verdict") if verdict is None else (verdict.name.lower(), verdict.label)
        assert word in text_of(page)
        assert f'<use href="#sign-{name}"/>' in page.content.decode()

    def test_every_shape_that_a_page_names_is_drawn_on_it(self) -> None:
        make_outlet()
        for verdict in (*Verdict, None):
            make_review(verdict=verdict)
        for status in ("in_review", "approved", "withdrawn"):
            make_review(status=status)
        edition = make_edition(at=MOMENT - DAY)
        make_embargo(make_film(), MOMENT + DAY)
        make_embargo(edition.film, MOMENT - DAY)
        client = signed_in("")
        for noun in ("reviews/review", "reviews/embargo", "reviews/film", "reviews/edition", "auth/user"):
            page = client.get(f"/admin/{noun}/").content.decode()
            named = set(re.findall(r'<use href="#(sign-\w+)"', page))
            assert named, noun
            assert named <= set(re.findall(r'<symbol id="(sign-\w+)"', page)), noun

    def test_none_is_read_out(self) -> None:
        make_edition()
        signs = [
            each for each in tree_of(signed_in().get(REVIEWS)).iter() if "desk-sign" in each.get("class", "")
        ]
        assert len(signs) >= 3
        assert all(each.get("aria-hidden") == "true" for each in signs)


class TestMoments:
    def test_are_near_words_with_the_exact_one_for_eye_and_ear(self) -> None:
        make_outlet()
        make_edition(at=dt.datetime(2025, 6, 4, 16, tzinfo=dt.UTC))
        (moment,) = tree_of(signed_in().get(REVIEWS)).iter("time")
        assert moment.get("datetime") == "2025-06-04T16:00:00+00:00"
        assert moment.get("title") == "4 June 2025, 17:00 (Europe/London)"
        assert moment.text == "Up since 4 June"
        (heard,) = moment
        assert heard.get("class") == "visually-hidden"
        assert heard.text == " (4 June 2025, 17:00 (Europe/London))"

    def test_an_embargo_is_counted_down(self) -> None:
        held = make_embargo(make_film(), MOMENT + dt.timedelta(days=1, hours=5))
        make_embargo(make_film(), MOMENT - 2 * DAY)
        client = signed_in()
        page = text_of(client.get("/admin/reviews/embargo/"))
        assert "Active: lifts in 1 day 5 h" in page
        assert "Lifted 2 days ago" in page
        embargoes.lift(held, because="They said so.")
        assert "Ended now" in text_of(client.get("/admin/reviews/embargo/"))


class TestNouns:
    def test_say_whether_readers_see_them(self) -> None:
        make_edition(film=make_film(title="Seen"))
        assert "Seen" in (page := text_of(signed_in().get("/admin/reviews/film/?q=Seen")))
        assert "Public" in page
        make_film(title="Alone")
        assert "Not public" in text_of(signed_in().get("/admin/reviews/film/?q=Alone"))

    def test_a_critic_has_their_mark(self) -> None:
        make_critic(name="Vera Marginalia")
        assert "VM" in text_of(signed_in().get("/admin/reviews/critic/"))

    @pytest.mark.parametrize("noun", ["film", "critic", "embargo", "person", "tag", "edition"])
    def test_lists_ask_no_more_for_many_than_for_few(self, noun: str) -> None:
        client, path = signed_in(""), f"/admin/reviews/{noun}/"

        def fill(number: int) -> None:
            for each in range(number):
                number = Franchise.objects.count()
                series = make_franchise(name=f"Series {number}", slug=f"series-{number}")
                critic = make_critic(user=make_account("Critic"))
                edition = make_edition(film=make_film(franchise=series), critic=critic)
                make_embargo(edition.film, MOMENT + DAY * (each + 1))
                make_person()
                make_tag(f"Tag {edition.pk}")

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            return len(captured)

        client.get(path)
        fill(2)
        few = queries()
        fill(12)
        assert queries() == few


class TestAFilmsRow:
    def test_has_units_and_a_dash_that_a_phone_leaves_out(self) -> None:
        make_film(title="Ida", release_year=2013, runtime_minutes=82)
        response = signed_in().get("/admin/reviews/film/")
        assert "Ida2013–82 min" in text_of(response)
        (dash,) = [each for each in tree_of(response).iter() if each.get("class") == "desk-none"]
        assert dash.text == "–"

    def test_is_begun_on_a_form_of_the_buttons_name(self) -> None:
        response = signed_in().get("/admin/reviews/film/")
        form = signed_in().get(links_of(response)["New film"])
        assert "New film | " in form.content.decode()
        assert "Add another credit" in form.content.decode()


class TestAListWithoutRows:
    @pytest.mark.parametrize(
        "noun", ["review", "embargo", "film", "critic", "person", "franchise", "tag", "aspect", "oldaddress"]
    )
    def test_says_what_it_is_for_and_how_to_begin(self, noun: str) -> None:
        response = signed_in("").get(f"/admin/reviews/{noun}/")
        (desk,) = [each for model, each in admin.site._registry.items() if model._meta.model_name == noun]
        assert desk.empty_list  # type: ignore[attr-defined]
        assert desk.empty_list in text_of(response)  # type: ignore[attr-defined]
        name = desk.opts.verbose_name
        assert links_of(response)[f"New {name}"].startswith(f"/admin/reviews/{noun}/add/")

    @pytest.mark.parametrize("noun", ["edition", "correction"])
    def test_offers_nothing_that_the_desk_does_by_itself(self, noun: str) -> None:
        response = signed_in("").get(f"/admin/reviews/{noun}/")
        assert "yet." in text_of(response)
        assert not [words for words in links_of(response) if words.startswith("New")]

    @pytest.mark.parametrize("query", ["q=nothing+like+it", "readers=will", "status__exact=in_review"])
    def test_because_of_what_was_looked_for_leads_back_to_all(self, query: str) -> None:
        make_review()
        response = signed_in().get(f"{REVIEWS}?{query}")
        assert "No reviews match what you look for." in text_of(response)
        assert text_of(response).count("New review") == 1  # The button over the list.
        assert links_of(response)["Show all reviews"] == "?"

    def test_in_a_popup_it_stays_one(self) -> None:
        response = signed_in().get("/admin/reviews/film/?_popup=1&q=nothing")
        assert links_of(response)["Show all films"] == "?_popup=1"


class TestFilters:
    def test_say_what_is_chosen_and_lead_back(self) -> None:
        make_edition()
        response = signed_in().get(f"{REVIEWS}?readers=see")
        page = text_of(response)
        assert "Visibility: live" in page
        assert "Status: All" in page
        assert links_of(response)["Clear filters"] == "?"


class TestTheRoomOfEveryNoun:
    def test_every_admin_says_what_follows(self) -> None:
        assert all(isinstance(desk, MessagesMixin) for desk in admin.site._registry.values())


class TestCorrections:
    def test_a_withdrawal_stands_under_the_day_on_which_readers_were_told(self) -> None:
        """Not under the day of the edition that it ended."""
        make_outlet()
        gone, corrected = (make_edition(at=MOMENT - days * DAY).review for days in (9, 8))
        publishing.publish(corrected, note=publishing.Note("fact", "Told first."))
        with clock.frozen_at(MOMENT + DAY):
            withdrawing.withdraw(gone, note="Told last.")
            words = text_of(signed_in().get("/admin/reviews/correction/"))
        assert words.index("Told last.") < words.index("Told first.")
        assert "7 June 2025" in words
        assert "28 May 2025" not in words
