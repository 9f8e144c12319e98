"""Publishing from the desk: the page states what will happen, and exactly that happens."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from reviews import clock
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import embargoes, publishing
from reviews.models import Correction, Edition, Embargo, HistoryEntry, Review
from reviews.seeding.factories import (
    MOMENT,
    make_edition,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.admin.pages import answers_of, confirm, fields_of, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)


@pytest.fixture
def outlet() -> Any:
    return make_outlet()


def reread(review: Review) -> Review:
    return Review.objects.get(pk=review.pk)


class TestPublishNow:
    def test_the_page_says_that_readers_see_it_at_once(self) -> None:
        page = text_of(signed_in().get(url("publish", make_review(slug="la-haine"))))
        assert "Readers see it at once." in page
        assert "/reviews/la-haine/" in page
        assert "Readers have not seen the review before." in page

    def test_one_press_does_it_and_says_when(self) -> None:
        client, review = signed_in(), make_review()
        posted = fields_of(client.get(url("publish", review)))
        response = client.post(url("publish", review), posted, follow=True)
        assert Edition.objects.public().get().review == review
        assert "Approved: readers see it from 6 June 2025, 13:00 (Europe/London)." in text_of(response)
        assert reread(review).status == Review.Status.APPROVED

    def test_it_is_in_the_history_with_who_did_it(self) -> None:
        review = make_review()
        confirm(signed_in(username="kael"), review, "publish")
        entry = LogEntry.objects.get()
        assert entry.user.get_username() == "kael"
        assert entry.get_change_message().startswith("Approved:")

    def test_the_history_reads_the_clock_as_the_desk_does(self) -> None:
        review, client = make_review(), signed_in()
        confirm(client, review, "publish")
        HistoryEntry.objects.update(at=MOMENT + dt.timedelta(minutes=94))
        assert "6 June 2025, 14:34" in text_of(client.get(url("history", review)))

    def test_looking_does_nothing(self) -> None:
        review = make_review()
        signed_in().get(url("publish", review))
        signed_in().head(url("publish", review))
        assert not Edition.objects.exists()


class TestPublishAtAMoment:
    def typed(self, day: str, time: str) -> dict[str, str]:
        return {"at_0": day, "at_1": time}

    @pytest.mark.parametrize(("time", "is_said"), [("17:00", False), ("17:00:30", True)])
    def test_says_if_it_is_late_behind_a_shared_cache(self, time: str, is_said: bool) -> None:
        client, address = signed_in(), url("publish", make_review())
        page = client.post(address, fields_of(client.get(address)) | self.typed("2025-06-07", time))
        assert ("readers may see the change up to 59 seconds late" in text_of(page)) == is_said

    @pytest.mark.parametrize(("seconds", "is_said"), [(0, False), (30, True)])
    def test_says_if_the_rights_end_late_behind_a_shared_cache(self, seconds: int, is_said: bool) -> None:
        ends = MOMENT + dt.timedelta(days=9, seconds=seconds)
        page = text_of(signed_in().get(url("publish", make_review(rights_until=ends))))
        assert "when the rights end." in page
        assert ("readers may see the change up to 59 seconds late" in page) == is_said

    def test_is_stated_in_both_zones_before_it_is_done(self) -> None:
        client, review = signed_in(), make_review()
        address = url("publish", review)
        first = client.post(address, fields_of(client.get(address)) | self.typed("2025-06-07", "17:00"))
        page = text_of(first)
        assert (
            "Readers see it from 7 June 2025, 17:00 (Europe/London), which is 7 June 2025, 16:00 (UTC)."
            in page
        )
        assert "Not done yet" in page
        assert not Edition.objects.exists()
        assert client.post(address, fields_of(first)).status_code == 302
        assert Edition.objects.get().visible_from == dt.datetime(2025, 6, 7, 16, tzinfo=dt.UTC)

    def test_one_that_has_passed_means_at_once(self) -> None:
        client, review = signed_in(), make_review()
        address = url("publish", review)
        first = client.post(address, fields_of(client.get(address)) | self.typed("2025-06-01", "09:00"))
        assert "1 June 2025, 09:00 (Europe/London) has passed: readers see it at once." in text_of(first)
        client.post(address, fields_of(first))
        assert Edition.objects.get().visible_from == MOMENT

    def test_one_that_passes_while_it_is_read_is_asked_again(self) -> None:
        client, review = signed_in(), make_review()
        address = url("publish", review)
        first = client.post(address, fields_of(client.get(address)) | self.typed("2025-06-06", "13:01"))
        with clock.frozen_at(MOMENT + DAY):
            assert "has passed" in text_of(client.post(address, fields_of(first)))
        assert not Edition.objects.exists()

    @pytest.mark.parametrize(
        ("day", "time", "message"),
        [
            ("2025-10-26", "01:30", "01:30 comes twice then: choose which one you mean."),
            ("2026-03-29", "01:30", "01:30 does not exist then: choose what you mean."),
            ("2025-13-01", "01:30", "Enter a valid date"),
            ("2025-06-07", "", "Enter a valid time"),
            ("9999-12-31", "23:59", "a year between"),
            ("2025-06-07", "\0", "Enter a valid time"),
        ],
    )
    def test_one_that_is_none_gets_a_message(self, day: str, time: str, message: str) -> None:
        client, review = signed_in(), make_review()
        posted = fields_of(client.get(url("publish", review))) | self.typed(day, time)
        assert message in text_of(client.post(url("publish", review), posted))
        assert not Edition.objects.exists()

    @pytest.mark.parametrize(
        ("time", "number", "moment", "words"),
        [
            (
                ("2025-10-26", "01:30"),
                0,
                "2025-10-26T00:30",
                "26 October 2025, 01:30 BST (Europe/London), which is 26 October 2025, 00:30 (UTC).",
            ),
            (("2025-10-26", "01:30"), 1, "2025-10-26T01:30", "26 October 2025, 01:30 GMT (Europe/London)."),
            (("2026-03-29", "01:30"), 0, "2026-03-29T00:30", "29 March 2026, 00:30 (Europe/London)."),
            (
                ("2026-03-29", "01:30"),
                1,
                "2026-03-29T01:30",
                "29 March 2026, 02:30 (Europe/London), which is 29 March 2026, 01:30 (UTC).",
            ),
        ],
    )
    def test_one_that_the_clocks_repeat_or_skip_is_asked_about_stated_and_done(
        self, time: tuple[str, str], number: int, moment: str, words: str
    ) -> None:
        client, review = signed_in(), make_review()
        address = url("publish", review)
        asked = client.post(address, fields_of(client.get(address)) | self.typed(*time))
        assert not Edition.objects.exists()
        answer = answers_of(asked)[number]
        stated = client.post(address, fields_of(asked) | {"at_meant": answer})
        assert f"Readers see it from {words}" in text_of(stated)
        assert not Edition.objects.exists()
        assert client.post(address, fields_of(stated)).status_code == 302
        assert Edition.objects.get().visible_from == dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)

    def test_an_answer_changed_after_it_was_stated_is_stated_again(self) -> None:
        client, review = signed_in(), make_review()
        address = url("publish", review)
        asked = client.post(address, fields_of(client.get(address)) | self.typed("2025-10-26", "01:30"))
        first, second = answers_of(asked)
        stated = client.post(address, fields_of(asked) | {"at_meant": first})
        assert "Not done yet" in text_of(client.post(address, fields_of(stated) | {"at_meant": second}))
        assert not Edition.objects.exists()

    def test_the_form_names_the_zone(self) -> None:
        assert "In the outlet’s zone, Europe/London." in text_of(
            signed_in().get(url("publish", make_review()))
        )


class TestPublishUnderEmbargo:
    @pytest.fixture
    def review(self) -> Review:
        film = make_film(title="Ballerina")
        embargoes.impose(Embargo(film=film, lifts_at=MOMENT + DAY, zone="America/Los_Angeles"))
        return make_review(film=film)

    def test_the_page_says_what_holds_it_and_until_when(self, review: Review) -> None:
        page = text_of(signed_in().get(url("publish", review)))
        assert "You publish it now, but the embargo on reviews of Ballerina (2025) holds it" in page
        assert "7 June 2025, 13:00 (Europe/London), which is 7 June 2025, 05:00 (America/Los_Angeles)" in page

    def test_and_that_is_when_readers_see_it(self, review: Review) -> None:
        confirm(signed_in(), review, "publish")
        assert not Edition.objects.public().exists()
        assert Edition.objects.public(MOMENT + DAY).exists()

    def test_an_embargo_agreed_while_it_is_read_is_shown_first(self) -> None:
        client, review = signed_in(), make_review()
        posted = fields_of(client.get(url("publish", review)))
        embargoes.impose(Embargo(film=review.film, lifts_at=MOMENT + DAY, zone="UTC"))
        page = text_of(client.post(url("publish", review), posted))
        assert "Not done yet" in page
        assert "holds it" in page
        assert not Edition.objects.exists()


class TestPublishAgain:
    def test_the_page_says_what_changes_and_what_it_takes_over_from(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        make_judgement(review)
        review.headline, review.slug = "New", "new-address"
        review.save()
        page = text_of(signed_in().get(url("publish", review)))
        assert "It takes over from the edition of 5 June 2025, 13:00 (Europe/London)." in page
        assert "It changes: headline, slug, judgements." in page
        assert "are led on to it" in page

    def test_a_correction_is_told_to_readers(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        confirm(signed_in(), review, "publish", kind="fact", note="It was 1985, not 1986.")
        assert Correction.objects.public().get().note == "It was 1985, not 1986."

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"kind": "fact"}, "Say to readers what was wrong and what is right."),
            ({"note": "It was 1985."}, "Choose what kind of correction this is"),
            ({"kind": "fact", "note": "\x00\x01"}, "Say to readers"),
            ({"kind": "gossip", "note": "x"}, "valid choice"),
            ({"kind": "fact", "note": "x" * 1001}, "at most 1000 characters"),
        ],
    )
    def test_half_a_correction_gets_a_message(self, typed: dict[str, str], message: str) -> None:
        review = make_edition(at=MOMENT - DAY).review
        assert message in text_of(confirm(signed_in(), review, "publish", **typed))
        assert Edition.objects.count() == 1

    def test_a_first_publication_asks_for_none(self) -> None:
        assert "note" not in fields_of(signed_in().get(url("publish", make_review())))

    def test_the_page_says_which_planned_edition_it_replaces(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        page = text_of(signed_in().get(url("publish", review)))
        assert "It replaces the edition that was to go up on 7 June 2025, 13:00 (Europe/London)." in page

    def test_copy_saved_by_somebody_else_meanwhile_is_not_published_unread(self) -> None:
        client, review = signed_in(), make_review()
        posted = fields_of(client.get(url("publish", review)))
        Review.objects.update(body="Something else entirely.")
        assert "Not done yet" in text_of(client.post(url("publish", review), posted))
        assert not Edition.objects.exists()


class TestWhatStandsInTheWay:
    def test_is_listed_with_a_way_back_and_no_button(self) -> None:
        review = make_review(body="", rating="11/10")
        response = signed_in().get(url("publish", review))
        page = text_of(response)
        assert "The review has no body: write one." in page
        assert "above the top of its scale" in page
        assert url("change", review) in response.content.decode()
        assert 'value="Publish now"' not in response.content.decode()

    def test_holds_past_the_page_too(self) -> None:
        client, review = signed_in(), make_review()
        posted = fields_of(client.get(url("publish", review)))
        Review.objects.update(body="")
        assert "has no body" in text_of(client.post(url("publish", review), posted))
        assert not Edition.objects.exists()

    def test_rights_that_end_before_it_would_go_up(self) -> None:
        review = make_review(rights_until=MOMENT - DAY)
        assert "The rights end before" in text_of(confirm(signed_in(), review, "publish"))

    def test_a_reason_that_only_the_verb_finds_is_shown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: Any, **kwargs: Any) -> None:
            raise PublishingError(["The moon is <wrong>."])

        monkeypatch.setattr(publishing, "publish", refuse)
        response = confirm(signed_in(), make_review(), "publish")
        assert response.status_code == 200
        assert "The moon is &lt;wrong&gt;." in response.content.decode()
