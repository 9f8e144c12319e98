"""How to cite a review: in a sentence, and as BibTeX.

Whoever wrote the words is their author: of a digest the outlet, of what nobody is known to have written nobody.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from reviews.models.content import Provenance
from reviews.models.public.edition import Edition
from reviews.models.shared.outlet import Outlet


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. Days are the outlet's; ``updated`` is that of the latest change, None where there is none.

    ``author`` is empty where nobody could be established; ``origin`` says what the words are based on, or where they
    appeared first, and is empty for what was written for the outlet. ``key`` is what BibTeX calls the review.
    """

    author: str
    author_is_person: bool
    headline: str
    outlet: str
    origin: str
    published: dt.date
    updated: dt.date | None
    address: str
    key: str

    @property
    def before(self) -> str:
        """What stands before the headline."""
        return f"{self.author}, " if self.author else ""

    @property
    def after(self) -> str:
        """What stands after it."""
        outlet = _("in %(outlet)s") % {"outlet": self.outlet} if self.author != self.outlet else ""
        said = (outlet, self.origin, _day(self.published), self._update, self.address)
        return "".join(f", {part}" for part in said if part)

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX and biblatex, with what either reads as a command written out."""
        note = "; ".join(part for part in (self.origin, self._update) if part)
        fields = {
            "author": _name(self.author, is_person=self.author_is_person),
            "title": f"{{{{{_escaped(self.headline)}}}}}",
            "howpublished": f"{{{_escaped(f'{self.outlet}, {_day(self.published)}')}}}",
            "year": f"{{{self.published.year}}}",
            "month": _MONTHS[self.published.month - 1],
            "note": f"{{{_escaped(note[:1].upper() + note[1:])}}}" if note else "",
            "url": f"{{{_address(self.address)}}}",
        }
        lines = [f"  {name} = {value}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])

    @property
    def _update(self) -> str:
        return _("updated %(day)s") % {"day": _day(self.updated)} if self.updated else ""

    def __str__(self) -> str:
        return f"{self.before}{self.headline}{self.after}"


def citation(edition: Edition, outlet: Outlet, *, original: str, address: str) -> Citation:
    """How to cite a published edition at its whole address.

    ``original`` names what was published elsewhere, as the line of provenance does.
    """
    critic, is_updated = edition.critic, edition.visible_from != edition.first_visible_from
    known = "" if critic.is_unknown else critic.name
    return Citation(
        author=outlet.name if edition.is_digest else known,
        author_is_person=critic.is_person and not edition.is_digest,
        headline=" ".join(edition.headline.split()),
        outlet=outlet.name,
        origin=_origin(edition, original),
        published=edition.first_visible_from.astimezone(outlet.zone).date(),
        updated=edition.visible_from.astimezone(outlet.zone).date() if is_updated else None,
        address=address,
        key=_NOT_IN_A_KEY.sub("", edition.slug).strip("-") or f"review-{edition.review_uid.hex[:8]}",
    )


def _origin(edition: Edition, original: str) -> str:
    if edition.is_digest:
        return _("digest of %(original)s") % {"original": original}
    if edition.provenance == Provenance.SYNDICATED:
        return _("first published in %(original)s") % {"original": original}
    return ""


_NOT_IN_A_KEY = re.compile("[^a-z0-9-]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# A brace is counted even after a backslash, so none may stand for itself.
_WRITTEN_OUT = str.maketrans(
    {character: f"\\{character}" for character in "%&#_$"}
    | {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)


def _escaped(text: str) -> str:
    """Text as TeX reads it back; letters of any script stay as they are."""
    return " ".join(text.split()).translate(_WRITTEN_OUT)


def _name(name: str, *, is_person: bool) -> str:
    """A name; one that has no parts, or would be read as several, in braces of its own."""
    if not name:
        return ""
    is_whole = is_person and not re.search(r",|\band\b", name, re.IGNORECASE)
    return f"{{{_escaped(name)}}}" if is_whole else f"{{{{{_escaped(name)}}}}}"


def _address(address: str) -> str:
    """An address, which is read as it stands, but for what would end it."""
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _day(day: dt.date) -> str:
    return written(day, "j F Y")
