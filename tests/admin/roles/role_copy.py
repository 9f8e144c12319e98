"""The actions at the addresses of a review (own or another's), and at accounts."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, Permission, User

from reviews.desk import preview_links, revisions
from reviews.models import Critic, Outlet, PreviewLink, Review, Revision
from tests.admin.roles.role_walk import NEW, PASSWORD, Try, address, routes_of
from tests.admin.roles.role_world import NOBODY, OTHER, World

OWN, OTHERS = "own copy", "somebody else's copy"
SEE = "See {}, its preview, its revisions and its history"
SHARE = "Make and revoke preview links to {}"
WRITE = "Write {}"
BYLINE = "Change the byline"
SOURCE = "Change the provenance, the source and the rights"
ADDRESS = "Change the address"
DAY = "Change the day it is planned for"
APPROVE, REINSTATE = "Approve, now or for a time", "Reinstate, as it was or corrected"
FOUR_EYES = "Approve, publish changes of or reinstate own copy under four eyes"
SUPERUSER = "Make, change or delete a superuser"
BEYOND = "Give an account or a role what one may not do oneself"
WIDER = "Widen one's own role, or give oneself another"
ABOVE = "Change or delete an account or a role that may do more than oneself"
CONNECT = "Connect a critic with an account"

KEEP = "Keep what one types into {}"
OF_NO_COPY = {
    "add": "begins copy of no owner yet: see beginnings",
    "paste": "is about no copy and stores nothing: see test_writing",
    "autosave_new": "keeps what is typed into a review that is not there yet: see test_autosave",
    "kept": "shows what its own writer typed: see test_autosave",
    "typed_new": "shows what its own writer types, and stores nothing: see test_typed_preview",
    "pictures": "is a file, to whoever may see the picture or copy that shows it: see tests/pictures/test_private",
    "passage": "is about no copy and stores nothing: see test_evidence",
}
"""Addresses about no copy."""
PUBLISHING = {"live": "Publish changes", "withdrawn": REINSTATE}
"""What the publishing page does, other than approve."""
VERBS: dict[str, tuple[str, dict[str, str]]] = {
    "submit": ("Submit {}", {}),
    "take_back": ("Take back {}", {}),
    "return": ("Return with a note", {"note": "Shorter."}),
    "publish": (APPROVE, {"kind": "nothing-wrong"}),
    "retime": ("Reschedule", {"at_0": "2025-06-08", "at_1": "12:00"}),
    "unschedule": ("Unschedule", {}),
    "withdraw": ("Withdraw, with a public note or without a trace", {"manner": "no-trace"}),
    "explain": ("Explain a withdrawal in public", {"note": "A quotation was wrong."}),
    "reinstate": (REINSTATE, {"what": "as-it-was"}),
}
ACTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "submit_chosen": VERBS["submit"],
    "return_chosen": VERBS["return"],
    "approve_chosen": VERBS["publish"],
}
"""Bulk actions of the list."""
BEFORE = ("draft", "returned", "in review")
FIELDS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    SOURCE: (
        {
            "provenance": "syndicated",
            "source_name": "Elsewhere",
            "source_url": "https://elsewhere.example/",
            "provenance_note": "By agreement.",
            "rights_until_0": "2026-01-01",
            "rights_until_1": "12:00",
        },
        ("provenance", "source_name", "source_url", "provenance_note", "rights_until"),
    ),
    DAY: ({"planned_on": "2025-07-01"}, ("planned_on",)),
    ADDRESS: ({"slug": "another-address"}, ("slug",)),
}
"""Row of the table to the values typed, and the columns of which at least one must change."""


def of_reviews(world: World, visitor: str, owner: str, state: str) -> Iterator[Try]:
    """The actions with copy in a state, of the user themselves or of OTHER."""
    review = world.review(owner, state)
    whose = OTHERS if owner == OTHER else OWN
    see = SEE.format(whose)
    revised(review)
    for route in routes_of(Review):
        if route in OF_NO_COPY:
            continue
        path = address(Review, route, review)
        match route:
            case "changelist":
                yield from _from_the_list(world, path, review, whose, state)
            case "takedown":
                yield Try("Go from the public page to the form", path, state=state)
                yield Try("Take down in one step from the public page", path, {"because": "x"}, state)
            case "change":
                yield Try(see, path, state=state)
                yield Try(WRITE.format(whose), path, {"headline": "Changed"}, state)
                yield from _fields(world, path, review, state)
            case "history" | "preview" | "typed" | "revisions" | "compare":
                yield Try(see, path, state=state)
            case "links":
                yield from _links(path, review, SHARE.format(whose), state)
            case "restore" | "describe":
                to_do = WRITE.format(whose)
                yield Try(to_do, f"{path}?revision=1", state=state)
                yield Try(to_do, f"{path}?revision=1", {"name": "as filed"}, state)
            case "autosave":
                yield Try(KEEP.format(whose), path, {"headline": "Half", "_turn": "1"}, state)
            case "delete":
                delete = "Delete copy that was never public" if state in BEFORE else "Delete other copy"
                yield Try(delete, path, state=state)
                yield Try(delete, path, {"post": "yes"}, state)
            case _:
                to_do, typed = VERBS[route]
                if route == "publish":
                    to_do = PUBLISHING.get(state, to_do)
                yield Try(to_do.format(whose), path, state=state)
                yield Try(to_do.format(whose), path, typed, state)
                if route in ("publish", "reinstate") and whose == OWN:
                    yield Try(FOUR_EYES, path, state=state, prepare=four_eyes)
                    yield Try(FOUR_EYES, path, typed, state, prepare=four_eyes)


def revised(review: Review) -> None:
    """Give the review an earlier revision, without changing the review."""
    if not Revision.objects.of(review).exists():
        first = revisions.settle(review)
        first.document["fields"]["how_seen"] = "On a train."
        first.save()
        revisions.settle(review)


def _links(path: str, review: Review, share: str, state: str) -> Iterator[Try]:
    uid = uuid4()

    def send() -> None:
        link, _secret = preview_links.make(review, by=None)
        PreviewLink.objects.filter(pk=link.pk).update(uid=uid)

    made, revoked = (PreviewLink.objects.filter(revoked_at__isnull=is_open) for is_open in (True, False))
    yield Try(share, path, state=state)
    yield Try(share, path, {"shows": "as-it-stands", "works": "72"}, state, done=made.exists)
    yield Try(share, path, {"revoke": str(uid)}, state, prepare=send, done=revoked.exists)


def four_eyes() -> None:
    Outlet.objects.update(four_eyes=True)


def _from_the_list(world: World, path: str, review: Review, whose: str, state: str) -> Iterator[Try]:
    offered: Any = world.superuser.get(path).context["action_form"].fields["action"].choices
    for action, _ in offered:
        if action:
            to_do, typed = ACTIONS[action]
            chosen = {"action": action, "_selected_action": [str(review.pk)]}
            yield Try(to_do.format(whose), path, chosen | typed, state)
    forged = {"action": "delete_selected", "_selected_action": [str(review.pk)], "post": "yes"}
    yield Try("Delete other copy", path, forged, "live")


def _fields(world: World, path: str, review: Review, state: str) -> Iterator[Try]:
    stands = Review.objects.filter(pk=review.pk)
    other: Critic = world.of[Critic]
    yield Try(
        BYLINE,
        path,
        {"critic": str(other.pk)},
        state,
        done=stands.filter(critic=other).exists,
    )
    for to_do, (typed, columns) in FIELDS.items():
        before = stands.values_list(*columns).get()
        yield Try(to_do, path, typed, state, done=partial(_differs, stands.values_list(*columns), before))


def _differs(found: Any, before: Any) -> bool:
    return bool(found.all().get() != before)


def beginnings(world: World, visitor: str) -> Iterator[Try]:
    """New copy under the user's own byline, and under another's (posted even if the form lacks the field)."""
    path = address(Review, "add", None)
    own = world.bylines[OTHER if visitor == NOBODY else visitor]
    new = {"film": str(world.film.pk), "headline": "New", "slug": "new"}
    begun = Review.objects.filter(headline="New")
    yield Try(
        "See own copy, its preview, its revisions and its history",
        address(Review, "changelist", None),
        state="draft",
    )
    yield Try("Begin own copy", path)
    yield Try("Begin own copy", path, new | {"critic": str(own.pk)}, done=begun.filter(critic=own).exists)
    yield Try(
        "Begin copy under somebody else's byline",
        path,
        new | {"critic": str(world.of[Critic].pk)},
        done=begun.filter(critic=world.of[Critic]).exists,
    )


def held_copy(world: World, visitor: str) -> Iterator[Try]:
    """Own copy on a film under embargo; the page shows the end but not the terms."""
    own = world.bylines[OTHER if visitor == NOBODY else visitor]
    review = Review.objects.get(critic=own, film=world.embargo_on_own_film.film)
    for route in ("change", "history", "preview"):
        yield Try("See until when an embargo holds own copy", address(Review, route, review))


def offices(world: World, visitor: str) -> Iterator[Try]:
    """Attempts to raise the user's own permissions."""
    superuser, spare = User.objects.get(is_superuser=True), world.of[User]
    on = {"is_superuser": "on", "is_staff": "on"}
    rights = {"user_permissions": [str(each.pk) for each in Permission.objects.all()]}
    lifted: Callable[[], bool] = User.objects.exclude(pk=superuser.pk).filter(is_superuser=True).exists
    granted: Callable[[], bool] = User.objects.filter(user_permissions__isnull=False).exists
    yield Try(
        SUPERUSER, address(User, "add", None), PASSWORD | {"username": "new"} | on | rights, done=lifted
    )
    for account in {spare, spare if visitor == NOBODY else world.account(visitor)}:
        path = address(User, "change", account)
        yield Try(SUPERUSER, path, on, done=lifted)
        yield Try(SUPERUSER, path, rights, done=granted)
    yield Try(SUPERUSER, address(User, "change", superuser), {"first_name": "Changed"})
    for route, typed in (("delete", {"post": "yes"}), ("password_change", PASSWORD)):
        yield Try(SUPERUSER, address(User, route, superuser))
        yield Try(SUPERUSER, address(User, route, superuser), typed)
    chosen = {"action": "delete_selected", "_selected_action": [str(superuser.pk), str(spare.pk)]}
    yield Try(SUPERUSER, address(User, "changelist", None), chosen | {"post": "yes"})
    connected = Critic.objects.filter(user=spare)
    path = address(Critic, "change", world.of[Critic])
    yield Try(CONNECT, path, {"user": str(spare.pk)}, done=connected.exists)
    path = address(Critic, "add", None)
    yield Try(CONNECT, path, NEW | {"user": str(spare.pk)}, done=connected.exists)


