"""Tampered forms change no stored row."""

import itertools
from typing import Any

import pytest
from django.test import Client

from reviews.models import Aspect, Judgement, Review
from reviews.rules.slugs import placeholder
from tests.admin.pages import fields_of
from tests.admin.roles.role_changes import unchanged
from tests.admin.roles.role_table import STATES
from tests.admin.roles.role_walk import NOUNS, address
from tests.admin.roles.role_world import OTHER, WORDS, World
from tests.gate.night import in_turn, pairs_in_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LIST = "/admin/reviews/review/"
OPEN = ("draft", "returned", "in review")
NOT_THEIRS = {
    "status": "approved",
    "status_since": "2020-01-01T00:00Z",
    "publish_at": "2025-06-06T12:00Z",
    "publish_at_0": "2025-06-06",
    "publish_at_1": "12:00",
    "has_changes": "on",
    "uid": "00000000-0000-4000-8000-000000000000",
    "id": "9999",
    "pk": "9999",
    "provenance": "syndicated",
    "source_name": "Elsewhere",
    "source_url": "https://elsewhere.example/",
    "provenance_note": "By agreement.",
    "rights_until_0": "2026-01-01",
    "rights_until_1": "12:00",
    "planned_on": "2025-07-01",
    "edition": "1",
    "number": "1",
    "visible_from_0": "2025-01-01",
    "visible_from_1": "12:00",
}


@pytest.fixture(scope="module")
def made(kept: None) -> World:
    """The world of these tests, with a critic's copy and somebody else's in every state."""
    world = World()
    for state, owner in itertools.product(STATES, (OTHER, "Critic")):
        world.review(owner, state)
    return world


@pytest.fixture
def world(made: World) -> World:
    return made.again()


@pytest.fixture
def critic(world: World) -> Client:
    return world.clients["Critic"]


class TestACriticsFormOfOwnCopy:
    @pytest.mark.parametrize("state", OPEN)
    def test_sets_no_column_that_they_may_not_write(self, world: World, critic: Client, state: str) -> None:
        review, path = world.review("Critic", state), address(Review, "change", world.review("Critic", state))
        forged = NOT_THEIRS | {
            "critic": str(world.bylines[OTHER].pk),
            "written_by": str(world.account("Publisher").pk),
        }
        for form in (critic, world.superuser):
            posted = fields_of(form.get(path)) | forged
            assert unchanged(critic, path, posted).status_code == 302
        assert review.pk

    @pytest.mark.parametrize("state", ["scheduled", "live", "withdrawn"])
    def test_is_read_only_once_approved(self, world: World, critic: Client, state: str) -> None:
        path = address(Review, "change", world.review("Critic", state))
        posted = fields_of(world.superuser.get(path)) | {"headline": "Tampered", "judgements-0-DELETE": "on"}
        assert unchanged(critic, path, posted).status_code == 403

    def test_takes_no_address_of_another_review(self, world: World, critic: Client) -> None:
        path = address(Review, "change", world.review("Critic", "draft"))
        posted = fields_of(critic.get(path)) | {"slug": world.review(OTHER, "draft").slug}
        assert unchanged(critic, path, posted).status_code == 302

    def test_begins_no_copy_under_another_name(self, world: World, critic: Client) -> None:
        path = address(Review, "add", None)
        posted = fields_of(world.superuser.get(path)) | NOT_THEIRS
        posted |= {"film": str(world.film.pk), "headline": "New", "slug": "new"}
        posted |= {"critic": str(world.bylines[OTHER].pk), "written_by": str(world.account("Editor").pk)}
        assert critic.post(path, posted).status_code == 302
        begun = Review.objects.get(headline="New")
        assert begun.slug == placeholder(begun.uid)
        account = world.account("Critic")
        assert (begun.critic, begun.written_by) == (world.bylines["Critic"], account)
        assert (begun.status, begun.publish_at, begun.provenance, begun.source_name) == (
            "draft",
            None,
            "original",
            "",
        )
        assert (begun.rights_until, begun.planned_on, begun.has_changes) == (None, None, False)

    @pytest.mark.parametrize("button", ["_save", "_continue", "_addanother", "_saveasnew", "_popup"])
    def test_makes_no_second_copy_whichever_button_is_sent(
        self, world: World, critic: Client, button: str
    ) -> None:
        path = address(Review, "change", world.review("Critic", "draft"))
        posted = fields_of(critic.get(path)) | {button: "1", "_to_field": "id"}
        unchanged(critic, path, posted)
        other = address(Review, "change", world.review(OTHER, "draft"))
        unchanged(critic, other, posted)

    def test_is_not_redirected_elsewhere_by_a_lists_filters(self, world: World, critic: Client) -> None:
        path = address(Review, "change", world.review("Critic", "draft"))
        query = "?_changelist_filters=critic__user__password__startswith%3Dp%26next%3D//elsewhere.example"
        response = unchanged(critic, path + query, fields_of(critic.get(path)))
        assert response.headers["Location"].startswith(LIST)


class TestTheButtonsInTheForm:
    @pytest.mark.parametrize(("visitor", "state"), pairs_in_turn(["superuser", "Editor"], STATES))
    def test_ignore_statements_from_an_editors_page(
        self, world: World, critic: Client, state: str, visitor: str
    ) -> None:
        review = world.review("Critic", state)
        path = address(Review, "change", review)
        editor = world.superuser if visitor == "superuser" else world.clients[visitor]
        stated = fields_of(editor.get(path))
        if state in OPEN:
            assert stated["_stated_approve"]
        hashes = {f"_stated_{verb}": stated.get("_stated_approve", "x") for verb in BUTTONS}
        for verb in BUTTONS:
            posted = stated | hashes | {"_verb": verb}
            unchanged(critic, path, posted, follow=True)

    @pytest.mark.parametrize("state", in_turn(STATES))
    def test_do_nothing_with_somebody_elses_copy(self, world: World, critic: Client, state: str) -> None:
        path = address(Review, "change", world.review(OTHER, state))
        stated = fields_of(world.superuser.get(path))
        for verb in (*BUTTONS, "submit", "take_back"):
            posted = stated | {"_verb": verb}
            response = unchanged(critic, path, posted, follow=True)
            assert WORDS not in response.content.decode()


