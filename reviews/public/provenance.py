"""Who wrote the words of a review and where they come from: one sentence, the same everywhere."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reviews.models.content import Provenance
from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.text import web_address


@dataclass(frozen=True, slots=True)
class ProvenanceLine:
    """A sentence in three parts. ``original`` names the original published elsewhere, with a link to ``url`` if not
    empty.

    ``url`` is safe as a link.
    """

    before: str
    original: str = ""
    after: str = ""
    url: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.original}{self.after}"


def provenance_line(edition: Edition, outlet_name: str) -> ProvenanceLine:
    """The provenance line of an edition.

    A digest is ours and says whose review it summarises; an organisation that signs as itself is named once; what is
    unknown is said to be unknown. The byline names the critic of an original or syndicated review.
    """
    if edition.provenance == Provenance.DIGEST:
        return _split(_("Our digest of %(original)s."), _original(edition), edition.source_url)
    if edition.provenance == Provenance.SYNDICATED:
        source = edition.source_name or _("another outlet")
        sentence = _("First published in %(original)s; republished with permission.")
        return _split(sentence, source, edition.source_url)
    return ProvenanceLine(_("Written for %(outlet)s.") % {"outlet": outlet_name})


def _split(sentence: str, original: str, url: str) -> ProvenanceLine:
    before, _placeholder, after = sentence.partition("%(original)s")
    return ProvenanceLine(before, original, after, web_address(url))


def _original(edition: Edition) -> str:
    """The original that a digest summarises."""
    critic, outlet = edition.critic, edition.source_name
    names = {"critic": critic.name, "outlet": outlet}
    if critic.kind == Critic.Kind.UNKNOWN:
        if outlet:
            return _("a review in %(outlet)s whose author we could not establish") % names
        return _("a review whose author and outlet we could not establish")
    if outlet and outlet.casefold() != critic.name.casefold():
        return _("%(critic)s’s review in %(outlet)s") % names
    return _("%(critic)s’s review") % names
