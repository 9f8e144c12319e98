"""The leak walk: what a reader may not see changes nothing that a reader can reach.

Every public address is asked for in a site that holds hidden rows and in one where they were never inserted; status,
headers and body must be the same to the byte. No query may read a table of the desk's.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviews import clock
from reviews.models import Critic
from tests import leaks, links
from tests import walk as walking
from tests.factories import make_account
from tests.leaks import LIFT, NOW, SECRET, Placement, World
from tests.walk import (
    ROUTES,
    assert_same,
    build,
    make_readers,
    names_the_hidden,
    plain_walk,
    populate,
    undone,
    walk,
)

pytestmark = pytest.mark.django_db

Record = Callable[[str, object], None]
ORDERS = ("inserted first", "inserted last")


@pytest.fixture
def readers() -> dict[str, Client]:
    return make_readers()


class TestEveryAddressIsWalked:
    def test_a_route_that_the_walk_does_not_know_fails(self) -> None:
        assert (walking.PLAIN | set(walking.ARGUMENTS)) >= ROUTES, "List the new route in tests/walk.py."

    def test_the_walk_knows_no_route_that_is_gone(self) -> None:
        # Only some nouns have a feed of their own.
        never_routed = {"review_feed", "person_feed", "franchise_feed"}
        assert (walking.PLAIN | set(walking.ARGUMENTS)) - never_routed <= ROUTES

    def test_the_public_site_is_there_to_be_walked(self, readers: dict[str, Client]) -> None:
        build(populate)
        answers = walk(readers)
        found = [address for (way, address), answer in answers.items() if way == "GET" and answer[0] == 200]
        assert len(found) > 35
        assert answers["GET", "/reviews/other-review/"][0] == 301


@pytest.mark.parametrize("order", ORDERS)
class TestHiddenRowsChangeNothing:
    @pytest.mark.parametrize("place", leaks.PLACEMENTS, ids=lambda place: place.name)
    @pytest.mark.parametrize("state", leaks.SECRETS)
    def test_a_hidden_review(
        self,
        state: str,
        place: Placement,
        order: str,
        readers: dict[str, Client],
        record_property: Record,
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
        record_property: Record,
    ) -> None:
        self.compare(lambda world: leaks.EMBARGOES[state](world, place), order, readers, record_property)

    def test_a_film_critic_person_and_tag_without_a_review(
        self, order: str, readers: dict[str, Client], record_property: Record
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
        record: Record,
    ) -> None:
        plain = plain_walk(readers)
        build(*((hide, populate) if order == "inserted first" else (populate, hide)))
        assert_same(plain, walk(readers), record)


class TestChangesToAPublicReviewStayAtTheDesk:
    @pytest.mark.parametrize("change", leaks.CHANGES)
    def test_a_changed_working_copy(
        self, change: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        plain = plain_walk(readers)
        build(populate, leaks.CHANGES[change])
        assert_same(plain, walk(readers), record_property)

    @pytest.mark.parametrize("change", leaks.CHANGES)
    def test_of_a_review_that_was_withdrawn_and_came_back(
        self, change: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        with undone():
            build(populate, leaks.reinstated)
            plain = walk(readers)
        assert leaks.NOTE in plain["GET", "/reviews/public-review/"][2].decode()
        build(populate, leaks.reinstated, leaks.CHANGES[change])
        assert_same(plain, walk(readers), record_property)


TOLD_AT = ("/reviews/hidden-review/", "/reviews/hidden-old-review/")
OTHER_WORDS: dict[str, object] = {
    "headline": "Other words",
    "standfirst": "",
    "body": leaks.PUBLIC_BODY,
    "verdict": 2,
    "rating": "5/5",
    "pull_quote": "The film waits.",
    "how_seen": "At a press screening.",
    "disclosure": "A friend is in it.",
}


class TestAWithdrawalThatReadersAreToldOf:
    """Its own addresses and the ledger say so; everything else is as if it had never been."""

    @pytest.mark.parametrize("order", ORDERS)
    @pytest.mark.parametrize("place", leaks.PLACEMENTS, ids=lambda place: place.name)
    def test_is_told_of_nowhere_else(
        self, place: Placement, order: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        self.compare("withdrawn_with_a_note", place, order, readers, record_property)

    @pytest.mark.parametrize("place", leaks.PLACEMENTS[:2], ids=lambda place: place.name)
    @pytest.mark.parametrize("state", leaks.TOLD_LATER)
    def test_nor_is_one_that_is_explained_later_or_waits_to_come_back(
        self, state: str, place: Placement, readers: dict[str, Client], record_property: Record
    ) -> None:
        self.compare(state, place, ORDERS[1], readers, record_property)

    def compare(
        self, state: str, place: Placement, order: str, readers: dict[str, Client], record: Record
    ) -> None:
        plain = plain_walk(readers)

        def tell(world: World) -> None:
            leaks.TOLD[state](world, place)

        build(*((tell, populate) if order == "inserted first" else (populate, tell)))
        answers = walk(readers)
        assert_same(plain, answers, record, but=[*TOLD_AT, "/corrections/"])
        told = answers["GET", TOLD_AT[0]]
        for way, address in answers:
            if address in TOLD_AT:
                status, headers, body = answers[way, address]
                assert (status, headers) == told[:2]
                assert body == (b"" if way == "HEAD" else told[2])
            elif address == "/corrections/" and way != "HEAD":
                assert answers[way, address] == answers["GET", address]
        assert told[0] == 410
        for address in (TOLD_AT[0], "/corrections/"):
            page = answers["GET", address][2].decode()
            for words in (leaks.NOTE, f"The {place.film} film", f"{place.critic} critic"):
                assert words in page
            for words in (SECRET, "hidden headline", "hidden standfirst", "hidden tag", "hidden person"):
                assert words not in page
            assert "hidden-" not in page

    @pytest.mark.parametrize("state", leaks.TOLD)
    def test_whatever_it_said_nobody_can_tell(
        self, state: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        def tell(world: World, **words: object) -> None:
            leaks.TOLD[state](world, leaks.PLACEMENTS[1], **words)

        with undone():
            build(populate, tell)
            said = walk(readers)
        build(populate, lambda world: tell(world, **OTHER_WORDS))
        assert_same(said, walk(readers), record_property)


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

    def test_a_withdrawn_review_comes_back_on_the_very_second(self) -> None:
        build(populate, lambda world: leaks.told_of_and_waiting_to_come_back(world, leaks.PLACEMENTS[0]))
        with clock.frozen_at(LIFT - dt.timedelta(microseconds=1)):
            assert [Client().get(address).status_code for address in TOLD_AT] == [410, 410]
            assert Client().get("/reviews/hidden-next-review/").status_code == 404
        with clock.frozen_at(LIFT):
            for address in TOLD_AT:
                assert Client().get(address).headers["Location"] == "/reviews/hidden-next-review/"
            assert "hidden headline" in Client().get("/corrections/").content.decode()

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


class TestPreviewLinks:
    def test_every_hidden_review_has_some_and_one_of_them_works(self) -> None:
        """Otherwise the walk would prove nothing of them."""
        for hide in (*leaks.SECRETS.values(), *leaks.EMBARGOES.values(), *leaks.TOLD.values()):
            with undone():
                build(populate, lambda world, hide=hide: hide(world, leaks.PLACEMENTS[0]))  # type: ignore[misc]
                with clock.frozen_at(NOW):
                    assert SECRET in Client().get(f"/preview/{links.WORKING}/").content.decode()
                    for ended in (*links.ENDED.values(), links.UNKNOWN):
                        assert Client().get(f"/preview/{ended}/").status_code == 404

    def test_the_walk_sees_what_else_is_asked_of_the_desk_at_their_door(self) -> None:
        build(populate, lambda world: leaks.draft(world, leaks.PLACEMENTS[0]))
        with clock.frozen_at(NOW), pytest.raises(AssertionError), walking.desk_untouched("/preview/"):
            Client().get(f"/preview/{links.WORKING}/")
        with clock.frozen_at(NOW), pytest.raises(AssertionError), walking.desk_untouched("/reviews/"):
            Client().get(f"/preview/{links.UNKNOWN}/")


def test_a_critics_own_hidden_copy_is_not_on_the_public_pages_either() -> None:
    """Public pages are the same for everybody; one's own draft is read at the desk."""
    build(populate, lambda world: leaks.draft(world, leaks.PLACEMENTS[0]))
    account: User = make_account("Critic")
    Critic.objects.filter(slug="hidden-critic").update(user=account)
    reader = Client()
    reader.force_login(account)
    with clock.frozen_at(NOW):
        assert reader.get("/reviews/hidden-review/").status_code == 404
