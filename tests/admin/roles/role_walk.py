"""Every address of the desk as actions: each role tries GET and POST, and the effects are rolled back.

The addresses come from the desk's routes. An unknown one fails the walk: add it to ``docs/roles.md`` (who may) and here
(what it is for).
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse

from reviews.models import (
    Aspect,
    Correction,
    Critic,
    Edition,
    Embargo,
    Film,
    Franchise,
    OldAddress,
    Outlet,
    Person,
    Tag,
)
from reviews.seeding.factories import MOMENT, make_film
from tests.admin.pages import fields_of
from tests.admin.roles.role_changes import rows, undone
from tests.admin.roles.role_table import EMPTY_DESK, may
from tests.admin.roles.role_world import NOBODY, OTHER, STUDIO, WORDS, World
from tests.desk.reading import DAY, HOUR


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Try:
    """An action at an address; ``typed`` are the changed values of its form, None for a GET.

    It is done if the page opens or stored rows change, or if ``done`` says so.
    """

    to_do: str
    path: str
    typed: dict[str, Any] | None = None
    state: str = ""
    prepare: Callable[[], object] = nothing
    done: Callable[[], bool] | None = None


@dataclass(frozen=True)
class Noun:
    """The rows of the table for its pages, and the values to change one and to add one."""

    see: str
    add: str
    change: str
    delete: str
    typed: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)


SEE = "See films, people, critics, tags and aspects"
EDIT = "Add and change films, franchises, people, tags and aspects"
DELETE = "Delete films, franchises, tags and aspects that nothing names"
CRITICS = "Change critics, delete those without a review"
SEE_TERMS = "See embargoes, with their terms, with whom they were agreed, and why they were moved or lifted"
LOG = "Read and print a film's publication log: embargoes, preview links, and when each review was public"
TERMS = "Agree an embargo, change its terms"
END = "Move an embargo, or lift it early"
END_OWN = "Lift an embargo early on a film that one has reviewed"
OUTLET = "Change the outlet's record"
LOOK = "See editions, corrections and old addresses"
WRITE_LEDGERS = "Add, change and delete editions and corrections"
LEAD_ON = "Add, change and delete old addresses"
ACCOUNTS = "See, add, change and delete accounts"
GROUPS = "See, add, change and delete roles"

LATER = {"lifts_at_0": "2025-06-20", "lifts_at_1": "12:00", "because": "They asked."}
SOONER = {"lifts_at_0": "2025-06-07", "lifts_at_1": "12:00", "because": "They asked."}
PASSWORD = {"password1": "a new pass phrase", "password2": "a new pass phrase", "usable_password": "true"}
NAME, NEW = {"name": "Changed"}, {"name": "New", "slug": "new"}

NOUNS: dict[type[Model], Noun] = {
    Film: Noun(SEE, EDIT, EDIT, DELETE, {"title": "Changed"}, {"title": "New"}),
    Franchise: Noun("See franchises", EDIT, EDIT, DELETE, NAME, NEW),
    Person: Noun(SEE, EDIT, EDIT, "Delete people who have no credit", NAME, NEW),
    Critic: Noun(SEE, "Add critics", CRITICS, CRITICS, NAME, NEW),
    Tag: Noun(SEE, EDIT, EDIT, DELETE, NAME, NEW),
    Aspect: Noun(SEE, EDIT, EDIT, DELETE, NAME, NEW | {"position": "1"}),
    Outlet: Noun(
        "See the outlet's record", OUTLET, OUTLET, "Delete the outlet's record", {"tagline": "Changed"}
    ),
    Embargo: Noun(SEE_TERMS, TERMS, TERMS, "Delete an embargo", {"terms": "Changed"}),
    Edition: Noun(
        LOOK, WRITE_LEDGERS, WRITE_LEDGERS, WRITE_LEDGERS, {"headline": "Changed"}, {"headline": "New"}
    ),
    Correction: Noun(LOOK, WRITE_LEDGERS, WRITE_LEDGERS, WRITE_LEDGERS, {"note": "Changed"}, {"note": "New"}),
    OldAddress: Noun(LOOK, LEAD_ON, LEAD_ON, LEAD_ON, {"path": "/films/older/"}, {"kind": "film"}),
    User: Noun(
        ACCOUNTS, ACCOUNTS, ACCOUNTS, ACCOUNTS, {"first_name": "Changed"}, PASSWORD | {"username": "new"}
    ),
    Group: Noun(GROUPS, GROUPS, GROUPS, GROUPS, NAME, {"name": "New"}),
}
FRAME = {
    "index": EMPTY_DESK,
    "password_change": EMPTY_DESK,
    "password_change_done": EMPTY_DESK,
    "jsi18n": EMPTY_DESK,
    "desk_calendar": "See the calendar of what is coming",
    "desk_leak_audit": "Read the report of the last leak audit",
    "desk_time": "Read the public site as of any moment, with own copy as of then",
}
THEN = FRAME["desk_time"]
EVERYTHING_THEN = "Read the public site as of any moment, with everybody's copy and embargoes as of then"
OPEN_TO_ALL = {"login", "logout"}
ELSEWHERE = {"autocomplete", "app_list"}
"""Routes with tests of their own: their response depends on the owner."""


def frame(world: World) -> Iterator[Try]:
    """The pages without a noun."""
    for pattern in admin.site.get_urls():
        name = getattr(pattern, "name", None)
        if name is None or name in OPEN_TO_ALL | ELSEWHERE:
            assert name or "<path" not in str(pattern.pattern)
            continue
        if name == "desk_as_of":
            yield from time_machine(world)
            continue
        assert name in FRAME, f"What is admin:{name} for? Say it here, and in docs/roles.md who may."
        yield Try(FRAME[name], reverse(f"admin:{name}"))


def time_machine(world: World) -> Iterator[Try]:
    """The public site as of moments at which more is public than now, and less."""
    scheduled, withdrawn = (world.review(OTHER, state) for state in ("scheduled", "withdrawn"))
    for at in (MOMENT - HOUR / 2, MOMENT + HOUR, MOMENT + 3 * DAY):
        for path in ("", "feed.xml", "sitemap-reviews.xml"):
            yield Try(THEN, reverse("admin:desk_as_of", args=[at, path]))
    for review, at in ((scheduled, MOMENT + 3 * DAY), (withdrawn, MOMENT - HOUR / 2)):
        yield Try(EVERYTHING_THEN, reverse("admin:desk_as_of", args=[at, f"reviews/{review.slug}/"]))


def of_noun(world: World, model: type[Model]) -> Iterator[Try]:
    """The actions at the addresses of a noun other than reviews."""
    noun, one = NOUNS[model], world.of[model]
    for route in routes_of(model):
        path = address(model, route, one)
        match route:
            case "changelist":
                yield Try(noun.see, path)
                chosen = {"action": "delete_selected", "_selected_action": [str(one.pk)], "post": "yes"}
                yield Try(noun.delete, path, chosen)
            case "add":
                prepare = Outlet.objects.all().delete if model is Outlet else nothing
                yield Try(noun.add, path, prepare=prepare)
                yield Try(noun.add, path, noun.new | _references(world, model), prepare=prepare)
            case "change":
                yield Try(noun.see, path)
                yield Try(noun.change, path, noun.typed)
            case "history":
                yield Try(noun.see, path)
            case "log":
                yield Try(LOG, path)
            case "delete":
                yield Try(noun.delete, path)
                yield Try(noun.delete, path, {"post": "yes"})
            case "password_change":
                yield Try(noun.change, path)
                yield Try(noun.change, path, PASSWORD)
            case "move" | "lift":
                yield Try(END, path)
                yield Try(END, path, LATER)
                own = address(model, route, world.embargo_on_own_film)
                yield Try(END_OWN, own, SOONER)
                if route == "lift":
                    yield Try(END_OWN, own)
            case _:
                raise AssertionError(f"What is {path} for? Say it here, and in docs/roles.md who may.")


def _references(world: World, model: type[Model]) -> dict[str, str]:
    if model is Embargo:
        return {"film": str(make_film().pk), "lifts_at_zone": "UTC"} | SOONER
    return {"path": "/films/n/", "target_uid": str(world.film.uid)} if model is OldAddress else {}


def routes_of(model: type[Model]) -> list[str]:
    """The names of a noun's routes, without its prefix. The nameless one redirects to the form."""
    patterns = admin.site._registry[model].get_urls()
    prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
    named = [pattern for pattern in patterns if isinstance(pattern, URLPattern) and pattern.name]
    assert [str(each.pattern) for each in patterns if each not in named] == ["<path:object_id>/"]
    assert all(pattern.name.startswith(prefix) for pattern in named if pattern.name)
    return [str(pattern.name).removeprefix(prefix) for pattern in named]


