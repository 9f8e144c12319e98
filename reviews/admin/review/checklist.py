"""The checklist beside the form: each item links to its field."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.forms import BoundField
from django.urls import reverse

from reviews.desk.outlook import Outlook
from reviews.desk.permissions import EDIT_ALL, PERMISSIONS, Verb
from reviews.desk.verbs.checklist import items, told_to
from reviews.models import Review
from reviews.rules.checklist import ChecklistItem


@dataclass(frozen=True)
class ChecklistLine:
    """An item; ``href`` is empty if the user cannot correct it on this page."""

    sentence: str
    href: str


@dataclass(frozen=True)
class Checked:
    """What blocks publishing the saved review, and suggestions."""

    blocking: list[ChecklistLine]
    advisory: list[ChecklistLine]


def checked(outlook: Outlook, page: dict[str, Any], *, by: User) -> Checked:
    """The checklist of the saved review, on the change page whose context is ``page``."""
    found = told_to(items(outlook, by=by), sees_all=by.has_perm(EDIT_ALL))
    lines = [
        (item.is_blocking, ChecklistLine(item.sentence, _href(item, outlook.review, page, by)))
        for item in found
    ]
    return Checked(
        blocking=[line for is_blocking, line in lines if is_blocking],
        advisory=[line for is_blocking, line in lines if not is_blocking],
    )


def _href(item: ChecklistItem, review: Review, page: dict[str, Any], by: User) -> str:
    if item.field == "publish_at":
        may_choose = by.has_perm(PERMISSIONS[Verb.APPROVE])
        return f"{reverse('admin:reviews_review_publish', args=[review.pk])}#id_at_0" if may_choose else ""
    form = page["adminform"].form
    if item.field in form.fields:
        return _to(form[item.field])
    for inline in page["inline_admin_formsets"]:
        rows = inline.formset
        for row in rows.initial_forms if inline.has_change_permission else []:
            for name in row.fields:
                if item.field == row.add_prefix(name):
                    return _to(row[name])
        if item.field.partition("-")[0] == rows.prefix:
            return f"#{rows.prefix}-heading"
    return ""


def _to(field: BoundField) -> str:
    # A moment has two inputs: link to the first.
    return f"#{field.id_for_label or f'{field.auto_id}_0'}"
