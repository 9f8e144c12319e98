"""Agreeing an embargo: its effects on reviews are stated, confirmed, and only then applied."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from reviews.desk.verbs import embargoes, publishing
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.models import Edition, Embargo, Film, HistoryEntry
from reviews.seeding.factories import MOMENT, make_edition, make_film, make_outlet, make_review
from tests.admin.pages import answers_of, errors_of, fields_of, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)
ADD = "/admin/reviews/embargo/add/"


@pytest.fixture
def outlet() -> Any:
    return make_outlet()


@pytest.fixture
def film() -> Film:
    return make_film(title="Ballerina")


LOS_ANGELES = {"lifts_at_0": "2025-06-08", "lifts_at_1": "05:00", "lifts_at_zone": "America/Los_Angeles"}
"""Two days from now, in the studio's zone."""


def propose(to: Film, client: Client | None = None, /, **typed: str) -> Any:
    """The page that states what agreeing an embargo would do, or its errors."""
    client = client or signed_in("Publisher")
    return client.post(ADD, fields_of(client.get(ADD)) | {"film": str(to.pk)} | LOS_ANGELES | typed)


def agree(to: Film, **typed: str) -> Any:
    client = signed_in("Publisher")
    return client.post(ADD, fields_of(propose(to, client, **typed)), follow=True)


class TestAgreeing:
    def test_takes_the_moment_in_the_studios_zone(self, film: Film) -> None:
        agree(film)
        agreed = Embargo.objects.get()
        assert (agreed.lifts_at, agreed.zone) == (MOMENT + 2 * DAY, "America/Los_Angeles")

    def test_delays_a_scheduled_review_and_states_both_moments(self, film: Film) -> None:
        publishing.publish(make_review(film=film, headline="<b>Waiting"), at=MOMENT + DAY)
        response = agree(film)
        assert (
            "“<b>Waiting” goes up on 8 June 2025, 13:00 (Europe/London); "
            "it was to go up on 7 June 2025, 13:00 (Europe/London)."
        ) in text_of(response)
        assert "<b>Waiting" not in response.content.decode()
        assert Edition.objects.get().visible_from == MOMENT + 2 * DAY

    def test_says_what_readers_no_longer_see(self, film: Film) -> None:
        make_edition(film=film, headline="Seen until now", at=MOMENT - DAY)
        assert "Readers no longer see “Seen until now”." in text_of(agree(film))
        assert not Edition.objects.public().exists()

    def test_is_in_the_history_with_who_did_it(self, film: Film) -> None:
        client = signed_in("Publisher", username="kael")
        client.post(ADD, fields_of(propose(film, client)))
        assert HistoryEntry.objects.get(what="An embargo on reviews was agreed.").by_name == "kael"

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"lifts_at_zone": "Mars/Olympus"}, "lifts_at"),
            ({"lifts_at_zone": ""}, "lifts_at"),
            ({"lifts_at_0": "2025-11-02", "lifts_at_1": "01:30"}, "lifts_at"),
            ({"lifts_at_0": "", "lifts_at_1": "", "lifts_at_zone": ""}, "lifts_at"),
            ({"covers": "gossip"}, "covers"),
            ({"film": ""}, "film"),
        ],
    )
    def test_errors_are_shown_at_their_fields(self, film: Film, typed: dict[str, str], field: str) -> None:
        response = propose(film, **typed)
        assert list(errors_of(response)) == [field]
        assert "What will happen" not in text_of(response)
        assert not Embargo.objects.exists()


