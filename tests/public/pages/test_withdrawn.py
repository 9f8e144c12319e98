"""A withdrawn review: gone with a note, or as if it had never existed."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from reviews import clock
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Critic, OldAddress, Review
from reviews.seeding.factories import (
    MOMENT,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
)
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
NOTE = "A quotation was not what the director said."
SAID = {
    "headline": "Unsayable headline",
    "standfirst": "Unsayable standfirst.",
    "body": "Unsayable body.",
    "verdict": -2,
    "rating": "1/5",
    "pull_quote": "Unsayable body.",
}


def withdrawn(note: str = NOTE, **fields: Any) -> Review:
    """A review that was public for three days and then withdrawn."""
    review = make_edition(at=MOMENT - 3 * DAY, **SAID | {"slug": "gone"} | fields).review
    withdrawing.withdraw(review, note=note)
    return review


def answer(path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    response = Client().get(path, headers=headers)
    own = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, own, response.content


class TestWithANote:
    def test_its_address_says_that_it_was_withdrawn_when_and_why(self) -> None:
        make_outlet(name="The Reel")
        withdrawn(film=make_film(title="Ballerina"), critic=make_critic(name="Jane Doe"))
        page = read("/reviews/gone/", status=410)
        for words in (
            "The Reel",
            "This review was withdrawn",
            "A review of Ballerina (2025) by Jane Doe, first published 3 June 2025",
            "Withdrawn 6 June 2025, 13:00 BST",
            NOTE,
        ):
            assert words in page.text
        assert page.hrefs().count("/corrections/") == 2

    def test_nothing_of_what_it_said_is_repeated(self) -> None:
        withdrawn()
        page = read("/reviews/gone/", status=410)
        assert "Unsayable" not in page.html
        for said in ("Pan", "pan ", "1/5"):
            assert said not in page.text

    def test_the_film_and_the_critic_are_links_where_they_are_public_only(self) -> None:
        film, critic = make_film(slug="the-film"), make_critic(slug="the-critic")
        withdrawn(film=film, critic=critic)
        assert not {"/films/the-film/", "/critics/the-critic/"} & set(
            read("/reviews/gone/", status=410).hrefs()
        )
        make_edition(film=film)
        hrefs = read("/reviews/gone/", status=410).hrefs()
        assert "/films/the-film/" in hrefs
        assert "/critics/the-critic/" not in hrefs
        make_edition(critic=critic)
        assert "/critics/the-critic/" in read("/reviews/gone/", status=410).hrefs()

    def test_our_words_are_not_said_to_be_the_critics(self) -> None:
        digest = {"provenance": "digest", "provenance_note": "A digest.", "pull_quote": ""}
        withdrawn(critic=make_critic(name="Jane Doe"), **digest)
        page = read("/reviews/gone/", status=410)
        assert "Our digest of a review of" in page.text
        assert "by Jane Doe, first published" in page.text

    def test_an_author_who_is_not_known_is_not_named(self) -> None:
        withdrawn(critic=make_critic(name="Unattributed", kind=Critic.Kind.UNKNOWN))
        page = read("/reviews/gone/", status=410)
        assert "whose author we could not establish, first published" in page.text
        assert "Unattributed" not in page.text

    def test_it_is_kept_out_of_indexes_and_announces_nothing(self) -> None:
        withdrawn()
        page = read("/reviews/gone/", status=410)
        assert "noindex" in (page.meta("robots") or "")
        assert page.hrefs("canonical") == page.hrefs("alternate") == []
        assert page.structured == []
        assert page.meta("og:title") is None

    def test_asking_for_the_head_only_gets_the_same(self) -> None:
        withdrawn()
        response = Client().head("/reviews/gone/")
        assert (response.status_code, response.content) == (410, b"")

    def test_a_note_is_shown_and_never_run(self) -> None:
        withdrawn(note="<b>Bold</b>")
        assert "<b>Bold" not in read("/reviews/gone/", status=410).html

    def test_every_address_that_it_had_answers_the_same_without_a_hop(self) -> None:
        review = make_edition(at=MOMENT - 3 * DAY, slug="first").review
        for days, slug in ((2, "second"), (1, "third")):
            Review.objects.filter(pk=review.pk).update(slug=slug)
            with clock.frozen_at(MOMENT - days * DAY):
                publishing.publish(Review.objects.get(pk=review.pk))
        withdrawing.withdraw(review, note=NOTE)
        gone = answer("/reviews/third/")
        assert gone[0] == 410
        assert answer("/reviews/first/") == answer("/reviews/second/") == gone

    def test_so_does_an_old_address_entered_by_hand(self) -> None:
        OldAddress.objects.create(path="/films/old/", kind="review", target_uid=withdrawn().uid)
        assert answer("/films/old/") == answer("/reviews/gone/")

    def test_the_address_of_a_scheduled_return_is_not_found(self) -> None:
        review = withdrawn()
        Review.objects.filter(pk=review.pk).update(slug="back")
        publishing.publish(Review.objects.get(pk=review.pk), at=MOMENT + DAY)
        assert answer("/reviews/gone/")[0] == 410
        assert answer("/reviews/back/") == answer("/reviews/never/")
        with clock.frozen_at(MOMENT + DAY):
            assert Client().get("/reviews/gone/").headers["Location"] == "/reviews/back/"

    def test_an_embargo_on_the_film_hides_that_there_was_anything(self) -> None:
        review = withdrawn()
        make_embargo(review.film, MOMENT + DAY)
        assert answer("/reviews/gone/") == answer("/reviews/never/")
        with clock.frozen_at(MOMENT + DAY):
            assert answer("/reviews/gone/")[0] == 410


class TestWithoutANote:
    def test_its_addresses_answer_as_one_with_nothing_behind_it(self) -> None:
        review = make_edition(at=MOMENT - 3 * DAY, slug="first", **SAID).review
        Review.objects.filter(pk=review.pk).update(slug="second")
        with clock.frozen_at(MOMENT - DAY):
            publishing.publish(Review.objects.get(pk=review.pk))
        withdrawing.withdraw(review)
        assert answer("/reviews/never/")[0] == 404
        assert answer("/reviews/first/") == answer("/reviews/second/") == answer("/reviews/never/")

    def test_they_answer_with_the_note_once_there_is_one(self) -> None:
        make_outlet()
        review = withdrawn(note="")
        with clock.frozen_at(MOMENT + DAY):
            withdrawing.explain(review, NOTE)
            page = read("/reviews/gone/", status=410)
            assert NOTE in page.text
            assert "Withdrawn 6 June 2025, 13:00 BST" in page.text

    def test_an_earlier_note_does_not_speak_for_a_later_withdrawal(self) -> None:
        review = withdrawn()
        withdrawing.reinstate(review)
        with clock.frozen_at(MOMENT + DAY):
            withdrawing.withdraw(review)
            assert answer("/reviews/gone/") == answer("/reviews/never/")


class TestReinstated:
    def test_the_page_is_back_and_says_that_it_was_away(self) -> None:
        make_outlet()
        review = withdrawn()
        with clock.frozen_at(MOMENT + DAY):
            withdrawing.reinstate(review)
            page = read("/reviews/gone/")
        assert "Unsayable headline" in page.text
        assert page.texts(".//*[@class='correction__note']") == [NOTE]
        assert page.texts(".//*[@class='correction__head']") == ["6 June 2025, 13:00 BST withdrawal"]

    def test_the_old_addresses_lead_on_again(self) -> None:
        review = withdrawn()
        Review.objects.filter(pk=review.pk).update(slug="back")
        publishing.publish(Review.objects.get(pk=review.pk))
        assert Client().get("/reviews/gone/").headers["Location"] == "/reviews/back/"


class TestWhatItCosts:
    @pytest.mark.parametrize(("path", "queries"), [("/reviews/gone/", 4), ("/reviews/never/", 6)])
    def test_withdrawn_and_unknown_addresses_take_few_queries(
        self, path: str, queries: int, django_assert_num_queries: Any
    ) -> None:
        make_outlet()
        withdrawn()
        with django_assert_num_queries(queries):
            Client().get(path)


def test_a_review_that_was_never_public_has_no_withdrawal_page() -> None:
    publishing.publish(review := make_review(slug="never-seen"), at=MOMENT + DAY)
    withdrawing.withdraw(review)
    assert answer("/reviews/never-seen/") == answer("/reviews/never/")