def address(model: type[Model], route: str, one: Any) -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{route}"
    if route == "takedown":
        return reverse(name, args=[one.uid])
    return reverse(name, args=[] if route in ("changelist", "add", "words") else [one.pk])


class Walk:
    """Tries actions, rolls them back, and collects differences from the table."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tried = 0
        self.surprises: list[str] = []

    def go(self, visitor: str, each: Try) -> None:
        """Try an action as a user."""
        client = self.world.clients[visitor]
        cookies = deepcopy(client.cookies)
        with undone():
            each.prepare()
            was_done = self._looked(client, each) if each.typed is None else self._posted(client, each)
        client.cookies = cookies  # A new session has been rolled back, too.
        self.tried += 1
        if was_done != may(visitor, each.to_do, each.state):
            verb = "GET" if each.typed is None else "POST"
            did = "did" if was_done else "did not"
            self.surprises.append(f"{visitor} {did} “{each.to_do}” ({each.state}): {verb} {each.path}")

    def _looked(self, client: Client, each: Try) -> bool:
        response: Any = client.get(each.path)
        self._reads(client, response)
        if response.status_code == 200:
            context: Any = response.context
            # A verb's page also opens to show what prevents the verb.
            return not (context and "verb" in context and context["obstacles"])
        return not is_closed(response)

    def _posted(self, client: Client, each: Try) -> bool:
        before, typed = rows(), each.typed or {}
        posted = {} if "action" in typed else self._form(each.path)
        for _ in range(3):
            response: Any = client.post(each.path, posted | typed)
            # Without signing in, the response only repeats what was posted.
            if client is not self.world.clients[NOBODY]:
                self._reads(client, response)
            if response.status_code != 200:
                is_closed(response)
                break
            if not response.headers["Content-Type"].startswith("text/html"):
                break  # A response to a script.
            posted = fields_of(response)
        return each.done() if each.done else rows() != before

    def _form(self, path: str) -> dict[str, Any]:
        """The data of a form for a superuser."""
        forms = self.world.forms
        if path not in forms:
            response = self.world.superuser.get(path)
            forms[path] = fields_of(response) if response.status_code == 200 else {}
        return forms[path]

    def _reads(self, client: Client, response: Any) -> None:
        (visitor,) = [each for each, theirs in self.world.clients.items() if theirs is client]
        if not may(visitor, SEE_TERMS) and STUDIO in response.content.decode():
            self.surprises.append(f"{visitor} read the studio's words at {response.request['PATH_INFO']}.")
        if may(visitor, "See somebody else's copy, its preview, its revisions and its history", "draft"):
            return
        if WORDS in response.content.decode():
            self.surprises.append(f"{visitor} read somebody else's words at {response.request['PATH_INFO']}.")


def is_closed(response: Any) -> bool:
    """Whether the response refuses; copy that the user may not see answers as if it were absent."""
    if response.status_code in (403, 404):
        return True
    assert response.status_code == 302, response.status_code
    leads_to = str(response.headers["Location"])
    return leads_to.startswith("/admin/login/") or leads_to == "/admin/"
