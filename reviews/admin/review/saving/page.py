"""The browser page of a review's form: its id, its base revision and the autosaves that it offers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict

from reviews.admin.review.saving.parsed import Form, Typed, typed_in, typed_of
from reviews.desk import autosaves, revisions
from reviews.desk.autosaves import Company, FormPage, Posted
from reviews.desk.document.documents import document_of
from reviews.desk.document.rows import Unrestorable
from reviews.models import Autosave, Review
from reviews.rules.numbers import whole_number

MOST_DESCRIBED = 3
"""How many autosaves, the newest, are shown with their changes; the others are read when opened."""

MOST_TURNS = 999_999_999
"""The highest sequence number that a page may send; the column can still store the next."""

OURS = ("_form", "_window", "_turn", "_opened", "_revision")
"""The hidden fields with which a page identifies itself, in the order of ``FormPage``."""


def page_in(posted: QueryDict) -> FormPage:
    """The page that posted this. Without valid fields: a new id, made from the first revision."""
    form = _uid(posted.get("_form", ""))
    numbers = [_number(posted.get(name, "")) for name in OURS[2:]]
    return FormPage(form, _uid(posted.get("_window", ""), form), *numbers)


def new_page(review: Review | None, kept: Autosave | None = None) -> FormPage:
    """A page that is opened now, with an autosave or without."""
    window = uuid4()
    read = review.revision if review else 0
    if kept is None:
        return FormPage(window, window, 0, 0, read)
    return FormPage(kept.form, window, kept.turn, kept.turn, read)


def typed_part(posted: QueryDict) -> dict[str, list[str]]:
    """The typed data, without the page's hidden fields, the buttons and the CSRF token."""
    return {
        name: values
        for name, values in ((name, [str(value) for value in values]) for name, values in posted.lists())
        if not name.startswith(("_", "choose-"))
        and name != "csrfmiddlewaretoken"
        and "__prefix__" not in name
    }


def as_query(posted: Posted) -> QueryDict:
    """An autosave as a QueryDict."""
    data = QueryDict(mutable=True)
    for name, values in posted.items():
        data.setlist(name, list(values))
    return data


@dataclass(frozen=True)
class Offer:
    """Unsaved text. ``is_stale``: others have saved since; ``differs`` names the fields that it changes, compared with
    the revision that it was made from."""

    form: UUID
    at: dt.datetime
    title: str
    is_stale: bool
    is_shown: bool
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class AutosaveBar:
    """What the page shows: ``offers`` of autosaves, newest first, and ``company`` (who else has it open)."""

    page: FormPage
    offers: list[Offer]
    company: list[Company]

    @property
    def company_words(self) -> list[str]:
        return company_words(self.company)


def company_words(company: Sequence[Company]) -> list[str]:
    """Who else has the review open, a sentence each."""
    return [_with(each) for each in company]


def _with(each: Company) -> str:
    if not each.name:
        return "You have this review open in another window, too" + (
            ", with changes." if each.has_typed else "."
        )
    return (
        f"{each.name} is writing in this review." if each.has_typed else f"{each.name} has this review open."
    )


def kept_in(request: HttpRequest, by: User, review: Review | None) -> Autosave | None:
    """The autosave that the URL (``?kept=…``) asks for, if it exists and nobody has saved since."""
    form = _uid_or_none(request.GET.get("kept", "")) if request.method == "GET" else None
    found = next((row for row in autosaves.typed_by(by, review) if row.form == form), None) if form else None
    return found if found and not is_stale(found, review) else None


def is_stale(kept: Autosave, review: Review | None) -> bool:
    """Whether somebody has saved the review since the autosave's form was opened."""
    return review is not None and max(kept.revision, 1) < review.revision


def autosave_bar(
    by: User, review: Review | None, form: Form, *, page: FormPage, shown: Autosave | None
) -> AutosaveBar:
    """The autosaves and the company that the form's page shows."""
    rows = [row for row in autosaves.typed_by(by, review) if row.window != page.window]
    offers = [
        Offer(
            form=row.form,
            at=row.seen_at,
            title=_title(row.posted or {}) if is_described else "",
            is_stale=is_stale(row, review),
            is_shown=shown is not None and row.pk == shown.pk,
            differs=tuple(_differs(row, review, form)) if is_described else (),
        )
        for row, is_described in zip(rows, [True] * MOST_DESCRIBED + [False] * len(rows), strict=False)
    ]
    company = autosaves.company_of(by, review, window=page.window) if review else []
    return AutosaveBar(page, offers, company)


def read_before(kept: Autosave, review: Review | None, form: Form) -> Typed | None:
    """What the form held when it was opened; None for a new review, or if that cannot be restored."""
    if review is None:
        return None
    read = revisions.read_from(review, kept.revision)
    try:
        document = revisions.document_in(read) if read else document_of(review)
        return typed_of(document, review, form)
    except Unrestorable:
        return None


def _differs(kept: Autosave, review: Review | None, form: Form) -> list[str]:
    before = read_before(kept, review, form)
    if before is None:
        return []
    after = typed_in(kept.posted or {}, form)
    names = [name for name, was in before.values.items() if after.values.get(name, was) != was]
    labels = [str(form.base_fields[name].label or name).lower() for name in names]
    return [*labels, *(["judgements"] if before.rows != after.rows else [])]


def _title(posted: Mapping[str, list[str]]) -> str:
    return " ".join((posted.get("headline") or [""])[-1].split())[:80]


def _number(typed: str) -> int:
    return whole_number(typed, most=MOST_TURNS) or 0


def _uid_or_none(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _uid(typed: str, fallback: UUID | None = None) -> UUID:
    return _uid_or_none(typed) or fallback or uuid4()
