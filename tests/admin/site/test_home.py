"""The desk's home, section by section: text and links."""

import datetime as dt
import re

import pytest
from django.test import Client

from reviews import clock
from reviews.desk.capped import CAP
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Outlet, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
)
from tests.admin.pages import signed_in, text_of, url
from tests.admin.site.boards import critics_client, home, links, rows, said, section
from tests.desk.planning.agendas import changed, in_review, live, never_going_up, returned, waiting
from tests.desk.reading import DAY, HOUR
from tests.reading import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]


@pytest.fixture
def outlet() -> None:
    make_outlet()


class TestUpNext:
    def test_counts_down_in_words_with_the_moment_beside_them(self) -> None:
        waiting(
            MOMENT + 3 * HOUR + dt.timedelta(minutes=12),
            headline="Soon",
            film=make_film(title="Ida"),
            critic=make_critic(name="Vera"),
        )
        assert rows(home(signed_in()), "next") == [
            "in 3 h 12 min (6 June 2025, 16:12 (Europe/London)) Fri 6 Jun 2025, 16:12 Soon Ida (2025) · Vera"
        ]

    def test_each_links_to_its_form(self) -> None:
        edition = waiting(headline="Soon")
        assert links(section(home(signed_in()), "next")) == {"Soon": url("change", edition.review)}

    def test_the_page_is_right_at_every_moment(self) -> None:
        waiting(MOMENT + DAY)
        client = signed_in()
        for away, words in ((2 * HOUR, "in 2 h"), (dt.timedelta(seconds=1), "in 1 second")):
            with clock.frozen_at(MOMENT + DAY - away):
                assert rows(home(client), "next")[0].startswith(f"{words} (7 June")
        with clock.frozen_at(MOMENT + DAY):
            page = home(client)
        assert rows(page, "next") == []
        assert len(rows(page, "just-up")) == 1

    def test_says_that_an_embargo_delays_it(self) -> None:
        film = make_film()
        make_embargo(film, MOMENT + 2 * DAY)
        waiting(MOMENT + HOUR, film=film)
        assert "Held by an embargo; planned for 6 Jun 2025, 14:00" in said(home(signed_in()), "next")

    def test_marks_unpublished_changes_and_tells_those_who_can_publish_them(self) -> None:
        client, critic = critics_client()
        changed(Review.objects.get(pk=waiting(critic=critic).review_id))
        assert "Changed since: approve it again to put that in" in said(home(signed_in()), "next")
        assert said(home(client), "next").endswith("Changed since")

    def test_marks_a_correction(self) -> None:
        note = publishing.Note("fact", "A name was wrong.")
        publishing.publish(live(headline="Put right"), at=MOMENT + DAY, note=note)
        publishing.publish(live(headline="Longer"), at=MOMENT + DAY)
        first, second = rows(home(signed_in()), "next")
        assert ("Correction" in first, "New edition" in first) == (True, False)
        assert ("Correction" in second, "New edition" in second) == (False, True)

    def test_links_to_the_rest(self) -> None:
        for _ in range(CAP + 2):
            waiting()
        found = section(home(signed_in()), "next")
        more = links(found)["And 2 more"]
        assert len(rows(home(signed_in()), "next")) == CAP
        assert f"{CAP + 2} reviews" in text_of(signed_in().get(more))


class TestNeverPublished:
    def test_is_the_first_section_and_says_what_to_do(self) -> None:
        never_going_up(headline="Rented")
        page = home(signed_in())
        headings = page.texts(".//h2")
        assert headings.index("Never goes up 1") < headings.index("Up next")
        assert "Its rights end first: change when they end" in said(page, "never")

    def test_tells_a_critic_to_ask_an_editor(self) -> None:
        client, critic = critics_client()
        never_going_up(critic=critic)
        assert "Its rights end first: tell an editor." in said(home(client), "never")

    def test_is_left_out_while_there_is_none(self) -> None:
        assert "Never goes up" not in home(signed_in()).text


class TestPlanned:
    def test_shows_the_day_the_status_and_what_is_missing(self) -> None:
        make_review(headline="Bare", body="", rating="6/5", planned_on=dt.date(2025, 6, 4))
        make_review(headline="Whole", planned_on=dt.date(2025, 6, 6), status="in_review")
        bare, whole = rows(home(signed_in()), "planned")
        assert bare.startswith("Wed 4 June Bare")
        assert "Draft Overdue The review has no body: write one." in bare
        assert "above the top" in bare
        assert whole.startswith("Today Whole")
        assert whole.endswith("In review Nothing is missing")

    def test_shows_the_year_if_it_is_not_the_current_one(self) -> None:
        make_review(planned_on=dt.date(2024, 6, 4))
        assert rows(home(signed_in()), "planned")[0].startswith("Tue 4 June 2024")

    def test_links_to_the_rest(self) -> None:
        for days in range(CAP + 3):
            make_review(planned_on=MOMENT.date() - dt.timedelta(days=days))
        make_review(planned_on=MOMENT.date() + dt.timedelta(days=8))
        more = links(section(home(signed_in()), "planned"))["And 3 more"]
        assert f"{CAP + 3} reviews" in text_of(signed_in().get(more))


