"""Autosaves: unsaved text, stored for the user who typed it until they save or discard it.

They make no revision and no history, and nobody else can read them. A page sends its id (``window``), the form that
it shows and a sequence number (``turn``), so that late or lost requests do no harm.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from reviews import clock
from reviews.desk import tidying
from reviews.desk.history import name_of
from reviews.models import Autosave, Review
from reviews.models.desk.autosave import STILL_THERE
from reviews.text import clean_characters
from reviews.text.limits import LARGEST_FORM

Posted = Mapping[str, list[str]]
"""A form's data: each name with its values."""


MOST = 20
"""The most autosaves of one account; the least recently written one is removed first."""


@dataclass(frozen=True)
class FormPage:
    """A browser page with a form: ``turn`` is the sequence number of this request, ``opened_at`` the form's when the
    page was opened, ``revision`` the revision that the form was made from."""

    form: UUID
    window: UUID
    turn: int
    opened_at: int
    revision: int


@dataclass(frozen=True)
class Company:
    """Another user who has the review open, or the same user in another window (then ``name`` is empty)."""

    name: str
    seen_at: dt.datetime
    has_typed: bool


def keep(owner: User, review: Review | None, page: FormPage, posted: Posted | None) -> Autosave:
    """Store what a page has typed, or (``posted`` is None) only that it is open. Late requests are ignored.

    If another page has written to the same form since this one was opened, this one becomes a form of its own: the
    answer's ``form`` is its new id.
    """
    with transaction.atomic():
        rows = Autosave.objects.select_for_update(no_key=True).filter(owner=owner)
        found = rows.filter(form=page.form).first()
        if found and found.window != page.window and found.turn != page.opened_at:
            found = rows.filter(form=page.window).first()
            form = page.window
        else:
            form = page.form
        if found is None:
            tidying.remove_some(tidying.old_autosaves())
            # Two simultaneous first requests make one row.
            found, _ = Autosave.objects.get_or_create(
                owner=owner,
                form=form,
                defaults={
                    "review": review,
                    "window": page.window,
                    "revision": page.revision,
                    "seen_at": clock.now(),
                },
            )
        if found.window == page.window and page.turn <= found.turn:
            return found
        found.window, found.turn, found.seen_at = page.window, page.turn, clock.now()
        if posted is not None:
            found.posted = {
                clean_characters(name): [clean_characters(value) for value in values]
                for name, values in posted.items()
            }
            found.revision = page.revision
        found.save(update_fields=["window", "turn", "seen_at", "posted", "revision"])
        if posted is not None:
            others = Autosave.objects.typed().filter(owner=owner).exclude(pk=found.pk).newest_first()
            rows.filter(pk__in=[*others.values_list("pk", flat=True)[MOST - 1 :]]).delete()
        return found


def excess(posted: Posted) -> str:
    """A sentence for a form that is too large to be autosaved: by how much, and what to do; empty if it is not."""
    size = sum(
        len(part.encode(errors="replace")) for name, values in posted.items() for part in (name, *values)
    )
    if size <= LARGEST_FORM:
        return ""
    return (
        f"Not autosaved: the form is {size - LARGEST_FORM:,} bytes over the limit of {LARGEST_FORM:,}. "
        "Your text is still on this page: shorten it, or copy it to a safe place."
    )


def leave(owner: User, form: UUID) -> None:
    """A page was closed: delete its row if nothing was typed, else keep the text."""
    Autosave.objects.filter(owner=owner, form=form, posted__isnull=True).delete()
    Autosave.objects.filter(owner=owner, form=form).update(seen_at=clock.now() - STILL_THERE)


def discard(owner: User, form: UUID) -> None:
    """Delete what was typed in a form, once it is saved or discarded."""
    Autosave.objects.filter(owner=owner, form=form).delete()


def typed_by(owner: User, review: Review | None) -> list[Autosave]:
    """The unsaved text of a user for a review (None: for new ones), the newest first.

    A form may have 2 MB, so each is fetched only when it is used.
    """
    return list(Autosave.objects.typed().filter(owner=owner, review=review).newest_first().defer("posted"))


def company_of(owner: User, review: Review, *, window: UUID | None = None) -> list[Company]:
    """Who else has the review open or typed in it lately: other users, and this user in other windows.

    People who share a name are told apart by their user names.
    """
    rows = Autosave.objects.open().filter(review=review).select_related("owner").defer("posted")
    rows = rows.annotate(has_typed=Q(posted__isnull=False))
    windows: dict[User, list[Any]] = {}
    for row in rows.newest_first():
        if row.window != window:
            windows.setdefault(row.owner, []).append(row)
    shared = Counter(name_of(each) for each in windows if each != owner)
    return [
        Company(
            "" if each == owner else _told_apart(each, is_shared=shared[name_of(each)] > 1),
            kept[0].seen_at,
            any(row.has_typed for row in kept),
        )
        for each, kept in windows.items()
    ]


def _told_apart(account: User, *, is_shared: bool) -> str:
    name = name_of(account)
    return f"{name} ({account.get_username()})" if is_shared else name
