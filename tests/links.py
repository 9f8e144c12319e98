"""Preview links of what the leak walk hides: ended ones, whose addresses it asks for, and one that works."""

import datetime as dt
from typing import Any

from reviews import clock
from reviews.desk import preview_links, revisions
from reviews.models import PreviewLink, Review

ENDED = {how: f"{how:x<43}" for how in ("expired", "revoked")}
"""The secrets of links that work no more, the same in every world."""
UNKNOWN = f"{'unknown':x<43}"
WORKING = f"{'working':x<43}"
"""That of a link that works, which nobody who walks the site was sent."""


def send(review: Review, now: dt.datetime, for_whom: str) -> Review:
    """Give a review a revision, a link to it that works, a link that has expired and one that was revoked."""
    revisions.settle(review)
    with clock.frozen_at(now - 2 * preview_links.LIFETIME):
        _sent(review, ENDED["expired"], for_whom=for_whom)
    with clock.frozen_at(now):
        preview_links.revoke(_sent(review, ENDED["revoked"], for_whom=for_whom), by=None)
        _sent(review, WORKING, for_whom=for_whom, revision=revisions.newest(review))
    return review


def _sent(review: Review, secret: str, **wanted: Any) -> PreviewLink:
    link, _secret = preview_links.make(review, by=None, **wanted)
    PreviewLink.objects.filter(pk=link.pk).update(digest=preview_links.digest_of(secret))
    return link