def powers(world: World, visitor: str) -> Iterator[Try]:
    """Permissions that no role of the table has: granting them, and changing accounts that have them."""
    own = world.of[User] if visitor == NOBODY else world.account(visitor)
    beyond = Permission.objects.get(codename="delete_embargo")
    boss = User.objects.get(username="boss")
    board = Group.objects.get(name="Board")
    role, spare = world.of[Group], world.of[User]
    given = {"permissions": [str(beyond.pk)]}
    yield Try(BEYOND, address(Group, "change", role), given, done=role.permissions.exists)
    new = Group.objects.filter(name="New", permissions=beyond)
    yield Try(BEYOND, address(Group, "add", None), {"name": "New"} | given, done=new.exists)
    joined = {"groups": [str(board.pk)]}
    yield Try(BEYOND, address(User, "change", spare), joined, done=spare.groups.exists)
    yield Try(WIDER, address(User, "change", own), joined, done=own.groups.filter(pk=board.pk).exists)
    harmless = {"groups": [str(role.pk)]}
    yield Try(WIDER, address(User, "change", own), harmless, done=own.groups.filter(pk=role.pk).exists)
    for group in own.groups.all():
        everything = {"permissions": [str(each.pk) for each in Permission.objects.all()]}
        wider = group.permissions.filter(pk=beyond.pk)
        yield Try(WIDER, address(Group, "change", group), everything, done=wider.exists)
    for model, one, typed in ((User, boss, {"first_name": "Changed"}), (Group, board, {"name": "Changed"})):
        yield Try(ABOVE, address(model, "change", one), typed)
        for route, sent in (("delete", {"post": "yes"}), ("password_change", PASSWORD)):
            if route in routes_of(model):
                yield Try(ABOVE, address(model, route, one), sent)
        chosen = {"action": "delete_selected", "_selected_action": [str(one.pk)], "post": "yes"}
        yield Try(ABOVE, address(model, "changelist", None), chosen)
