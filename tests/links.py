"""Preview links of what the leak walk hides: ended ones, whose addresses it asks for, and one that works."""

import datetime as dt
import uuid
from typing import Any

from reviews import clock
from reviews.desk import preview_links, revisions
from reviews.models import PreviewLink, Review

ENDED = ("expired", "revoked")
UNKNOWN = f"{'unknown':x<43}"


def secret(how: str, name: str) -> str:
    """The secret of a hidden review's link that ended so, or of the ``working`` one, the same in every world.

    That of one that works was sent to nobody who walks the site.
    """
    return f"{how}{uuid.uuid5(uuid.NAMESPACE_URL, name).hex:x<36}"


def send(review: Review, now: dt.datetime, for_whom: str, name: str) -> Review:
    """Give a review a revision, a link to it that works, a link that has expired and one that was revoked."""
    revisions.settle(review)
    with clock.frozen_at(now - 2 * preview_links.LIFETIME):
        _sent(review, secret("expired", name), for_whom=for_whom)
    with clock.frozen_at(now):
        preview_links.revoke(_sent(review, secret("revoked", name), for_whom=for_whom), by=None)
        _sent(review, secret("working", name), for_whom=for_whom, revision=revisions.newest(review))
    return review


def _sent(review: Review, secret: str, **wanted: Any) -> PreviewLink:
    link, _secret = preview_links.make(review, by=None, **wanted)
    PreviewLink.objects.filter(pk=link.pk).update(digest=preview_links.digest_of(secret))
    return link
