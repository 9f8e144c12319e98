"""The leak walk: what a reader may not see changes nothing that a reader can reach.

Every public address is asked for in a site that holds hidden rows and in one where they were never inserted; status,
headers and body must be the same to the byte. No query may read a table of the desk's.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client

from reviews import clock
from reviews.models import Critic, Judgement, Review, ReviewTag
from reviews.urls import urlpatterns
from tests import leaks
from tests.factories import make_account
from tests.leaks import LIFT, NOW, SECRET, Placement, World

pytestmark = pytest.mark.django_db

ROUTES = {pattern.name for pattern in urlpatterns if pattern.name}
UNLIKE = {"Date", "X-Request-ID", "Set-Cookie"}
DESK_TABLES = [f'"{model._meta.db_table}"' for model in (Review, Judgement, ReviewTag)]
WAYS = ("GET", "HEAD", "GET as an editor")

Answer = tuple[int, dict[str, str], bytes]
Answers = dict[tuple[str, str], Answer]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def desk_untouched() -> Iterator[None]:
    """Fail if a query inside names a table of the desk's."""
    reads: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if any(table in sql for table in DESK_TABLES):
            reads.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield
    assert reads == []


def walk(readers: dict[str, Client], at: dt.datetime = NOW) -> Answers:
    """Ask for every address in every way, at one moment."""
    answers: Answers = {}
    with clock.frozen_at(at), desk_untouched():
        for way, client in readers.items():
            ask = client.head if way == "HEAD" else client.get
            for address in leaks.addresses(ROUTES, with_queries=way == "GET"):
                response = ask(address)
                headers = {name: value for name, value in response.headers.items() if name not in UNLIKE}
                answers[way, address] = (response.status_code, headers, response.content)
    return answers


@pytest.fixture
def readers() -> dict[str, Client]:
    """One client for each way of asking."""
    clients = {way: Client(raise_request_exception=False) for way in WAYS}
    clients["GET as an editor"].force_login(make_account("Editor"))
    return clients


_plain: Answers = {}


def plain_walk(readers: dict[str, Client]) -> Answers:
    """The answers of a site in which nothing is hidden: walked once, for they do not depend on anything else."""
    if not _plain:
        with undone():
            build(populate)
            _plain.update(walk(readers))
    return _plain


def build(*steps: Callable[[World], None]) -> None:
    world = World()
    with clock.frozen_at(NOW):
        for step in steps:
            step(world)


def assert_same(plain: Answers, other: Answers, record: Callable[[str, object], None]) -> None:
    """Fail at the first difference, naming the address; report how many comparisons were made."""
    assert plain.keys() == other.keys()
    for key, answer in plain.items():
        assert other[key] == answer, f"{key} betrays what is hidden"
    record("comparisons", len(plain))


def names_the_hidden(answer: Answer) -> bool:
    """Whether anything hidden is spelled out; drawings are hidden from the ear only."""
    return b"hidden" in answer[2].replace(b"aria-hidden", b"")


def populate(world: World) -> None:
    world.populate()


class TestEveryAddressIsWalked:
    def test_a_route_that_the_walk_does_not_know_fails(self) -> None:
        assert (leaks.PLAIN | set(leaks.ARGUMENTS)) >= ROUTES, "List the new route in tests/leaks.py."

    def test_the_walk_knows_no_route_that_is_gone(self) -> None:
        never_routed = {"review_feed", "person_feed"}  # Only some nouns have a feed of their own.
        assert (leaks.PLAIN | set(leaks.ARGUMENTS)) - never_routed <= ROUTES

    def test_the_public_site_is_there_to_be_walked(self, readers: dict[str, Client]) -> None:
        build(populate)
        answers = walk(readers)
        found = [address for (way, address), answer in answers.items() if way == "GET" and answer[0] == 200]
        assert len(found) > 35
        assert answers["GET", "/reviews/other-review/"][0] == 301


