"""Embargoes at the desk: moved and lifted with a reason, never deleted, every effect stated."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User

from reviews.admin.embargo.admin import EmbargoAdmin
from reviews.desk.verbs import embargoes, publishing
from reviews.models import Edition, Embargo, Film, HistoryEntry
from reviews.seeding.factories import MOMENT, make_edition, make_embargo, make_film, make_outlet, make_review
from tests.admin.pages import confirm, fields_of, save, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)
ADD = "/admin/reviews/embargo/add/"


@pytest.fixture
def outlet() -> Any:
    return make_outlet()


@pytest.fixture
def film() -> Film:
    return make_film(title="Ballerina")


@pytest.fixture
def embargo(film: Film) -> Embargo:
    agreed = Embargo(film=film, lifts_at=MOMENT + 2 * DAY, zone="America/Los_Angeles", agreed_with="A studio")
    embargoes.impose(agreed)
    return agreed


class TestAnAgreement:
    def test_keeps_its_terms_up_to_date_and_nothing_else(self, embargo: Embargo) -> None:
        tampered = {
            "lifts_at_0": "2020-01-01",
            "lifts_at_1": "00:00",
            "film": str(make_film().pk),
            "covers": "social",
        }
        assert save(signed_in("Publisher"), embargo, terms="No spoilers.", **tampered).status_code == 302
        saved = Embargo.objects.get()
        assert (saved.terms, saved.lifts_at, saved.film, saved.covers) == (
            "No spoilers.",
            MOMENT + 2 * DAY,
            embargo.film,
            "reviews",
        )

    def test_does_not_come_back_when_its_form_is_saved_after_it_was_lifted(self, embargo: Embargo) -> None:
        client = signed_in("Publisher")
        posted = fields_of(client.get(url("change", embargo)))
        embargoes.lift(Embargo.objects.get(), because="The studio said so.")
        assert client.post(url("change", embargo), posted | {"terms": "x"}).status_code == 403
        assert Embargo.objects.get().ended_at == MOMENT

    def test_does_not_come_back_when_it_is_lifted_while_its_form_is_saved(
        self, embargo: Embargo, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save_form = EmbargoAdmin.save_form

        def lift_then_save(desk: Any, *args: Any, **options: Any) -> Any:
            embargoes.lift(Embargo.objects.get(), because="The studio said so.")
            return save_form(desk, *args, **options)

        monkeypatch.setattr(EmbargoAdmin, "save_form", lift_then_save)
        assert save(signed_in("Publisher"), embargo, terms="No spoilers.").status_code == 302
        saved = Embargo.objects.get()
        assert (saved.terms, saved.ended_at) == ("No spoilers.", MOMENT)

    @pytest.mark.parametrize("role", ["Publisher", ""])
    def test_is_never_deleted(self, embargo: Embargo, role: str) -> None:
        client = signed_in(role)
        assert client.post(url("delete", embargo), {"post": "yes"}).status_code == 403
        client.post(
            "/admin/reviews/embargo/",
            {"action": "delete_selected", "_selected_action": [str(embargo.pk)], "post": "yes"},
        )
        assert Embargo.objects.exists()

    def test_an_editor_reads_it_and_no_more(self, embargo: Embargo) -> None:
        client = signed_in("Editor")
        page = client.get(url("change", embargo))
        assert "A studio" in text_of(page)
        assert "/lift/" not in page.content.decode()
        for verb in ("move", "lift"):
            assert client.post(url(verb, embargo), {"because": "x", "stated": "x"}).status_code == 403
        assert client.get(ADD).status_code == 403

    def test_the_list_shows_both_zones(self, embargo: Embargo) -> None:
        page = text_of(signed_in("Publisher").get("/admin/reviews/embargo/?holds=yes"))
        assert "8 Jun 2025, 13:00" in page
        assert "8 June 2025, 05:00 (America/Los_Angeles)" in page
        assert "A studio" not in text_of(signed_in("Publisher").get("/admin/reviews/embargo/?holds=no"))


class TestMoving:
    def move(self, embargo: Embargo, day: str, because: str = "A new plan.") -> tuple[Any, Any]:
        """The confirm page, and the response to its confirmation."""
        client, address = signed_in("Publisher"), url("move", embargo)
        typed = {"lifts_at_0": day, "lifts_at_1": "05:00", "because": because}
        first = client.post(address, fields_of(client.get(address)) | typed)
        return first, client.post(address, fields_of(first), follow=True)

    def test_says_what_moves_before_and_after_and_keeps_both_agreements(self, embargo: Embargo) -> None:
        publishing.publish(make_review(film=embargo.film, headline="Waiting"))
        first, second = self.move(embargo, "2025-06-10")
        moved = (
            "“Waiting” goes up on 10 June 2025, 13:00 (Europe/London); "
            "it was to go up on 8 June 2025, 13:00 (Europe/London)."
        )
        assert moved in text_of(first)
        assert moved in text_of(second)
        old, new = Embargo.objects.order_by("pk")
        assert (old.ended_because, new.lifts_at) == ("A new plan.", MOMENT + 4 * DAY)
        assert Edition.objects.get().visible_from == MOMENT + 4 * DAY

    def test_the_moment_is_typed_in_the_studios_zone(self, embargo: Embargo) -> None:
        page = text_of(signed_in("Publisher").get(url("move", embargo)))
        assert "In the studio’s zone, America/Los_Angeles: year-month-day, 24 hours." in page
        self.move(embargo, "2025-06-10")
        assert Embargo.objects.get(ended_at=None).lifts_at == dt.datetime(2025, 6, 10, 12, tzinfo=dt.UTC)

    def test_nothing_is_done_before_it_is_confirmed(self, embargo: Embargo) -> None:
        client, address = signed_in("Publisher"), url("move", embargo)
        typed = {"lifts_at_0": "2025-06-10", "lifts_at_1": "05:00", "because": "x"}
        client.post(address, fields_of(client.get(address)) | typed)
        unmoved = Embargo.objects.get()
        assert (unmoved.ended_at, unmoved.lifts_at) == (None, MOMENT + 2 * DAY)

    def test_asks_why(self, embargo: Embargo) -> None:
        first, _ = self.move(embargo, "2025-06-10", because=" ")
        assert "This field is required." in text_of(first)
        assert Embargo.objects.count() == 1

    def test_into_the_past_lets_readers_see_what_waited(self, embargo: Embargo) -> None:
        publishing.publish(make_review(film=embargo.film, headline="Waiting"))
        first, _ = self.move(embargo, "2025-06-05")
        assert "“Waiting” goes up at once" in text_of(first)
        assert Edition.objects.public().exists()


class TestLifting:
    def test_says_what_goes_up_and_then_it_is_up(self, embargo: Embargo) -> None:
        make_edition(film=embargo.film, headline="Hidden", at=MOMENT + 3 * DAY)
        publishing.publish(make_review(film=embargo.film, headline="Waiting"))
        client, address = signed_in("Publisher"), url("lift", embargo)
        first = client.get(address)
        assert "“Waiting” goes up at once; it was to go up on 8 June 2025, 13:00 (Europe/London)." in text_of(
            first
        )
        assert not Edition.objects.public().exists()
        second = client.post(
            address, fields_of(first) | {"because": "The studio wrote on Friday."}, follow=True
        )
        assert "“Waiting” goes up at once" in text_of(second)
        assert Edition.objects.public().get().headline == "Waiting"
        assert Embargo.objects.get().ended_because == "The studio wrote on Friday."

    def test_is_offered_while_there_is_something_to_lift(self, embargo: Embargo) -> None:
        client = signed_in("Publisher")
        assert url("lift", embargo) in client.get(url("change", embargo)).content.decode()
        Embargo.objects.update(lifts_at=MOMENT)
        page = client.get(url("change", embargo)).content.decode()
        assert url("lift", embargo) not in page
        assert url("move", embargo) in page

    def test_asks_why(self, embargo: Embargo) -> None:
        client, address = signed_in("Publisher"), url("lift", embargo)
        for because in ("", "  ", "\x01", "x" * 301):
            response = client.post(address, fields_of(client.get(address)) | {"because": because})
            assert response.status_code == 200, because
        assert Embargo.objects.get().ended_at is None

    def test_takes_somebody_who_wrote_none_of_the_reviews(self, embargo: Embargo) -> None:
        client = signed_in("Publisher", username="kael")
        own = make_review(film=embargo.film, written_by=User.objects.get(username="kael"))
        publishing.publish(own)
        assert "You wrote a review of this film" in text_of(client.get(url("lift", embargo)))
        earlier = {"lifts_at_0": "2025-06-07", "lifts_at_1": "05:00", "because": "They wrote."}
        address = url("move", embargo)
        response = client.post(address, fields_of(client.get(address)) | earlier)
        assert "You wrote a review of this film" in text_of(response)
        later = earlier | {"lifts_at_0": "2025-06-10"}
        assert "goes up on 10 June 2025" in text_of(client.post(address, fields_of(response) | later))
        assert Embargo.objects.get().ended_at is None

    def test_names_who_did_it_in_the_history(self, embargo: Embargo) -> None:
        client = signed_in("Publisher", username="kael")
        confirm(client, embargo, "lift", because="They wrote.")
        assert HistoryEntry.objects.get(what__endswith="was lifted.").by_name == "kael"

    def test_one_that_has_ended_says_so(self, embargo: Embargo) -> None:
        embargoes.lift(embargo, because="The studio said so.")
        client = signed_in("Publisher")
        for verb in ("lift", "move"):
            assert "has ended already" in text_of(client.get(url(verb, embargo)))
            response = client.post(url(verb, embargo), {"because": "x", "stated": "x"})
            assert "has ended already" in text_of(response)


def test_the_page_is_headed_in_words_and_in_the_outlets_zone() -> None:
    embargo = make_embargo(make_film(title="Ida"), MOMENT + dt.timedelta(days=1))
    page = text_of(signed_in().get(f"/admin/reviews/embargo/{embargo.pk}/change/"))
    assert "Embargo on reviews of Ida (2025) until 7 June 2025, 13:00 (Europe/London)" in page
    assert "Desk / Embargoes / Embargo on reviews of Ida (2025) View embargo" in page


def test_one_on_social_media_is_named_by_what_may_not_be_posted() -> None:
    embargo = make_embargo(make_film(title="Ida"), MOMENT + dt.timedelta(days=1), covers="social")
    for page in ("change", "history"):
        shown = text_of(signed_in().get(f"/admin/reviews/embargo/{embargo.pk}/{page}/"))
        assert "Embargo on social media posts about Ida (2025)" in shown
    assert "until 2025-06-07" not in page
