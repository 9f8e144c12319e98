"""Invalid numbers, moments and keys in any field or URL: a response, never a server error."""

import itertools
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse

from reviews.models import Autosave, Review
from reviews.seeding.factories import (
    MOMENT,
    make_edition,
    make_embargo,
    make_judgement,
    make_outlet,
    make_tag,
)
from tests.admin.pages import fields_of, signed_in, url
from tests.gate.night import NIGHT, TURN, in_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

VALUES = {
    "five thousand digits": "9" * 5_000,
    "more than a column holds": str(2**31),
    "more than a key holds": str(2**63),
    "ten to the eighteenth": str(10**18),
    "below nothing": "-1",
    "digits of another script": "٣",
    "a digit that is none": "²",
    "NUL": "1\x001",
    "a lone surrogate": "\ud800",
    "the last moment of the calendar": "9999-12-31T23:59:59-14:00",
    "the first one": "0001-01-01T00:00:00+14:00",
    "no number": "nan",
    "a list of lookups": "1,2,,x",
}

LISTED = ("q", "p", "o", "e", "all", "_facets", "_popup", "_to_field", "readers", "whose", "more")
"""Query parameters of every list, besides its filters."""

PUBLIC = {
    "review_list": ("before", "after"),
    "film_list": ("before", "after"),
    "critic_list": ("before", "after"),
    "person_list": ("before", "after"),
    "franchise_list": ("before", "after"),
    "tag_list": ("before", "after"),
    "correction_list": ("before", "after"),
    "archive": ("before",),
    "home": ("before", "p"),
    "sitemap_index": ("p",),
}

PAGES = {
    "change": ("kept", "more", "_popup", "_to_field", "_changelist_filters"),
    "history": ("before",),
    "revisions": ("before",),
    "compare": ("from", "to"),
    "restore": ("revision",),
    "describe": ("revision",),
    "links": ("revision",),
    "preview": ("at", "at_0", "at_1", "at_meant", "show"),
    "typed": ("kept", "beside"),
    "publish": ("at", "at_0"),
}
"""Query parameters of a review's pages."""

T = TypeVar("T")
Asked = tuple[str, str, dict[str, str | None]]
"""A method, an address (VALUE is replaced) and the posted data (None is replaced)."""


def each(path: str, names: Iterable[str], method: str = "GET") -> list[Asked]:
    """A request for every name."""
    return [(method, path, {name: None}) for name in names]


def encoded(fields: dict[str, str]) -> str:
    """URL-encoded; a lone surrogate as the three bytes of its code point."""
    return "&".join(
        f"{quote(name, errors='surrogatepass')}={quote(value, errors='surrogatepass')}"
        for name, value in fields.items()
    )


class Desk:
    """A superuser's client, and one of each noun."""

    def __init__(self) -> None:
        make_outlet()
        self.edition = make_edition(tags=("Noir",))
        self.review: Review = self.edition.review
        make_judgement(self.review)
        make_embargo(self.edition.film, MOMENT)
        make_tag("Alone")
        self.client = signed_in("")
        self.client.raise_request_exception = False
        self.failed: list[str] = []

    def ask(self, name: str, method: str, path: str, fields: dict[str, str]) -> None:
        with undone():
            if method == "GET":
                answer: Any = self.client.get(path, QUERY_STRING=encoded(fields))
            else:
                form = "application/x-www-form-urlencoded"
                answer = self.client.post(path, encoded(fields), content_type=form)
        if answer.status_code >= 500:
            self.failed.append(f"{method} {path[:60]} {[*fields][:4]} with {name}")

    def ask_all(self, asked: Iterable[Asked]) -> None:
        """Each request with every value, in all its fields. The gate samples a few."""
        for (method, path, fields), name in some(itertools.product(asked, VALUES)):
            value = VALUES[name]
            held = {field: value if given is None else given for field, given in fields.items()}
            path = path.replace("VALUE", quote(value, errors="surrogatepass"))
            self.ask(name, method, path, held)