@pytest.mark.parametrize("order", ["inserted first", "inserted last"])
class TestHiddenRowsChangeNothing:
    @pytest.mark.parametrize("place", leaks.PLACEMENTS, ids=lambda place: place.name)
    @pytest.mark.parametrize("state", leaks.SECRETS)
    def test_a_hidden_review(
        self,
        state: str,
        place: Placement,
        order: str,
        readers: dict[str, Client],
        record_property: Callable[[str, object], None],
    ) -> None:
        self.compare(lambda world: leaks.SECRETS[state](world, place), order, readers, record_property)

    @pytest.mark.parametrize("place", leaks.OWN_FILM, ids=lambda place: place.name)
    @pytest.mark.parametrize("state", leaks.EMBARGOES)
    def test_an_embargoed_review(
        self,
        state: str,
        place: Placement,
        order: str,
        readers: dict[str, Client],
        record_property: Callable[[str, object], None],
    ) -> None:
        self.compare(lambda world: leaks.EMBARGOES[state](world, place), order, readers, record_property)

    def test_a_film_critic_person_and_tag_without_a_review(
        self, order: str, readers: dict[str, Client], record_property: Callable[[str, object], None]
    ) -> None:
        def lonely(world: World) -> None:
            world.film("hidden")
            world.critic("hidden")
            world.review("loose", film="hidden", critic="hidden", tag="hidden", body="").delete()

        self.compare(lonely, order, readers, record_property)

    def compare(
        self,
        hide: Callable[[World], None],
        order: str,
        readers: dict[str, Client],
        record: Callable[[str, object], None],
    ) -> None:
        plain = plain_walk(readers)
        build(*((hide, populate) if order == "inserted first" else (populate, hide)))
        assert_same(plain, walk(readers), record)


class TestChangesToAPublicReviewStayAtTheDesk:
    @pytest.mark.parametrize("change", leaks.CHANGES)
    def test_a_changed_working_copy(
        self, change: str, readers: dict[str, Client], record_property: Callable[[str, object], None]
    ) -> None:
        plain = plain_walk(readers)
        build(populate, leaks.CHANGES[change])
        assert_same(plain, walk(readers), record_property)


class TestTheLift:
    SURFACES = ("/", "/reviews/", "/feed.xml", "/films/hidden-film/", "/reviews/hidden-review/")

    @pytest.mark.parametrize("state", ["approved_for_later", "embargoed", "embargoed_behind_the_desks_back"])
    def test_absent_one_second_before_and_present_one_second_after(
        self, state: str, readers: dict[str, Client]
    ) -> None:
        """Without a restart, a command or a visit in between."""
        hide = (leaks.SECRETS | leaks.EMBARGOES)[state]
        build(populate, lambda world: hide(world, leaks.PLACEMENTS[0]))
        before = walk(readers, LIFT - dt.timedelta(seconds=1))
        after = walk(readers, LIFT + dt.timedelta(seconds=1))
        for surface in self.SURFACES:
            assert not names_the_hidden(before["GET", surface])
            assert b"hidden headline" in after["GET", surface][2]
        for address in ("/critics/", "/people/", "/tags/", "/films/", "/sitemap-reviews.xml"):
            assert not names_the_hidden(before["GET", address])
            assert names_the_hidden(after["GET", address])
        assert not any(SECRET.encode() in answer[2] for answer in before.values())

    def test_the_review_goes_up_on_the_very_second(self, readers: dict[str, Client]) -> None:
        build(populate, lambda world: leaks.approved_for_later(world, leaks.PLACEMENTS[0]))
        for at, status in ((LIFT - dt.timedelta(microseconds=1), 404), (LIFT, 200)):
            with clock.frozen_at(at):
                assert Client().get("/reviews/hidden-review/").status_code == status

    def test_rights_end_on_the_very_second(self) -> None:
        build(populate, lambda world: leaks.rights_ended(world, leaks.PLACEMENTS[0]))
        for at, status in ((NOW - dt.timedelta(microseconds=1), 200), (NOW, 404)):
            with clock.frozen_at(at):
                assert Client().get("/reviews/hidden-review/").status_code == status

    def test_a_scheduled_correction_takes_over(self) -> None:
        build(populate, leaks.correction_for_later)
        with clock.frozen_at(LIFT):
            assert SECRET in Client().get("/reviews/hidden-review/").content.decode()
            assert Client().get("/reviews/public-review/").status_code == 301
            assert SECRET in Client().get("/corrections/").content.decode()


def test_a_critics_own_hidden_copy_is_not_on_the_public_pages_either() -> None:
    """Public pages are the same for everybody; one's own draft is read at the desk."""
    build(populate, lambda world: leaks.draft(world, leaks.PLACEMENTS[0]))
    account: User = make_account("Critic")
    Critic.objects.filter(slug="hidden-critic").update(user=account)
    reader = Client()
    reader.force_login(account)
    with clock.frozen_at(NOW):
        assert reader.get("/reviews/hidden-review/").status_code == 404
