"""The desk's home for each role: films under embargo, permitted actions, nothing hidden."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
from tests.admin.site.boards import HOME, critics_client, home, links, said, section
from tests.desk.planning.agendas import stage_one_of_each
from tests.desk.reading import DAY
from tests.reading import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

QUERIES = {"Critic": 12, "Editor": 12, "Publisher": 12}
"""The outlet, session and account, two of permissions, the byline, embargoes, editions, reviews, judgements and
addresses of what is planned, and what one did last."""
UNLIKE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def outlet() -> None:
    make_outlet()


class TestFilmsUnderEmbargo:
    def test_have_the_moment_as_the_studio_says_it_and_ours(self) -> None:
        make_embargo(make_film(title="Ida"), dt.datetime(2025, 6, 9, 16, tzinfo=dt.UTC))
        found = said(home(signed_in()), "films")
        assert "Ida (2025) Reviews lifts in 3 days" in found
        assert "9 June 2025, 09:00 (America/Los_Angeles)9 June 2025, 17:00 (Europe/London)" in found

    def test_have_it_once_where_both_read_alike(self) -> None:
        make_embargo(make_film(), MOMENT + DAY, zone="Europe/London")
        make_embargo(make_film(), MOMENT + DAY, zone="Africa/Algiers")
        assert said(home(signed_in()), "films").count("7 June 2025, 13:00") == 2 * 2

    def test_say_who_has_filed(self) -> None:
        film = make_film()
        make_embargo(film, MOMENT + DAY)
        filed = make_review(film=film, critic=make_critic(name="Ada"), status="approved")
        make_review(film=film, critic=make_critic(name="Bo"))
        page = home(signed_in())
        assert "1 of 2 filed Ada Approved Bo Draft" in said(page, "films")
        assert links(section(page, "films"))["Ada"] == url("change", filed)

    def test_without_a_review_say_so(self) -> None:
        make_embargo(make_film(), MOMENT + DAY)
        assert "Nobody has begun a review of it." in said(home(signed_in()), "films")

    def test_films_with_later_lifts_are_counted(self) -> None:
        embargo = make_embargo(make_film(), MOMENT + 9 * DAY)
        make_embargo(make_film(), MOMENT - DAY)
        found = section(home(signed_in()), "films")
        assert "No embargo lifts in the next seven days." in written(found)
        assert str(embargo.film) in text_of(signed_in().get(links(found)["1 film is held for longer"]))

    def test_show_a_critic_their_own_filing_and_no_more(self) -> None:
        client, critic = critics_client()
        film = make_film()
        make_embargo(film, MOMENT + DAY)
        make_embargo(film, MOMENT + DAY, covers="social")
        make_review(film=film, critic=critic, headline="Mine", status="in_review")
        make_review(film=film, critic=make_critic(name="Ada"), status="approved")
        page = home(client)
        assert said(page, "films").endswith("(Europe/London) Mine In review")
        assert list(links(section(page, "films"))) == ["Mine"]


class TestEachRole:
    def test_may_begin_a_review_where_it_may_write(self) -> None:
        client, _ = critics_client()
        for one in (client, signed_in("Editor"), signed_in("")):
            assert links(home(one).root)["New review"] == "/admin/reviews/review/add/"

    def test_a_critic_without_a_byline_is_told_what_to_do(self) -> None:
        page = home(signed_in("Critic"))
        assert "Your account has no byline yet. Ask a publisher" in page.text
        assert "New review" not in links(page.root)
        assert page.all(".//section[@aria-labelledby='board-next']//li") == []

    def test_an_account_without_a_role_is_told_what_to_do(self) -> None:
        client = Client()
        client.force_login(make_account("", is_staff=True))
        page = home(client)
        assert "Your account has no role here yet. Ask a publisher to give it one." in page.text
        assert page.texts(".//h2") == ["Your recent changes"]

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("next", "Nothing is scheduled."),
            ("queue", "Nothing to review."),
            ("returned", "Nothing was returned."),
            ("drafts", "You have no drafts."),
            ("in-review", "You have submitted nothing."),
            ("planned", "Nothing is planned for the next seven days."),
            ("films", "No embargo lifts in the next seven days."),
            ("corrections", "No correction is due."),
            ("just-up", "Nothing was published in the last seven days."),
        ],
    )
    def test_an_empty_list_says_what_will_stand_in_it(self, name: str, sentence: str) -> None:
        assert sentence in said(home(signed_in()), name)


class TestACritic:
    def bytes_of(self, client: Client) -> bytes:
        return UNLIKE.sub(b"", client.get(HOME).content)

    def test_finds_the_same_to_the_byte_whatever_others_have(self) -> None:
        client, critic = critics_client()
        film = make_film()
        make_embargo(film, MOMENT + DAY)
        make_review(film=film, critic=critic)
        stage_one_of_each(critic=critic)
        before = self.bytes_of(client)
        stage_one_of_each()
        for status in ("draft", "returned", "in_review", "approved"):
            make_review(film=film, status=status, planned_on=MOMENT.date())
        assert self.bytes_of(client) == before


class TestQueries:
    @pytest.mark.parametrize("role", QUERIES)
    def test_are_as_many_for_twelve_of_each(self, role: str) -> None:
        client, critic = critics_client(role=role)
        counted = []
        for more in (1, 12):
            for _ in range(more):
                stage_one_of_each(critic=critic)
            client.get(HOME)  # The first visit fills caches: content types, the session.
            with CaptureQueriesContext(connection) as queries:
                client.get(HOME)
            counted.append(len(queries))
        assert counted == [QUERIES[role]] * 2
