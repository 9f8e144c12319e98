"""How to cite a review, in a sentence.

Whoever wrote the words is their author: of a digest the outlet, of what nobody is known to have written nobody.
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
    """What a citation says. Days are the outlet's; ``updated`` is that of the latest change, None where there is none.

    ``author`` is empty where nobody could be established; ``origin`` says what the words are based on, or where they
    appeared first, and is empty for what was written for the outlet.
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
        """What stands before the headline."""
        return f"{self.author}, " if self.author else ""

    @property
    def after(self) -> str:
        """What stands after it."""
        outlet = _("in %(outlet)s") % {"outlet": self.outlet} if self.author != self.outlet else ""
        said = (outlet, self.origin, _day(self.published), self._update, self.address)
        return "".join(f", {part}" for part in said if part)

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