def some(rows: Iterable[T]) -> list[T]:
    """All at night; in the gate one in 31, others in the next commit."""
    return list(rows) if NIGHT else list(rows)[TURN * 7 :: 31]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desk() -> Desk:
    return Desk()


class TestAddresses:
    def test_of_readers_pages(self, desk: Desk) -> None:
        film = desk.edition.film
        asked = [request for name, names in PUBLIC.items() for request in each(reverse(name), names)]
        asked += each(film.get_absolute_url(), ("order", "before"))
        asked += [("GET", reverse("film_side_by_side", args=[film.slug]), {"one": None, "other": None})]
        asked += each("/sitemap-reviews.xml", ["p"]) + each("/sitemap-films.xml", ["p"])
        asked += [
            ("GET", f"/{path}/VALUE{end}", {})
            for path in ("archive", "archive/2025", "reviews", "films", "people", "tags", "preview")
            for end in ("/", "/feed.xml")
        ]
        desk.ask_all(asked)
        assert not desk.failed, "\n".join(desk.failed)

    def test_of_a_review_at_the_desk(self, desk: Desk) -> None:
        asked = [request for verb, names in PAGES.items() for request in each(url(verb, desk.review), names)]
        asked += each(reverse("admin:desk_calendar"), ("day", "month"))
        asked += each(reverse("admin:reviews_review_add"), ("kept", "more"))
        desk.ask_all(asked)
        assert not desk.failed, "\n".join(desk.failed)

    def test_of_what_fills_in_a_new_form(self, desk: Desk) -> None:
        forms = forms_of(desk)
        names = {name for fields in forms.values() for name in fields}
        desk.ask_all(("GET", path, dict.fromkeys(names)) for path in forms)
        assert not desk.failed, "\n".join(desk.failed)

    def test_of_autocomplete(self, desk: Desk) -> None:
        asked = {"app_label": "reviews", "model_name": "review", "field_name": "film", "term": "a"}
        path = reverse("admin:autocomplete")
        desk.ask_all(("GET", path, asked | {name: None}) for name in (*asked, "p", "forward"))
        assert not desk.failed, "\n".join(desk.failed)

    def test_of_anything_by_its_key(self, desk: Desk) -> None:
        routes = [
            list_of(model) + str(pattern.pattern)
            for model, noun in admin.site._registry.items()
            for pattern in noun.get_urls()
        ]
        keyed = [re.sub("<(path:object_id|id)>", "VALUE", route) for route in routes]
        desk.ask_all(("GET", path, {}) for path in keyed if "VALUE" in path)
        assert not desk.failed, "\n".join(desk.failed)


class TestLists:
    def test_of_the_desk(self, desk: Desk) -> None:
        asked: list[Asked] = []
        for model, noun in admin.site._registry.items():
            filters = [str(name) for name in noun.list_filter if isinstance(name, str)]
            names = [*LISTED, "id", "id__in", "pk__gt", *filters]
            ends = ("exact", "isnull", "id__exact", "in", "gte")
            asked += each(list_of(model), [*names, *(f"{name}__{end}" for name in filters for end in ends)])
            chosen = {"_selected_action": None, "index": None, "select_across": None}
            request = RequestFactory().get("/")
            request.user = User.objects.get(is_superuser=True)
            asked += [
                ("POST", list_of(model), chosen | {"action": action, "post": "yes"})
                for action, _ in noun.get_action_choices(request)
                if action
            ]
        desk.ask_all(asked)
        assert not desk.failed, "\n".join(desk.failed)


