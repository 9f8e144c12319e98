"""The history pages: who did what, when and why, its later effects, and who may read it."""

import datetime as dt
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk import history
from reviews.desk.verbs import embargoes, publishing, withdrawing, workflow
from reviews.models import Critic, Embargo, Film, HistoryEntry, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_edition,
    make_film,
    make_outlet,
    make_person,
    make_review,
)
from tests.admin.pages import account_of, confirm, fields_of, save, signed_in, text_of, url
from tests.desk.reading import DAY, HOUR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def outlet() -> None:
    make_outlet(time_zone="Europe/London")


def lines_of(response: Any) -> list[Element]:
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return [item for item in tree.iter("li") if "desk-trace__line" in item.get("class", "").split()]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def read(obj: Any, client: Client | None = None) -> list[str]:
    """The lines of an object's history page, the newest first."""
    response = (client or signed_in()).get(url("history", obj))
    assert response.status_code == 200
    return [words(line) for line in lines_of(response)]


def agree(film: Film, lifts_at: dt.datetime, **fields: str) -> Embargo:
    embargo = Embargo(film=film, lifts_at=lifts_at, zone="America/Los_Angeles", **fields)
    embargoes.impose(embargo)
    return embargo


class TestAReviewsHistory:
    def test_says_when_who_what_and_why_newest_first(self, now: dt.datetime) -> None:
        editor = make_account("Editor", first_name="Pauline", last_name="Kael")
        review = make_review(status="in_review")
        workflow.give_back(review, "Name the cinematographer.", by=editor)
        with clock.reading_at(now + HOUR):
            workflow.submit(review)
            assert read(review) == [
                "6 June 2025, 14:00 System Submitted for review.",
                "6 June 2025, 13:00 Pauline Kael Returned. Name the cinematographer.",
            ]

    def test_tells_a_critic_that_an_embargo_moved_it_without_the_reason(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        review = make_review(critic=critic)
        publishing.publish(review, at=MOMENT + HOUR)
        embargo = agree(review.film, MOMENT + 2 * HOUR)
        moved, _ = embargoes.move(embargo, MOMENT + 3 * HOUR, because="Jo of the studio asked.")
        embargoes.lift(moved, because="Jo of the studio wrote.")
        client = Client()
        client.force_login(account_of(critic))
        theirs, editors = " ".join(read(review, client)), " ".join(read(review))
        assert "Jo of the studio asked." in editors
        assert "Jo of the studio wrote." in editors
        assert "because the embargo was moved" in theirs
        assert "because the embargo was lifted" in theirs
        assert "Jo of the studio" not in theirs + " ".join(read(review.film, client))

    def test_gives_the_exact_moment_with_its_zone(self, now: dt.datetime) -> None:
        review = make_review()
        with clock.reading_at(now + dt.timedelta(seconds=7)):
            workflow.submit(review)
        (line,) = lines_of(signed_in().get(url("history", review)))
        (moment,) = line.iter("time")
        assert moment.get("title") == "6 June 2025, 13:00:07 (Europe/London)"
        assert moment.get("datetime") == "2025-06-06T13:00:07+01:00"

    def test_gives_each_decision_with_its_reason(self, now: dt.datetime) -> None:
        review = make_review(rights_until=now + 9 * DAY)
        agree(review.film, now + DAY)
        publishing.publish(review)
        withdrawing.withdraw(review, because="The studio asked.")
        assert read(review) == [
            "6 June 2025, 13:00 System Withdrawn, leaving no trace. Not visible. The studio asked.",
            "6 June 2025, 13:00 System Approved, as edition 1. "
            "Visible from 7 June 2025, 13:00 (Europe/London) until 15 June 2025, 13:00 (Europe/London), because "
            "an embargo on reviews of the film holds it until then. The rights end then.",
        ]

    def test_marks_changes_made_by_the_clock(self, now: dt.datetime) -> None:
        review = make_edition(at=now + DAY).review
        with clock.frozen_at(now + 2 * DAY):
            response = signed_in().get(url("history", review))
        clocks, decision = lines_of(response)
        assert words(clocks) == "7 June 2025, 13:00 By the clock Edition 1 became visible."
        assert "desk-trace__line--clock" in clocks.get("class", "")
        assert "desk-trace__line--clock" not in decision.get("class", "")

    def test_escapes_typed_text(self) -> None:
        review = make_review(status="in_review", headline="<b>One</b>")
        workflow.give_back(review, "<script>alert(1)</script>\nAnd more.")
        page = signed_in().get(url("history", review)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;b&gt;One" in page

    def test_keeps_the_name_of_a_deleted_account(self) -> None:
        editor = make_account("Editor", username="gone-editor")
        review = make_review()
        publishing.publish(review, by=editor)
        editor.delete()
        assert "gone-editor Approved" in read(review)[0]

    def test_is_read_by_its_critic_and_by_no_other(self) -> None:
        mine = make_review(critic=make_critic(user=make_account("Critic")))
        workflow.submit(mine)
        client = Client()
        client.force_login(account_of(mine.critic))
        assert "Submitted for review." in read(mine, client)[0]
        assert signed_in("Critic").get(url("history", mine)).status_code == 302
        without_a_role = Client()
        without_a_role.force_login(make_account(is_staff=True))
        assert without_a_role.get(url("history", mine)).status_code == 302


@pytest.fixture
def film(now: dt.datetime) -> Film:
    """A film with an embargo and the reviews of two critics, all with a history."""
    film = make_film(title="The Held Film")
    mine = make_review(
        film=film, headline="My own copy", critic=make_critic(slug="mine", user=make_account("Critic"))
    )
    theirs = make_review(film=film, headline="Somebody else's copy")
    agree(film, now + DAY, terms="Not before the premiere.")
    workflow.submit(mine)
    publishing.publish(theirs)
    save(signed_in(username="archivist"), film, title="The Held Film, renamed")
    return film


class TestAFilmsHistory:
    def test_has_its_record_its_embargoes_and_its_reviews(self, film: Film) -> None:
        saved, approved, submitted, agreed = read(film)
        assert saved == "6 June 2025, 13:00 archivist The film’s record saved: title."
        assert approved.startswith("6 June 2025, 13:00 System Somebody else's copy Approved, as edition 1.")
        assert submitted == "6 June 2025, 13:00 System My own copy Submitted for review."
        assert agreed == (
            "6 June 2025, 13:00 System An embargo on reviews was agreed. "
            "It is active until 7 June 2025, 13:00 (Europe/London). Not before the premiere."
        )

    def test_leads_to_the_reviews(self, film: Film) -> None:
        page = signed_in().get(url("history", film)).content.decode()
        for review in Review.objects.all():
            assert f'<a href="{url("change", review)}">' in page

    def test_shows_a_critic_the_film_and_their_own_copy_only(self, film: Film) -> None:
        client = Client()
        client.force_login(account_of(Critic.objects.get(slug="mine")))
        found = read(film, client)
        assert [line.split("2025, 13:00 ")[1] for line in found] == [
            "archivist The film’s record saved: title.",
            "System My own copy Submitted for review.",
        ]

    def test_keeps_the_entries_of_a_deleted_review(self, film: Film) -> None:
        review = make_review(film=film, headline="Spiked")
        workflow.submit(review)
        signed_in(username="editor").post(url("delete", review), {"post": "yes"})
        deleted, submitted = read(film)[:2]
        assert "editor A review that has been deleted since Deleted “Spiked”" in deleted
        assert "A review that has been deleted since Submitted for review." in submitted

    def test_names_the_fields_that_were_saved(self) -> None:
        film = make_film()
        save(signed_in(), film, original_title="New", runtime_minutes="93")
        (line,) = read(film)
        assert line.endswith("The film’s record saved: original title, runtime in minutes.")

    def test_omits_a_save_that_changed_nothing(self) -> None:
        film = make_film()
        save(signed_in(), film)
        assert not HistoryEntry.objects.exists()

    def test_begins_when_the_film_is_added(self) -> None:
        client, address = signed_in(username="archivist"), "/admin/reviews/film/add/"
        client.post(address, fields_of(client.get(address)) | {"title": "New"})
        assert read(Film.objects.get()) == ["6 June 2025, 13:00 archivist The film added."]

    def test_names_the_rows_that_were_saved_with_it(self) -> None:
        film = make_film()
        rows = {"credits-TOTAL_FORMS": "1", "credits-0-job": "director", "credits-0-position": "0"}
        save(signed_in(), film, **rows, **{"credits-0-person": str(make_person().pk)})
        assert read(film)[0].endswith("The film’s record saved: credits.")


class TestAnEmbargosHistory:
    def test_is_that_of_its_film(self, film: Film) -> None:
        embargo = Embargo.objects.get()
        assert read(embargo) == read(film)
        assert signed_in("Critic").get(url("history", embargo)).status_code == 403

    def test_names_the_saved_fields_and_says_that_it_is_still_active(self, now: dt.datetime) -> None:
        embargo = agree(make_film(), now + DAY)
        client = signed_in("Publisher", username="publisher")
        save(client, embargo)
        assert len(read(embargo)) == 1
        save(client, embargo, terms="Not before the premiere.")
        assert read(embargo)[0] == (
            "6 June 2025, 13:00 publisher The embargo’s record saved: terms. "
            "It is active until 7 June 2025, 13:00 (Europe/London)."
        )

    def test_names_who_agreed_moved_and_lifted_it(self, now: dt.datetime) -> None:
        client, address = signed_in("Publisher", username="publisher"), "/admin/reviews/embargo/add/"
        typed = {"film": str(make_film().pk), "lifts_at_0": "2025-06-08", "lifts_at_1": "13:00"}
        stated = client.post(address, fields_of(client.get(address)) | typed | {"lifts_at_zone": "UTC"})
        client.post(address, fields_of(stated))
        confirm(
            client, Embargo.objects.get(), "move", lifts_at_0="2025-06-09", lifts_at_1="13:00", because="x"
        )
        confirm(client, Embargo.objects.get(ended_at=None), "lift", because="x")
        assert list(HistoryEntry.objects.values_list("by_name", flat=True)) == ["publisher"] * 4

    def test_says_that_a_lifted_embargo_delays_nothing(self, now: dt.datetime) -> None:
        film = make_film()
        embargoes.lift(agree(film, now + DAY), because="It leaked elsewhere.")
        assert read(film)[0].endswith(
            "The embargo on reviews was lifted. It is no longer active. It leaked elsewhere."
        )


class TestALongHistory:
    def test_is_read_page_by_page(self, now: dt.datetime) -> None:
        review = make_review()
        for number in range(450):
            with clock.reading_at(now - number * HOUR):
                history.record(f"Line {number}.", by=None, film=review.film, review=review)
        client, address, found = signed_in(), url("history", review), []
        for size in (200, 200, 50):
            response = client.get(address)
            lines = lines_of(response)
            assert len(lines) == size
            found += [words(line).rsplit(" ", 1)[1] for line in lines]
            tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
            links = {words(link): link.get("href", "") for link in tree.iter("a")}
            assert ("The newest" in links) == (len(found) > 200)
            address = url("history", review) + links.get("Older", "")
        assert found == [f"{number}." for number in range(450)]

    @pytest.mark.parametrize(
        "before",
        ["", "yesterday", "2025-06-06", "0001-01-01T00:00:00+23:59", "%00", "9999-12-31T23:59:59-23:59"],
    )
    def test_starts_at_the_newest_entry_for_an_invalid_moment(self, before: str) -> None:
        review = make_review()
        workflow.submit(review)
        response = signed_in().get(f"{url('history', review)}?before={before}", follow=True)
        assert len(lines_of(response)) == 1

    def test_says_so_if_nothing_was_done_before_a_moment(self) -> None:
        review = make_review()
        workflow.submit(review)
        page = text_of(signed_in().get(url("history", review) + "?before=2020-01-01T00:00:00Z"))
        assert "Nothing was done before then." in page

    def test_takes_the_same_queries_for_any_number_of_reviews(self, now: dt.datetime) -> None:
        film, client, counts = make_film(), signed_in(), []
        for _ in range(2):
            for _ in range(5):
                publishing.publish(make_review(film=film), at=now + DAY)
            client.get(url("history", film))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(url("history", film))
            counts.append(len(queries))
        assert counts[0] == counts[1]
