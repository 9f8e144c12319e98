"""What the pictures of a review still lack before it can be published. Pure."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A picture as a review names it. ``field`` is the form field that does; moments are aware.

    One that ``is_known`` not is in no library that whoever looks may see: nothing else is said of it.
    """

    name: str
    field: str
    is_known: bool = True
    is_described: bool = True
    is_credited: bool = True
    is_licensed: bool = True
    rights_until: dt.datetime | None = None
    embargo_until: dt.datetime | None = None


Found = Iterator[tuple[str, str, str]]
"""The name of a rule, the field that corrects it, and a sentence."""


def blocking(pictures: Sequence[NamedPicture], visible_from: dt.datetime | None) -> Found:
    """What readers would miss at once: words for those who do not see it, and the right to show it."""
    for each in pictures:
        if each.is_known and not each.is_described:
            in_text = ", or describe it in the text between the brackets" if each.field == "body" else ""
            yield (
                "picture_undescribed",
                each.field,
                f"{_called(each)} has no alternative text: say in the library what it shows, or that it is "
                f"decorative{in_text}.",
            )
    for each in pictures:
        if each.rights_until and visible_from and each.rights_until <= visible_from:
            yield (
                "picture_rights",
                each.field,
                f"The rights in {_named(each)} end before the review would go up: choose another, or ask a publisher "
                "to change their end.",
            )


def advisory(pictures: Sequence[NamedPicture], visible_from: dt.datetime | None) -> Found:
    """What an editor would want to know, and may leave so."""
    for each in pictures:
        called = _called(each)
        if not each.is_known:
            yield (
                "picture_unknown",
                each.field,
                f"There is no picture “{each.name}” in the library: readers see nothing in its place.",
            )
        if not each.is_credited:
            yield (
                "picture_credit",
                each.field,
                f"{called} has no credit: name its owner in the library, as whoever added it or an editor can.",
            )
        if not each.is_licensed:
            yield (
                "picture_licence",
                each.field,
                f"Nobody has said on which terms {_named(each)} may be shown: a publisher can, in the library.",
            )
        if each.embargo_until and visible_from and each.embargo_until > visible_from:
            yield (
                "picture_embargo",
                each.field,
                f"The embargo on {_named(each)} is not over when the review goes up: readers see it from then on, or "
                "choose another.",
            )


def _called(picture: NamedPicture) -> str:
    name = _named(picture)
    return f"{name[0].upper()}{name[1:]}"


def _named(picture: NamedPicture) -> str:
    where = " at its head" if picture.field == "hero" else ""
    return f"the picture “{picture.name}”{where}"
