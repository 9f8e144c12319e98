"""The words and terms of several pictures at once: what is ticked is set for all, and each has its alternative text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.http import urlencode

from reviews.admin.parts.account import account_of
from reviews.admin.parts.pages import DeskPage, desk_page, desk_url
from reviews.admin.parts.saving.form_state import FormState, posted_of, state_in, state_of
from reviews.admin.parts.values import is_key
from reviews.admin.pictures.files import file_url
from reviews.desk.permissions import EDIT_ALL
from reviews.desk.pictures.visible import closed_fields, may_write, pictures_seen_by
from reviews.desk.public_state.changes import changing
from reviews.models import Picture

MOST_PICTURES = 100
SHARED = (
    "credit", "source", "film", "people", "caption", "tags",
    "licence", "licence_note", "rights_until", "embargo_until",
)  # fmt: skip
OWN = ("alt", "is_decorative")
UNTICKED = "Tick “set for all” beside what you have typed, or empty it."


@dataclass
class Row:
    """A picture on the page: its own words as they are to be, and why they could not be saved."""

    picture: Picture
    thumbnail: str
    page: str
    alt: str
    is_decorative: bool
    was: str
    errors: list[str]


class _NotAll(Exception):
    """Some could not be saved: so none is."""


class WordsPage(DeskPage):
    def urls(self) -> list[URLPattern]:
        return [self.at("words/", "words", self.words)]

    def words(self, request: HttpRequest) -> HttpResponse:
        if not self.desk.has_change_permission(request):
            raise PermissionDenied
        by = account_of(request)
        asked = (request.POST if request.method == "POST" else request.GET).getlist("of")[: MOST_PICTURES + 1]
        keys = [key for key in asked if is_key(key)]
        seen = pictures_seen_by(by).select_related("file").filter(pk__in=keys)
        pictures = [each for each in seen.order_by("added_at", "uid") if may_write(each, by)]
        if not pictures and not by.has_perm(EDIT_ALL):
            raise PermissionDenied
        if not pictures:
            self.desk.message_user(request, "There are no pictures to change there.", messages.WARNING)
            return HttpResponseRedirect(desk_url("changelist", Picture))
        if request.method == "POST":
            return self._saved(request, pictures)
        return self._page(request, self._shared_form(request), [_row_of(each) for each in pictures], set())

    def _shared_form(self, request: HttpRequest, posted: Any = None) -> Any:
        names = [name for name in SHARED if name not in closed_fields(account_of(request))]
        form_class = self.desk.get_form(request, None, fields=names)
        return _only(form_class(posted, prefix="all"), names)

    def _saved(self, request: HttpRequest, pictures: list[Picture]) -> HttpResponse:
        shared = self._shared_form(request, request.POST)
        empty = state_of(self._shared_form(request), [])
        typed = state_in(request.POST, shared, [])
        ticked = {name for name in shared.fields if request.POST.get(f"set-{name}")}
        shared.full_clean()
        for name in shared.fields:
            if name not in ticked:
                shared.errors.pop(name, None)
                if typed.values.get(name, empty.values[name]) != empty.values[name]:
                    shared.add_error(name, UNTICKED)
        rows = [_row_typed(each, request.POST) for each in pictures]
        if not shared.errors:
            values = {name: typed.values[name] for name in ticked if name in typed.values}
            count = self._written(request, rows, values)
            if count is not None:
                return self._done(request, len(rows), count)
        return self._page(request, shared, rows, ticked, status=200)

    def _written(self, request: HttpRequest, rows: list[Row], values: dict[str, Any]) -> int | None:
        """Save all rows, or none: how many have changed. None if one could not be saved; then its row says why."""
        try:
            with changing():
                changed = sum([self._write(request, row, values) for row in rows])
                if any(row.errors for row in rows):
                    raise _NotAll
        except _NotAll:
            return None
        return changed

    def _write(self, request: HttpRequest, row: Row, values: dict[str, Any]) -> bool:
        picture = self.desk.under_lock(request, str(row.picture.pk))
        if picture is None or not self.desk.has_change_permission(request, picture):
            row.errors.append("It has been deleted meanwhile, or you may no longer change it.")
            return False
        if row.was != _said(picture) and row.was:
            row.errors.append(f"Somebody has changed it meanwhile. It now says: {_said(picture)}")
            row.was = _said(picture)
            return False
        names = [*OWN, *values]
        form_class = self.desk.get_form(request, picture, change=True, fields=names)
        form = _only(form_class(instance=picture), names)
        own = {"alt": (row.alt,), "is_decorative": ("on" if row.is_decorative else "",)}
        state = FormState({**state_of(form, []).values, **values, **own}, {})
        bound = _only(form_class(posted_of(state, form, [], {}, {}), instance=picture), names)
        if not bound.is_valid():
            row.errors += [str(error) for errors in bound.errors.values() for error in errors]
            return False
        if not bound.changed_data:
            return False
        bound.save()
        self.desk.log_change(request, picture, self.desk.construct_change_message(request, bound, [], False))
        return True

    def _done(self, request: HttpRequest, count: int, changed: int) -> HttpResponse:
        said = f"{changed} of {count} pictures changed." if changed else "Nothing has changed."
        self.desk.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(desk_url("changelist", Picture))

    def _page(
        self, request: HttpRequest, shared: Any, rows: list[Row], ticked: set[str], *, status: int = 200
    ) -> HttpResponse:
        context = {
            "shared": [(field, field.name in ticked) for field in shared],
            "rows": rows,
            "media": self.desk.media + shared.media,
            "has_errors": bool(shared.errors) or any(row.errors for row in rows),
        }
        title = f"The words of {len(rows)} pictures" if len(rows) > 1 else "The words of a picture"
        return desk_page(
            self.desk, request, "admin/reviews/picture/words.html", title, None, context, status=status
        )


def words_url(pictures: Iterable[Picture]) -> str:
    """The address of the page for some pictures."""
    return f"{desk_url('words', Picture)}?{urlencode([('of', each.pk) for each in pictures])}"


def _only(form: Any, names: Iterable[str]) -> Any:
    """The form without other fields than these."""
    for name in set(form.fields) - set(names):
        del form.fields[name]
    return form


def _said(picture: Picture) -> str:
    return "decorative" if picture.is_decorative else picture.alt


def _row_of(picture: Picture) -> Row:
    return Row(
        picture,
        file_url(picture),
        desk_url("change", picture),
        picture.alt,
        picture.is_decorative,
        _said(picture),
        [],
    )


def _row_typed(picture: Picture, posted: Any) -> Row:
    row, key = _row_of(picture), picture.pk
    row.alt = posted.get(f"alt-{key}", row.alt)
    row.is_decorative = bool(posted.get(f"decorative-{key}"))
    row.was = posted.get(f"was-{key}", row.was)
    return row
