"""Preview links of hidden reviews: ended ones, which the walk requests, and one that works."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from reviews import clock
from reviews.audit.accounts import new_account
from reviews.desk import preview_links, revisions
from reviews.models import Critic, PreviewLink, Review

ENDED = ("expired", "revoked")
LOSSES: dict[str, tuple[str, Callable[[User], object]]] = {
    "closed": ("Editor", lambda maker: User.objects.filter(pk=maker.pk).update(is_active=False)),
    "outside": ("Editor", lambda maker: User.objects.filter(pk=maker.pk).update(is_staff=False)),
    "demoted": ("Editor", lambda maker: maker.groups.clear()),
    "another-byline": ("Critic", lambda maker: Critic.objects.filter(user=maker).update(user=None)),
    "deleted": ("Editor", lambda maker: maker.delete()),
}
"""How the maker of a link loses the right to show the copy: their role, and what happens."""
UNKNOWN = f"{'unknown':x<43}"


def secret(how: str, name: str) -> str:
    """The secret of a hidden review's link that ended in this way, or of the ``working`` one; the same in every site.

    The walk never requests the working one.
    """
    return f"{how}{uuid.uuid5(uuid.NAMESPACE_URL, name).hex}"[:43].ljust(43, "x")


def send(review: Review, now: dt.datetime, for_whom: str, name: str) -> Review:
    """Give a review a revision, a link to it that works, a link that has expired and one that was revoked."""
    revisions.settle(review)
    with clock.frozen_at(now - 2 * preview_links.LIFETIME):
        _sent(review, secret("expired", name), for_whom=for_whom)
    with clock.frozen_at(now):
        preview_links.revoke(_sent(review, secret("revoked", name), for_whom=for_whom), by=None)
        _sent(review, secret("working", name), for_whom=for_whom, revision=revisions.newest(review))
    return review


def send_by_those_who_left(review: Review, now: dt.datetime, for_whom: str, name: str) -> None:
    """Give a review a link for each way in which its maker can lose the right to show it, and make them lose it."""
    with clock.frozen_at(now):
        for how, (role, lose) in LOSSES.items():
            maker = new_account(role)
            if role == "Critic":
                Critic.objects.filter(pk=review.critic_id).update(user=maker)
            _sent(Review.objects.get(pk=review.pk), secret(how, name), by=maker, for_whom=for_whom)
            lose(maker)


def _sent(review: Review, secret: str, *, by: User | None = None, **wanted: Any) -> PreviewLink:
    link, _secret = preview_links.make(review, by=by, **wanted)
    PreviewLink.objects.filter(pk=link.pk).update(digest=preview_links.digest_of(secret))
    return link
