"""The preview as of a moment: the edition that readers see then, or the working copy."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk.verbs import publishing
from reviews.models import Edition, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_edition,
    make_film,
    make_outlet,
    make_review,
)
from tests.admin.pages import account_of, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def outlet() -> None:
    make_outlet(time_zone="Europe/London")


def at(review: Review, moment: str, **more: str) -> Any:
    return signed_in().get(url("preview", review), {"at": moment, **more})


def scheduled() -> Review:
    """Live since yesterday as "First"; "Second" takes over tomorrow at 13:00 in London; "Third" is saved."""
    with clock.frozen_at(MOMENT - DAY):
        review = Review.objects.get(pk=make_edition(headline="First").review_id)
    review.headline = "Second"
    review.save()
    publishing.publish(review, at=MOMENT + DAY)
    Review.objects.filter(pk=review.pk).update(headline="Third")
    return Review.objects.get(pk=review.pk)


class TestWhatIsShown:
    @pytest.mark.parametrize(
        ("moment", "headline", "says"),
        [
            ("2025-06-06T13:00", "First", "Readers see edition 1 then"),
            ("2025-06-07T12:59", "First", "Readers see edition 1 then"),
            ("2025-06-07T13:00", "Second", "Readers see edition 2 then, up since 7 June 2025, 13:00"),
            ("2025-06-04T12:00", "Third", "Readers see nothing of it then. This is the copy"),
        ],
    )
    def test_is_the_edition_of_the_moment_or_the_copy(self, moment: str, headline: str, says: str) -> None:
        words = text_of(at(scheduled(), moment))
        assert f"{headline} ·" in words
        assert says in words

    def test_says_which_moment_it_is(self) -> None:
        assert "As of 8 June 2025, 12:00 (Europe/London)." in text_of(at(scheduled(), "2025-06-08T12:00"))

    def test_is_the_copy_where_that_is_asked_for(self) -> None:
        page = text_of(at(scheduled(), "2025-06-08T12:00", show="copy"))
        assert "Third ·" in page
        assert "The copy as it is saved. Readers see edition 2 then, unless this is published." in page

    def test_is_the_copy_of_a_draft_dated_then(self) -> None:
        page = text_of(at(make_review(headline="Draft"), "2025-06-08T12:00"))
        assert "Draft ·" in page
        assert "First published 8 June 2025, 12:00" in page

    def test_says_when_an_edition_goes_up(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + 2 * DAY)
        page = text_of(at(review, "2025-06-07T12:00"))
        assert "Edition 1 goes up on 8 June 2025, 13:00 (Europe/London)." in page

    def test_has_the_others_that_are_public_then(self) -> None:
        film = make_film()
        review = make_review(film=film)
        make_edition(film=film, headline="Later", at=MOMENT + DAY)
        assert "Later" not in text_of(at(review, "2025-06-07T12:00"))
        assert "Later" in text_of(at(review, "2025-06-07T14:00"))

    def test_has_the_corrections_that_are_told_then(self) -> None:
        review = Review.objects.get(pk=make_edition().review_id)
        Review.objects.filter(pk=review.pk).update(headline="Mended")
        note = publishing.Note("fact", "It was a Tuesday.")
        publishing.publish(Review.objects.get(pk=review.pk), at=MOMENT + DAY, note=note)
        assert "It was a Tuesday." not in text_of(at(review, "2025-06-07T12:00"))
        assert "It was a Tuesday." in text_of(at(review, "2025-06-07T14:00"))

    def test_changes_nothing(self) -> None:
        review = scheduled()
        before = list(Edition.objects.values())
        at(review, "2025-06-08T12:00")
        assert list(Edition.objects.values()) == before
        assert clock.now() == MOMENT

    def test_is_for_whoever_may_see_the_copy(self) -> None:
        review = make_review(headline="Not yet")
        theirs = make_review(critic=make_critic(user=make_account("Critic")), headline="Mine")
        client = Client()
        client.force_login(account_of(theirs.critic))
        asked = {"at": "2025-06-08T12:00"}
        assert "Mine" in text_of(client.get(url("preview", theirs), asked))
        assert client.get(url("preview", review), asked).status_code in (302, 403)


class TestTheMoment:
    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"at": "tomorrow"}, "Enter a valid date."),
            ({"at": "2025-13-40T12:00"}, "Enter a valid date."),
            ({"at": "1066-10-14T09:00"}, "Type a year between 1900 and 2100."),
            ({"at": "9999-12-31T23:59:59-12:00"}, "Enter a valid date."),
            ({"at": "\u0663"}, "Enter a valid date."),
            ({"at_0": "2025-06-08", "at_1": "noon"}, "Enter a valid time."),
            ({"at_0": "2025-06-08"}, "Type a date and a time."),
            ({"at_1": "12:00"}, "Type a date and a time."),
        ],
    )
    def test_that_cannot_be_read_is_asked_for_again(self, asked: dict[str, str], said: str) -> None:
        response = signed_in().get(url("preview", make_review(headline="Saved")), asked)
        assert response.status_code == 200
        assert said in text_of(response)
        assert "Saved" in text_of(response)

    def test_is_typed_in_the_page_without_script(self) -> None:
        response = signed_in().get(url("preview", scheduled()), {"at_0": "2025-06-08", "at_1": "12:00"})
        assert "As of 8 June 2025, 12:00 (Europe/London)." in text_of(response)

    def test_may_say_its_own_offset(self) -> None:
        assert "As of 8 June 2025, 13:00 (Europe/London)." in text_of(at(scheduled(), "2025-06-08T12:00Z"))

    def test_that_comes_twice_is_asked_about(self) -> None:
        review = scheduled()
        response = at(review, "2025-10-26T01:30")
        assert "Which do you mean?" in text_of(response)
        assert "As of" not in text_of(response)
        asked = {"at_0": "2025-10-26", "at_1": "01:30"}
        page = response.content.decode()
        answer = page.split('name="at_meant"')[1].split('value="')[1].split('"')[0]
        told = text_of(signed_in().get(url("preview", review), asked | {"at_meant": answer}))
        assert "As of 26 October 2025, 01:30 BST (Europe/London)." in told

    def test_of_an_exact_offset_is_not_asked_about(self) -> None:
        page = text_of(at(scheduled(), "2025-10-26T01:30+00:00"))
        assert "As of 26 October 2025, 01:30 GMT (Europe/London)." in page

    def test_does_not_hide_that_the_copy_cannot_be_shown(self) -> None:
        response = at(make_review(rating="11/10"), "2025-06-08T12:00")
        assert "This cannot be shown yet" in text_of(response)


class TestTheArchive:
    def test_costs_no_more_as_it_grows(self) -> None:
        review, client = scheduled(), signed_in()
        make_edition(film=review.film)
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                client.get(url("preview", review), {"at": "2025-06-08T12:00"})
            counts.append(len(captured))
            for _ in range(4):
                make_edition(film=review.film)
        assert counts[0] == counts[1]