class TestAwaitingTheUser:
    def test_is_an_editors_queue_with_times(self) -> None:
        in_review(headline="New", since=MOMENT - HOUR)
        in_review(headline="Old", since=MOMENT - 2 * DAY)
        assert [row[:30] for row in rows(home(signed_in()), "queue")] == [
            "submitted 2 days ago (4 June 2",
            "submitted 1 h ago (6 June 2025",
        ]

    def test_is_a_critics_own_drafts(self) -> None:
        client, critic = critics_client()
        make_review(critic=critic, headline="Mine")
        make_review(headline="Others’")
        page = home(client)
        assert page.all(".//section[@aria-labelledby='board-queue']") == []
        assert said(page, "drafts").startswith("Your drafts 1 Mine")

    def test_links_to_the_rest_without_own_copy_under_four_eyes(self) -> None:
        Outlet.objects.update(four_eyes=True)
        client, critic = critics_client(role="Editor")
        in_review(critic=critic)
        for _ in range(CAP + 1):
            in_review()
        more = links(section(home(client), "queue"))["And 1 more"]
        assert f"{CAP + 1} reviews" in text_of(client.get(more))


class TestReturned:
    def test_has_the_note_and_who_wrote_it(self) -> None:
        client, critic = critics_client()
        returned(
            "Say <b>what</b> for.\nAnd once.", by=make_account("Editor", first_name="Odile"), critic=critic
        )
        page = home(client)
        assert "Odile writes: Say <b>what</b> for.And once." in said(page, "returned")

    def test_is_listed_without_a_note_too(self) -> None:
        client, critic = critics_client()
        make_review(critic=critic, status="returned", headline="Back")
        (row,) = rows(home(client), "returned")
        assert row.startswith("Back")
        assert "writes" not in row

    def test_is_the_first_section_of_own_copy(self) -> None:
        client, _ = critics_client()
        names = [board.get("aria-labelledby") for board in home(client).all(".//section")]
        assert names[:4] == ["board-next", "board-returned", "board-drafts", "board-in-review"]


class TestPublished:
    def test_recent_editions_have_their_age_and_state(self) -> None:
        live(MOMENT - HOUR, headline="Stays")
        gone = live(MOMENT - 2 * HOUR, headline="Gone")
        note = publishing.Note("fact", "A name was wrong.")
        publishing.publish(live(MOMENT - 3 * HOUR, headline="Put right"), note=note)
        publishing.publish(live(MOMENT - 8 * DAY, headline="Longer"))
        withdrawing.withdraw(gone)
        found = [
            re.sub(r" \(6 June.*?\)\)| Film \d+ \(2025\) · Critic \d+", "", row)
            for row in just_up(signed_in())
        ]
        assert found == [
            "now Longer New edition",
            "now Put right Correction",
            "1 h ago Stays First publication",
            "2 h ago Gone First publication Readers do not see it now",
            "3 h ago Put right First publication Replaced since",
        ]

    def test_the_rest_are_editions_for_an_editor_and_reviews_for_a_critic(self) -> None:
        client, critic = critics_client()
        for _ in range(CAP + 1):
            live(MOMENT - HOUR, critic=critic)
        live(critic=critic)
        editors = links(section(home(signed_in()), "just-up"))["And 1 more"]
        assert f"{CAP + 1} editions" in text_of(signed_in().get(editors))
        assert links(section(home(client), "just-up"))["And 1 more"].endswith("/review/?readers=see")

    def test_corrections_due_are_scheduled_ones_and_unpublished_changes(self) -> None:
        changed(live(headline="Later"))
        publishing.publish(live(headline="Sooner"), at=MOMENT + DAY)
        waits, unpublished = rows(home(signed_in()), "corrections")
        assert waits.startswith("goes up in 1 day (7 June 2025, 13:00 (Europe/London)) Sooner")
        assert waits.endswith("Correction approved")
        assert unpublished.startswith("Later, corrected")
        assert unpublished.endswith("Changed, not published")

    def test_corrections_due_link_to_the_rest_of_both(self) -> None:
        for _ in range(CAP + 1):
            changed(live())
            publishing.publish(live(), at=MOMENT + DAY)
        found = section(home(signed_in()), "corrections")
        for more in [link.get("href", "") for link in found.iter("a") if written(link) == "And 1 more"]:
            assert f"{CAP + 1} reviews" in text_of(signed_in().get(more))


def just_up(client: Client) -> list[str]:
    return rows(home(client), "just-up")