BUTTONS = [
    "approve",
    "approve_for",
    "publish",
    "publish_changes",
    "return",
    "retime",
    "cancel",
    "withdraw",
    "explain",
    "reinstate",
    "",
    "__class__",
]
"""The button values of all verbs, except the critic's own two."""


class TestRowsOfAReview:
    @pytest.fixture
    def theirs(self, world: World) -> Judgement:
        return Judgement.objects.get(review=world.review(OTHER, "draft"))

    def forged(self, world: World, critic: Client, **row: str) -> dict[str, Any]:
        """The form of own copy, with its first row forged."""
        path = address(Review, "change", world.review("Critic", "draft"))
        posted = fields_of(critic.get(path))
        assert posted["judgements-INITIAL_FORMS"] == "1"
        return posted | {f"judgements-0-{name}": value for name, value in row.items()}

    @pytest.mark.parametrize(
        "row", [{}, {"DELETE": "on"}, {"stance": "-1"}, {"evidence": "The camera waits."}]
    )
    def test_are_of_the_own_review_only(
        self, world: World, critic: Client, theirs: Judgement, row: dict[str, str]
    ) -> None:
        path = address(Review, "change", world.review("Critic", "draft"))
        posted = self.forged(world, critic, id=str(theirs.pk), **row)
        unchanged(critic, path, posted)

    def test_cannot_be_moved_to_another_review(self, world: World, critic: Client, theirs: Judgement) -> None:
        path = address(Review, "change", world.review("Critic", "draft"))
        posted = self.forged(world, critic, review=str(theirs.review_id), stance="-1")
        assert unchanged(critic, path, posted).status_code == 200

    def test_cannot_be_added_to_another_review(self, world: World, critic: Client, theirs: Judgement) -> None:
        aspect: Aspect = world.of[Aspect]
        path = address(Review, "change", world.review("Critic", "draft"))
        posted = fields_of(critic.get(path)) | {
            "judgements-TOTAL_FORMS": "2",
            "judgements-1-id": "",
            "judgements-1-review": str(theirs.review_id),
            "judgements-1-aspect": str(aspect.pk),
            "judgements-1-stance": "1",
        }
        assert unchanged(critic, path, posted).status_code == 200

    @pytest.mark.parametrize("number", ["-1", "0", "x", ""])
    def test_are_safe_from_a_forged_count(self, world: World, critic: Client, number: str) -> None:
        path = address(Review, "change", world.review("Critic", "draft"))
        for name in ("INITIAL", "TOTAL"):
            posted = fields_of(critic.get(path)) | {f"judgements-{name}_FORMS": number}
            assert unchanged(critic, path, posted).status_code in (200, 302, 400)


class TestAList:
    @pytest.mark.parametrize(
        "action", ["submit_chosen", "return_chosen", "approve_chosen", "delete_selected"]
    )
    def test_does_nothing_for_a_critic_with_somebody_elses_copy(
        self, world: World, critic: Client, action: str
    ) -> None:
        chosen = {
            "action": action,
            "_selected_action": [str(world.review(OTHER, state).pk) for state in STATES],
        }
        shown = world.superuser.post(LIST, chosen)
        posted = (
            (fields_of(shown) if shown.status_code == 200 else {}) | chosen | {"post": "yes", "note": "x"}
        )
        for sent in (chosen, posted, posted | {"select_across": "1"}):
            response = unchanged(critic, LIST, sent, follow=True)
            assert WORDS not in response.content.decode()

    def test_submits_own_copy_and_leaves_the_rest(self, world: World, critic: Client) -> None:
        mine, theirs = world.review("Critic", "draft"), world.review(OTHER, "draft")
        chosen = {"action": "submit_chosen", "_selected_action": [str(mine.pk), str(theirs.pk)]}
        page = critic.post(LIST, chosen)
        critic.post(LIST, fields_of(page) | chosen)
        assert Review.objects.get(pk=mine.pk).status == "in_review"
        assert Review.objects.get(pk=theirs.pk).status == "draft"

    @pytest.mark.parametrize("noun", NOUNS)
    def test_of_any_noun_deletes_nothing_for_a_critic(
        self, world: World, critic: Client, noun: type[Any]
    ) -> None:
        path = address(noun, "changelist", None)
        keys = [str(row.pk) for row in noun._default_manager.all()]
        posted = {"action": "delete_selected", "_selected_action": keys, "post": "yes", "select_across": "1"}
        unchanged(critic, path, posted, follow=True)
        unchanged(critic, path, {"form-TOTAL_FORMS": "1", "form-0-id": keys[0], "_save": "Save"})


class TestAPopup:
    @pytest.mark.parametrize("noun", NOUNS)
    def test_allows_nothing_that_the_page_refuses(
        self, world: World, critic: Client, noun: type[Any]
    ) -> None:
        query = "?_popup=1&_to_field=id"
        for route in ("add", "change", "delete"):
            path = address(noun, route, world.of[noun])
            form = world.superuser.get(path)
            posted = fields_of(form) if form.status_code == 200 else {}
            posted |= NOUNS[noun].new | {"_popup": "1", "_to_field": "id", "post": "yes"}
            assert unchanged(critic, path + query, posted).status_code == 403