class TestForms:
    def test_with_it_in_every_field(self, desk: Desk) -> None:
        asked: list[Asked] = []
        for path, posted in forms_of(desk).items():
            counts = {name: value for name, value in posted.items() if name.endswith("_FORMS")}
            asked += [
                ("POST", path, dict.fromkeys(posted) | counts),
                ("POST", path, posted | dict.fromkeys(counts)),
            ]
        desk.ask_all(asked)
        assert not desk.failed, "\n".join(desk.failed)

    def test_of_the_verbs(self, desk: Desk) -> None:
        names = "at at_0 at_1 at_meant stated note kind works shows revoke expires_0 expires_1 because _verb version"
        desk.ask_all(
            ("POST", url(verb, desk.review), dict.fromkeys(names.split())) for verb in verbs_of(Review)
        )
        assert not desk.failed, "\n".join(desk.failed)

    def test_of_scripts(self, desk: Desk) -> None:
        new, paste, passage = (
            reverse(f"admin:reviews_review_{name}") for name in ("autosave_new", "paste", "passage")
        )
        keep, typed = url("autosave", desk.review), url("typed", desk.review)
        page = dict.fromkeys(("_form", "_window", "_turn", "_opened", "_revision"))
        rows = dict.fromkeys(f"judgements-{end}" for end in ("TOTAL_FORMS", "0-aspect", "0-stance", "0-id"))
        asked: list[Asked] = [("POST", path, page | rows) for path in (new, keep)]
        asked += [*each(paste, ["first_note", "html"], "POST"), ("POST", typed, rows)]
        asked += [
            ("POST", paste, {"html": "<b>a</b>", "first_note": None}),
            ("POST", passage, dict.fromkeys(("before", "selected", "after"))),
            ("POST", typed, desk_form(desk) | rows),
            ("POST", f"{new}?VALUE=VALUE", {"body": "a"}),
        ]
        desk.ask_all(asked)
        assert not desk.failed, "\n".join(desk.failed)

    def test_of_a_script_that_names_fields_as_nothing_is_named(self, desk: Desk) -> None:
        new = reverse("admin:reviews_review_autosave_new")
        for name, value in VALUES.items():
            desk.ask(name, "POST", new, {value: "a", "body": value, "_turn": "1"})
        assert not desk.failed, "\n".join(desk.failed)


class TestWhatWasKept:
    """The form and the page of an autosave open, whatever was stored."""

    @pytest.mark.parametrize("name", in_turn([*VALUES]))
    def test_opens(self, desk: Desk, name: str) -> None:
        value = VALUES[name].replace("\0", "").replace("\ud800", "\ufffd")
        form = desk_form(desk)
        form |= dict.fromkeys([each for each in form if not each.startswith("_")], value)
        form |= {"_turn": "1", "body": "typed", "judgements-TOTAL_FORMS": value}
        answer: Any = desk.client.post(url("autosave", desk.review), form)
        assert answer.status_code == 200
        for path in (
            url("change", desk.review),
            reverse("admin:reviews_review_kept", args=[answer.json()["form"]]),
        ):
            assert desk.client.get(path).status_code == 200
        for verb in ("change", "typed"):
            shown = desk.client.get(url(verb, desk.review), {"kept": answer.json()["form"]})
            assert shown.status_code == 200

    def test_opens_with_more_rows_than_it_can_say(self, desk: Desk) -> None:
        kept = {"judgements-TOTAL_FORMS": ["9" * 5_000], "body": ["typed"], "headline": ["Typed"]}
        owner = Autosave(review=desk.review, form=uuid4(), window=uuid4(), seen_at=MOMENT, posted=kept)
        owner.owner_id = int(desk.client.session["_auth_user_id"])
        owner.save()
        assert desk.client.get(url("change", desk.review)).status_code == 200


def desk_form(desk: Desk) -> dict[str, Any]:
    return fields_of(desk.client.get(url("change", desk.review)))


def forms_of(desk: Desk) -> dict[str, dict[str, str]]:
    """The URLs of all change and add forms, with their data."""
    found: dict[str, dict[str, str]] = {}
    for model in admin.site._registry:
        one = model._default_manager.order_by("-pk").first()
        paths = [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")]
        paths += [url("change", one)] if one else []
        for path in paths:
            answer = desk.client.get(path)
            if answer.status_code == 200:
                found[path] = {
                    name: value if isinstance(value, str) else "" for name, value in fields_of(answer).items()
                }
    return found


def verbs_of(model: type[Any]) -> list[str]:
    """The routes of a noun about one object."""
    names = [
        pattern.name
        for pattern in admin.site._registry[model].get_urls()
        if "object_id" in str(pattern.pattern)
    ]
    return [name.removeprefix("reviews_review_") for name in names if name]


def list_of(model: type[Any]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
