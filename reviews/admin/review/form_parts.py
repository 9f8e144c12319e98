"""The parts of a review's form, from the table of fields (``reviews.desk.document.fields``)."""

from collections.abc import Collection
from typing import Any

from reviews.desk.document.fields import FormPart, in_part

_SIDE = ["desk-side"]
_CLASSES = {FormPart.WRITING: ["desk-writing"], FormPart.AROUND: ["desk-around"]}
_WRITING = "Saving does not change the live page. Publishing does."


def fieldsets(hidden: Collection[str], *, is_ours: bool) -> list[tuple[str, dict[str, Any]]]:
    """The parts that have visible fields. The source's is folded if the review ``is_ours``."""
    parts = []
    for part in FormPart:
        fields = [name for name in _fields(part) if name not in hidden]
        classes = _CLASSES.get(part, _SIDE)
        if part is FormPart.SOURCE and is_ours:
            # Rarely needed: collapsed unless it has an error.
            classes = [*classes, "collapse"]
        options: dict[str, Any] = {"classes": classes, "fields": fields}
        if part is FormPart.WRITING:
            options["description"] = _WRITING
        if fields:
            parts.append((part.value, options))
    return parts


def _fields(part: FormPart) -> list[str]:
    if part is FormPart.AROUND:
        return [*in_part(part), "tags"]
    if part is FormPart.STANDING:
        return sorted(in_part(part), key=lambda name: name != "slug")  # The address comes first.
    return in_part(part)
