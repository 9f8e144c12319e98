"""An embargo's end in the time zones of all concerned."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from reviews.admin.embargo.clocks import clocks_at, shown, shown_to
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import embargoes
from reviews.models import Embargo, Film
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
)
from tests.admin.pages import account_of, save, signed_in, text_of, url

DAY = dt.timedelta(days=1)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


class TestClocks:
    def lines(self, moment: str, *zones: tuple[str, str]) -> list[str]:
        return [
            f"{each.who} ({each.zones}): {each.day}, {each.time}, {each.letters}"
            for each in clocks_at(utc(moment), zones)
        ]

    def test_each_reads_its_own_day_and_time(self) -> None:
        assert self.lines(
            "2025-06-04T22:30", ("Studio", "America/Los_Angeles"), ("Desk", "Europe/Paris"), ("UTC", "UTC")
        ) == [
            "Studio (America/Los_Angeles): Wed 4 June 2025, 15:30, PDT (UTC−7)",
            "Desk (Europe/Paris): Thu 5 June 2025, 00:30, CEST (UTC+2)",
            "UTC (): Wed 4 June 2025, 22:30, UTC (UTC+0)",
        ]

    def test_those_that_agree_share_a_line(self) -> None:
        zones = [("Studio", "Europe/Lisbon"), ("Desk", "Europe/London"), ("UTC", "UTC")]
        assert self.lines("2025-12-04T17:00", *zones) == [
            "Studio, desk, UTC (Europe/Lisbon, Europe/London): Thu 4 December 2025, 17:00, WET (UTC+0)"
        ]
        assert [line.split(" (")[0] for line in self.lines("2025-06-04T17:00", *zones)] == [
            "Studio, desk",
            "UTC",
        ]

    def test_one_zone_is_named_once(self) -> None:
        (line,) = self.lines("2025-06-04T16:00", ("Studio", "Europe/London"), ("Desk", "Europe/London"))
        assert line == "Studio, desk (Europe/London): Wed 4 June 2025, 17:00, BST (UTC+1)"

    def test_those_that_agree_but_for_the_day_do_not(self) -> None:
        zones = [("Studio", "Pacific/Kiritimati"), ("Desk", "Pacific/Honolulu")]
        assert len(self.lines("2025-06-04T16:00", *zones)) == 2

    def test_a_time_that_comes_twice_says_which(self) -> None:
        (line,) = self.lines("2025-10-26T00:30", ("Desk", "Europe/London"))
        assert line == "Desk (Europe/London): Sun 26 October 2025, 01:30, BST (UTC+1)"


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
class TestAnEmbargo:
    @pytest.fixture(autouse=True)
    def outlet(self) -> Any:
        return make_outlet()

    @pytest.fixture
    def film(self) -> Film:
        return make_film(title="Ballerina")

    def page_of(self, embargo: Embargo) -> str:
        return text_of(signed_in("Publisher").get(url("change", embargo)))

    def test_stands_on_its_page_with_its_clocks_and_how_far_away_it_is(self, film: Film) -> None:
        page = self.page_of(make_embargo(film, MOMENT + dt.timedelta(hours=3, minutes=12)))
        for words in (
            "The embargo on reviews of Ballerina (2025)",
            "Active: lifts in 3 h 12 min",
            "Studio America/Los_Angeles Fri 6 June 2025, 08:12 PDT (UTC−7)",
            "Desk Europe/London Fri 6 June 2025, 16:12 BST (UTC+1)",
            "UTC Fri 6 June 2025, 15:12 UTC (UTC+0)",
        ):
            assert words in page

    @pytest.mark.parametrize(
        ("prepare", "words"),
        [
            (lambda film: make_embargo(film, MOMENT - DAY), "Lifted 1 day ago"),
            (
                lambda film: make_embargo(film, MOMENT + DAY, ended_at=MOMENT - DAY, ended_because="x"),
                "Ended 1 day ago",
            ),
            (
                lambda film: make_embargo(film, MOMENT + DAY, covers="social"),
                "The embargo on social media posts about",
            ),
        ],
    )
    def test_says_whether_it_holds_and_what(
        self, film: Film, prepare: Callable[[Film], Embargo], words: str
    ) -> None:
        assert words in self.page_of(prepare(film))

    def test_an_editor_reads_the_clocks_too(self, film: Film) -> None:
        embargo = make_embargo(film, MOMENT + DAY)
        assert "Sat 7 June 2025, 05:00" in text_of(signed_in("Editor").get(url("change", embargo)))

    def test_its_page_keeps_the_moment_when_its_form_is_wrong(self, film: Film) -> None:
        embargo = make_embargo(film, MOMENT + DAY)
        page = text_of(save(signed_in("Publisher"), embargo, zone="Mars/Olympus"))
        assert "is not a time zone" in page
        assert "Studio America/Los_Angeles Sat 7 June 2025, 05:00" in page

    def test_its_zone_is_corrected_without_moving_it(self, film: Film) -> None:
        embargo = make_embargo(film, MOMENT + DAY)
        assert save(signed_in("Publisher"), embargo, zone="America/New_York").status_code == 302
        saved = Embargo.objects.get()
        assert (saved.zone, saved.lifts_at) == ("America/New_York", MOMENT + DAY)

    def test_the_readers_own_line_waits_for_the_script(self, film: Film) -> None:
        html = render_to_string(
            "admin/reviews/includes/clocks.html", {"shown": shown(make_embargo(film, MOMENT + DAY))}
        )
        assert '<div class="desk-clocks__line" data-yours hidden>' in html
        assert 'data-moment="2025-06-07T12:00:00+00:00"' in html

    def test_terms_and_who_agreed_are_shown_as_text(self, film: Film) -> None:
        embargo = make_embargo(film, MOMENT + DAY, terms="No <b>spoilers</b>.", agreed_with="A & B")
        html = render_to_string("admin/reviews/includes/clocks.html", {"shown": shown(embargo)})
        assert "No &lt;b&gt;spoilers&lt;/b&gt;." in html
        assert "Agreed with A &amp; B" in html

    def test_a_critic_sees_until_when_on_the_form_and_not_the_terms(self, film: Film) -> None:
        critic = make_critic(user=make_account("Critic"))
        make_embargo(film, MOMENT + DAY, terms="No spoilers.", agreed_with="A & B")
        review = make_review(film=film, critic=critic)
        client = Client()
        client.force_login(account_of(critic))
        theirs, editors = (text_of(each.get(url("change", review))) for each in (client, signed_in()))
        for words in ("The embargo on reviews of Ballerina (2025)", "Sat 7 June 2025, 05:00"):
            assert words in theirs
        for words in ("No spoilers.", "Agreed with A & B"):
            assert words in editors
            assert words not in theirs

    def test_a_film_has_those_that_bind_it_now_in_their_order_in_one_query(
        self, film: Film, django_assert_num_queries: Any
    ) -> None:
        last = make_embargo(film, MOMENT + 2 * DAY)
        first = make_embargo(film, MOMENT + DAY, covers="social")
        make_embargo(film, MOMENT - DAY)
        make_embargo(make_film(), MOMENT + DAY)
        embargoes.lift(make_embargo(film, MOMENT + DAY), because="They wrote.")
        review, superuser = make_review(film=film), make_account(is_superuser=True)
        with django_assert_num_queries(1), timezone.override("Europe/London"):
            found = shown_to(superuser, outlook_of(review).binding_embargoes)
        assert [each.moment for each in found] == [each.lifts_at.isoformat() for each in (first, last)]