class TestBeforeItIsAgreed:
    def test_the_page_states_which_reviews_it_delays_and_hides(self, film: Film) -> None:
        publishing.publish(make_review(film=film, headline="Waiting"), at=MOMENT + DAY)
        make_edition(film=film, headline="Seen until now", at=MOMENT - DAY)
        page = text_of(propose(film))
        assert "Not saved yet" in page
        for statement in (
            "It holds every review of the film until 8 June 2025, 13:00 (Europe/London), "
            "which is 8 June 2025, 05:00 (America/Los_Angeles).",
            "“Waiting” goes up on 8 June 2025, 13:00 (Europe/London); "
            "it was to go up on 7 June 2025, 13:00 (Europe/London).",
            "Readers no longer see “Seen until now”.",
            "Behind a shared cache (a CDN) readers may see the old pages until the minute ends.",
        ):
            assert statement in page

    def test_nothing_is_done(self, film: Film) -> None:
        edition = make_edition(film=film, at=MOMENT - DAY)
        waiting = publishing.publish(make_review(film=film), at=MOMENT + DAY)
        told = HistoryEntry.objects.count()
        propose(film)
        assert not Embargo.objects.exists()
        assert Edition.objects.public().get() == edition
        assert Edition.objects.get(pk=waiting.pk).visible_from == MOMENT + DAY
        assert HistoryEntry.objects.count() == told
        assert not LogEntry.objects.exists()

    def test_nothing_typed_is_lost(self, film: Film) -> None:
        typed = {"covers": "social", "agreed_with": "A studio", "terms": "No spoilers."}
        shown = fields_of(propose(film, **typed))
        assert (LOS_ANGELES | typed | {"film": str(film.pk)}).items() <= shown.items()

    def test_a_change_in_between_is_stated_first(self, film: Film) -> None:
        client = signed_in("Publisher")
        stated = fields_of(propose(film, client))
        publishing.publish(make_review(film=film, headline="Just approved"), at=MOMENT + DAY)
        again = client.post(ADD, stated)
        assert "“Just approved” goes up on" in text_of(again)
        assert not Embargo.objects.exists()
        client.post(ADD, fields_of(again))
        assert Embargo.objects.exists()

    @pytest.mark.parametrize(
        "changed",
        [
            {"lifts_at_1": "05:01"},
            {"covers": "social"},
            {"lifts_at_zone": "America/Tijuana"},
            {"film": "other"},
        ],
    )
    def test_changed_fields_are_stated_again(self, film: Film, changed: dict[str, str]) -> None:
        if "film" in changed:
            changed = {"film": str(make_film().pk)}
        client = signed_in("Publisher")
        again = client.post(ADD, fields_of(propose(film, client)) | changed)
        assert "Not saved yet" in text_of(again)
        assert not Embargo.objects.exists()

    def test_who_agreed_it_and_its_terms_may_be_written_last(self, film: Film) -> None:
        client = signed_in("Publisher")
        client.post(
            ADD, fields_of(propose(film, client)) | {"terms": "No spoilers.", "agreed_with": "A studio"}
        )
        agreed = Embargo.objects.get()
        assert (agreed.terms, agreed.agreed_with) == ("No spoilers.", "A studio")

    def test_a_moment_that_has_passed_delays_nothing(self, film: Film) -> None:
        page = text_of(propose(film, lifts_at_0="2025-06-01"))
        assert "Its date and time have passed: it hides nothing." in page
        assert "No review is moved, hidden or shown by it." in page

    def test_one_on_social_media_says_so(self, film: Film) -> None:
        assert "It hides no review. It tells the desk to post nothing" in text_of(
            propose(film, covers="social")
        )

    def test_a_refusal_by_the_verb_is_shown(self, film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: Any, **options: Any) -> None:
            raise EmbargoError("Ask a publisher.")

        monkeypatch.setattr(embargoes, "impose", refuse)
        assert "Ask a publisher." in text_of(propose(film))

    def test_an_ambiguous_time_is_asked_about_before_it_is_stated(self, film: Film) -> None:
        client = signed_in("Publisher")
        asked = propose(film, client, lifts_at_0="2025-11-02", lifts_at_1="01:30", terms="No spoilers.")
        assert "The clocks in America/Los_Angeles go back from 02:00 to 01:00 on 2 November 2025" in text_of(
            asked
        )
        stated = client.post(ADD, fields_of(asked) | {"lifts_at_meant": answers_of(asked)[1]})
        assert "2 November 2025, 01:30 PST (America/Los_Angeles)" in text_of(stated)
        client.post(ADD, fields_of(stated))
        agreed = Embargo.objects.get()
        assert (agreed.lifts_at, agreed.terms) == (
            dt.datetime(2025, 11, 2, 9, 30, tzinfo=dt.UTC),
            "No spoilers.",
        )

    def test_a_popup_has_the_same_steps_and_stays_a_popup(self, film: Film) -> None:
        client = signed_in("Publisher")
        address = f"{ADD}?_popup=1"
        typed = fields_of(client.get(address)) | {"film": str(film.pk)} | LOS_ANGELES
        stated = client.post(address, typed)
        assert "It holds every review of the film" in text_of(stated)
        assert "popup_response" in client.post(address, fields_of(stated)).content.decode()
        assert Embargo.objects.exists()

    def test_another_can_follow_at_once(self, film: Film) -> None:
        client = signed_in("Publisher")
        response = client.post(ADD, fields_of(propose(film, client)) | {"_addanother": "1"})
        assert (response.status_code, response["Location"]) == (302, ADD)


class TestAMomentThatIsOnNoWholeMinute:
    SAID = "Behind a shared cache (a CDN) readers may see the change up to 59 seconds late"

    @pytest.mark.parametrize(("time", "is_said"), [("05:00", False), ("05:00:30", True)])
    def test_is_late_behind_a_shared_cache_and_the_page_says_so(
        self, film: Film, time: str, is_said: bool
    ) -> None:
        assert (self.SAID in text_of(propose(film, lifts_at_1=time))) == is_said
        assert (self.SAID in text_of(propose(film, lifts_at_1=time, covers="social"))) is False

    @pytest.mark.parametrize(
        ("covers", "time", "is_said"),
        [("reviews", "05:00", False), ("reviews", "05:00:30", True), ("social", "05:00:30", False)],
    )
    def test_is_said_where_an_embargo_is_moved_too(
        self, film: Film, covers: str, time: str, is_said: bool
    ) -> None:
        embargo = Embargo(film=film, covers=covers, lifts_at=MOMENT + DAY, zone="UTC")
        embargoes.impose(embargo)
        moved = {"lifts_at_0": "2025-06-09", "lifts_at_1": time, "because": "They asked."}
        client, address = signed_in("Publisher"), url("move", embargo)
        page = text_of(client.post(address, fields_of(client.get(address)) | moved))
        assert "lifts on 9 June 2025" in page
        assert (self.SAID in page) == is_said
