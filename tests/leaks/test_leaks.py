"""The leak walk: hidden rows change no public response.

Every public address is requested in a site with hidden rows and in one without. Status, headers and body must be equal
byte for byte, and so must the numbers of queries and rows. No query may read a desk table. One site has all the hidden
states; at night each is planted on its own (``test_leaks_each.py``).
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviews import clock
from reviews.audit import asking, hiding
from reviews.audit.asking import Answers, SiteAnswer
from reviews.audit.planting import Planted, planted, undone
from reviews.audit.surfaces import known_routes
from reviews.audit.world import NOTE, PUBLIC_BODY, SECRET, Placement, World, uid
from reviews.models import Correction, Critic
from reviews.seeding.factories import make_account
from tests.leaks import leaks
from tests.leaks.leaks import LIFT, NOW
from tests.leaks.planting import ORDERS, PLACED, PLAIN, Plain, build, compare, hidden_in, plant, populate
from tests.leaks.walk import ROUTES, make_readers, names_the_hidden, tour, walk

pytestmark = pytest.mark.django_db

Record = Callable[[str, object], None]
INSERTED_LAST = ORDERS[1]
ALONE = leaks.PLACEMENTS[0]
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def readers() -> dict[str, Client]:
    return make_readers()


def hidden_in_place(place: Placement) -> list[Planted]:
    """All hidden states of a placement."""
    states = dict(hiding.SECRETS)
    if place in leaks.OWN_FILM:
        states |= hiding.EMBARGOES
    if place == ALONE:
        states |= {"without_a_review": hiding.without_a_review}
    return planted(states, [place])


class TestEveryAddressIsWalked:
    def test_a_route_that_the_walk_does_not_know_fails(self) -> None:
        assert known_routes() >= ROUTES, "List the new route in reviews/audit/surfaces.py."

    def test_the_walk_knows_no_route_that_is_gone(self) -> None:
        # Only some nouns have a feed, or a card.
        none = {"review_feed", "person_feed", "franchise_feed", "person_card", "tag_card"}
        assert known_routes() - none <= ROUTES

    def test_the_public_site_is_there_to_be_walked(self, readers: dict[str, Client]) -> None:
        answers = Plain().answers(readers, tour({}))
        found = [
            address for (way, address), answer in answers.items() if way == "GET" and answer.status == 200
        ]
        assert len(found) > 35
        assert answers["GET", "/reviews/other-review/"].status == 301


class TestHiddenRowsChangeNothing:
    @pytest.mark.parametrize(("place", "order"), PLACED, ids=str)
    def test_in_any_state(
        self, place: Placement, order: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        record_property("comparisons", len(compare(hidden_in_place(place), order, readers)))

    def test_nor_does_head_tell_what_get_does_not(
        self, readers: dict[str, Client], record_property: Record
    ) -> None:
        with undone():
            world = plant(hidden_in_place(leaks.PLACEMENTS[1]), INSERTED_LAST)
            twins = {
                ("GET", address): twin
                for (way, address), twin in tour(hidden_in(world)).items()
                if way == "GET"
            }
            heads = walk(readers, [("HEAD", address) for _way, address in twins])
        for (_way, address), answer in PLAIN.answers(readers, twins).items():
            assert heads["HEAD", address] == answer._replace(body=b""), address
        record_property("comparisons", len(heads))


TO_WHAT_IS_PUBLIC = Placement("of what is public", "public", "public", "public", secret="public")


def changed(change: Callable[[World], None]) -> Planted:
    def hide(world: World, place: Placement) -> None:
        change(world)

    return Planted(change.__name__, hide, TO_WHAT_IS_PUBLIC)


CHANGED = [changed(change) for change in hiding.CHANGES.values()]


class TestChangesToAPublicReviewStayAtTheDesk:
    @pytest.mark.parametrize("change", CHANGED, ids=str)
    def test_a_changed_working_copy(
        self, change: Planted, readers: dict[str, Client], record_property: Record
    ) -> None:
        record_property("comparisons", len(compare([change], INSERTED_LAST, readers)))

    def test_of_a_review_that_was_withdrawn_and_came_back(
        self, readers: dict[str, Client], record_property: Record
    ) -> None:
        plain = Plain(populate, hiding.reinstated)
        for change in CHANGED:
            answers = compare([change], INSERTED_LAST, readers, plain=plain)
            assert NOTE in answers["GET", "/reviews/public-review/"].body.decode()
            record_property("comparisons", len(answers))


OTHER_WORDS: dict[str, object] = {
    "headline": "Other words",
    "standfirst": "",
    "body": PUBLIC_BODY,
    "verdict": 2,
    "rating": "5/5",
    "pull_quote": "The film waits.",
    "how_seen": "At a press screening.",
    "disclosure": "A friend is in it.",
}


def told_at(state: Planted) -> tuple[str, str]:
    """The two addresses of a review withdrawn with a note."""
    return f"/reviews/{state.place.secret}-review/", f"/reviews/{state.place.secret}-old-review/"


def as_asked(anonymous: SiteAnswer, way: str) -> SiteAnswer:
    """The same answer to somebody with a session, which is looked up first: one query, one row."""
    looked_up = 0 if way in ("GET", "HEAD") else 1
    return anonymous._replace(queries=anonymous.queries + looked_up, rows=anonymous.rows + looked_up)


class TestAWithdrawalThatReadersAreToldOf:
    """Its addresses and the list of corrections say so; everything else is as if it had never existed."""

    TOLD = [
        *planted({"withdrawn_with_a_note": hiding.withdrawn_with_a_note}, leaks.PLACEMENTS),
        *planted(hiding.TOLD_LATER, leaks.PLACEMENTS[:2]),
    ]

    @pytest.mark.parametrize("order", ORDERS)
    def test_is_told_of_nowhere_else(
        self, order: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        addresses = [address for state in self.TOLD for address in told_at(state)]
        answers = compare(self.TOLD, order, readers, but=[*addresses, "/corrections/"])
        ledger = answers["GET", "/corrections/"]
        for (way, address), answer in answers.items():
            if address == "/corrections/":
                assert answer == as_asked(ledger, way), way
        for state in self.TOLD:
            self.check(state, answers, ledger.body.decode())
        record_property("comparisons", len(answers))

    def check(self, state: Planted, answers: Answers, ledger: str) -> None:
        here, formerly = told_at(state)
        told = answers["GET", here]
        assert told.status == 410
        for key, answer in answers.items():
            if key[1] in (here, formerly):
                assert answer == as_asked(told, key[0]), key
        for page in (told.body.decode(), ledger):
            for words in (NOTE, f"The {state.place.film} film", f"{state.place.critic} critic"):
                assert words in page
            for words in (SECRET, "headline", "standfirst", "tag", "person"):
                assert f"{state.place.secret} {words}" not in page
            assert SECRET not in page
            assert f"{state.place.secret}-" not in page

    def test_whatever_it_said_nobody_can_tell(
        self, readers: dict[str, Client], record_property: Record
    ) -> None:
        told = planted(hiding.TOLD, leaks.PLACEMENTS[1:2])

        def site(**words: object) -> Answers:
            def tell(world: World) -> None:
                for state in told:
                    hiding.TOLD[state.state](world, state.place, **words)

            with undone():
                world = build(populate, tell)
                # Notes of one moment are ordered by their uids, which are random.
                for number, note in enumerate(Correction.objects.order_by("pk")):
                    Correction.objects.filter(pk=note.pk).update(uid=uid(f"note {number}"))
                return walk(readers, tour(hidden_in(world)))

        said = site()
        assert asking.differences(said, site(**OTHER_WORDS)) == {}
        record_property("comparisons", len(said))


class TestTheLift:
    LATER = ("approved_for_later", "embargoed", "embargoed_in_the_database_alone")

    def test_absent_one_second_before_and_present_one_second_after(self, readers: dict[str, Client]) -> None:
        """Without a restart, a command or a request in between."""
        waiting = planted(
            {state: (hiding.SECRETS | hiding.EMBARGOES)[state] for state in self.LATER}, [ALONE]
        )
        world = plant(waiting, INSERTED_LAST)
        before = walk(readers, [key for key in tour(hidden_in(world)) if key[0] == "GET"], LIFT - SECOND)
        lists = [
            ("GET", f"/{path}") for path in ("critics/", "people/", "tags/", "films/", "sitemap-reviews.xml")
        ]
        for name in (state.place.secret for state in waiting):
            pages = ("", "reviews/", "feed.xml", f"films/{name}-film/", f"reviews/{name}-review/")
            surfaces = [("GET", f"/{path}") for path in pages]
            after = walk(readers, surfaces + lists, LIFT + SECOND)
            assert not any(names_the_hidden(before[key]) for key in after)
            assert all(f"{name} headline" in after[key].body.decode() for key in surfaces)
            assert all(name in after[key].body.decode() for key in lists)
        assert not any(SECRET.encode() in answer.body for answer in before.values())

    def test_the_review_goes_up_on_the_very_second(self, readers: dict[str, Client]) -> None:
        build(populate, lambda world: hiding.approved_for_later(world, ALONE))
        for at, status in ((LIFT - dt.timedelta(microseconds=1), 404), (LIFT, 200)):
            with clock.frozen_at(at):
                assert Client().get("/reviews/hidden-review/").status_code == status

    def test_a_withdrawn_review_comes_back_on_the_very_second(self) -> None:
        build(populate, lambda world: hiding.told_of_and_waiting_to_come_back(world, ALONE))
        told = ("/reviews/hidden-review/", "/reviews/hidden-old-review/")
        with clock.frozen_at(LIFT - dt.timedelta(microseconds=1)):
            assert [Client().get(address).status_code for address in told] == [410, 410]
            assert Client().get("/reviews/hidden-next-review/").status_code == 404
        with clock.frozen_at(LIFT):
            for address in told:
                assert Client().get(address).headers["Location"] == "/reviews/hidden-next-review/"
            assert "hidden headline" in Client().get("/corrections/").content.decode()

    def test_rights_end_on_the_very_second(self) -> None:
        build(populate, lambda world: hiding.rights_ended(world, ALONE))
        for at, status in ((NOW - dt.timedelta(microseconds=1), 200), (NOW, 404)):
            with clock.frozen_at(at):
                assert Client().get("/reviews/hidden-review/").status_code == status

    def test_a_scheduled_correction_takes_over(self) -> None:
        build(populate, hiding.correction_for_later)
        with clock.frozen_at(LIFT):
            assert SECRET in Client().get("/reviews/hidden-review/").content.decode()
            assert Client().get("/reviews/public-review/").status_code == 301
            assert SECRET in Client().get("/corrections/").content.decode()


def test_a_critics_own_hidden_copy_is_not_on_the_public_pages_either() -> None:
    """Public pages are the same for everybody; critics read their own drafts at the desk."""
    build(populate, lambda world: hiding.draft(world, ALONE))
    account: User = make_account("Critic")
    Critic.objects.filter(slug="hidden-critic").update(user=account)
    reader = Client()
    reader.force_login(account)
    with clock.frozen_at(NOW):
        assert reader.get("/reviews/hidden-review/").status_code == 404
