"""The page that shows unsaved text and what it changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from reviews import text
from reviews.admin.parts.pages import desk_page, desk_url
from reviews.admin.parts.values import value_in_words
from reviews.admin.review.saving.page import OURS, is_stale, read_before
from reviews.admin.review.saving.parsed import Form, aspects_by_key, blank, title_of, typed_in
from reviews.desk.document.comparison import FieldChange
from reviews.models import Autosave, Review
from reviews.text import Block, ChangeKind, WordRun, compare, compare_words
from reviews.text.limits import LONGEST_FIELD


def unsaved_page(
    desk: Any, request: HttpRequest, kept: Autosave, review: Review | None, form: Form, *, status: int = 200
) -> HttpResponse:
    """What was typed and what it changes, with actions if it is autosaved and can be saved."""
    may_write = desk.has_change_permission(request, review) if review else desk.has_add_permission(request)
    context = {
        "kept": kept,
        "is_kept": not kept._state.adding,
        "changes": changes_in(kept, review, form),
        "is_stale": is_stale(kept, review),
        "may_write": may_write,
        "back": form_url(review),
        "posted": {
            **(kept.posted or {}),
            **dict(zip(OURS, _as_page(kept), strict=True)),
        },
    }
    return desk_page(
        desk, request, "admin/reviews/unsaved.html", "Typed and not saved", review, context, status=status
    )


def form_url(review: Review | None) -> str:
    """The URL of the form that it was typed in."""
    return desk_url("change", review) if review else desk_url("add", Review)


def changes_in(kept: Autosave, review: Review | None, form: Form) -> list[FieldChange]:
    """The changes from the form's original content to what was typed."""
    after = typed_in(kept.posted or {}, form)
    before = read_before(kept, review, form) or blank(after)
    changes = []
    for name, was in before.values.items():
        becomes = after.values.get(name, was)
        if was == becomes:
            continue
        words = [value_in_words(form.base_fields[name], each) for each in (was, becomes)]
        if not all(text.is_within(each) if name == "body" else len(each) <= LONGEST_FIELD for each in words):
            blocks = [
                Block("", ChangeKind.NEW, (WordRun(ChangeKind.NEW, words[1]),))
            ]  # Too long to compare: shown whole.
        else:
            blocks = compare(*words) if name == "body" else [compare_words(*words)]
        changes.append(FieldChange(name, str(form.base_fields[name].label or name).lower(), tuple(blocks)))
    if before.rows != after.rows:
        aspects = aspects_by_key(before, after)
        lines = [
            Block(title_of(key, aspects), kind, (WordRun(kind, row.in_words()),) if row.in_words() else ())
            for kind, rows, others in (
                (ChangeKind.GONE, before.rows, after.rows),
                (ChangeKind.NEW, after.rows, before.rows),
            )
            for key, row in rows.items()
            if others.get(key) != row
        ]
        changes.append(FieldChange("judgements", "judgements", tuple(lines)))
    return changes


def _as_page(kept: Autosave) -> list[list[str]]:
    return [[str(value)] for value in (kept.form, kept.window, kept.turn, kept.turn, kept.revision)]
