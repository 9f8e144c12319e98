"""How to cite a review, in a sentence.

The author is whoever wrote the words: the outlet for a digest, nobody for an unknown author.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from reviews.models.content import Provenance
from reviews.models.public.edition import Edition
from reviews.models.shared.outlet import Outlet


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation. Days are in the outlet's zone; ``updated`` is that of the latest change, or None.

    ``author`` is empty if unknown; ``origin`` says what the text is based on, or where it appeared first, and is empty
    if it was written for the outlet.
    """

    author: str
    headline: str
    outlet: str
    origin: str
    published: dt.date
    updated: dt.date | None
    address: str

    @property
    def before(self) -> str:
        """The text before the headline."""
        return f"{self.author}, " if self.author else ""

    @property
    def after(self) -> str:
        """The text after it."""
        outlet = _("in %(outlet)s") % {"outlet": self.outlet} if self.author != self.outlet else ""
        said = (outlet, self.origin, _day(self.published), self._update, self.address)
        return "".join(f", {part}" for part in said if part)

    @property
    def _update(self) -> str:
        return _("updated %(day)s") % {"day": _day(self.updated)} if self.updated else ""

    def __str__(self) -> str:
        return f"{self.before}{self.headline}{self.after}"


def citation(edition: Edition, outlet: Outlet, *, original: str, address: str) -> Citation:
    """How to cite a published edition, given its absolute address.

    ``original`` names the review published elsewhere, as the provenance line does.
    """
    critic, is_updated = edition.critic, edition.visible_from != edition.first_visible_from
    known = "" if critic.is_unknown else critic.name
    return Citation(
        author=outlet.name if edition.is_digest else known,
        headline=" ".join(edition.headline.split()),
        outlet=outlet.name,
        origin=_origin(edition, original),
        published=edition.first_visible_from.astimezone(outlet.zone).date(),
        updated=edition.visible_from.astimezone(outlet.zone).date() if is_updated else None,
        address=address,
    )


def _origin(edition: Edition, original: str) -> str:
    if edition.is_digest:
        return _("digest of %(original)s") % {"original": original}
    if edition.provenance == Provenance.SYNDICATED:
        return _("first published in %(original)s") % {"original": original}
    return ""


def _day(day: dt.date) -> str:
    return written(day, "j F Y")
