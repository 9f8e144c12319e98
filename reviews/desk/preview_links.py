"""Preview links: show one review, for a limited time, to anybody who has the secret address.

The secret is shown once, when a link is made; only a digest of it is stored. A link shows the working copy or one
revision of it, never an edition: a link that has ended does not redirect to the public page.
"""

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from reviews import clock
from reviews.desk import history, permissions, preview_link_validity, tidying
from reviews.desk.dates import moment_in_words
from reviews.desk.document import composition
from reviews.desk.document.composition import Composition
from reviews.desk.document.fields import nouns
from reviews.desk.document.rows import Unrestorable, found
from reviews.desk.document.snapshots import from_snapshot
from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import NotAllowed, PublishingError
from reviews.models import PreviewLink, Review, Revision
from reviews.rules import ratings
from reviews.text import one_line

LIFETIME = dt.timedelta(hours=72)
"""How long a link works by default."""
LONGEST = dt.timedelta(days=30)
"""How long it may work at most. Whoever needs longer should get an account."""
SECRET_BYTES = 32
SECRET_PATTERN = r"[A-Za-z0-9_-]{43}"
"""A secret: ``SECRET_BYTES`` random bytes in URL-safe base64 (RFC 4648, section 5)."""

NOT_THEIRS = "Only whoever may write this copy makes and revokes links to it: ask an editor."


class Unshowable(Exception):
    """The copy of a link cannot be rendered as a page."""


def make(
    review: Review,
    *,
    by: User | None,
    for_whom: str = "",
    revision: Revision | None = None,
    expires_at: dt.datetime | None = None,
) -> tuple[PreviewLink, str]:
    """Make a link to the working copy or to a ``revision`` of it. Returns it and its secret, which is not stored.

    Raises PublishingError if ``expires_at`` (aware) is past or further away than ``LONGEST``, if the revision is of
    another review, or if the rights have ended; NotAllowed if ``by`` may not.
    """
    _require(review, by)
    now = clock.now()
    expires_at = expires_at or now + LIFETIME
    if reason := objection(expires_at, now):
        raise PublishingError([reason])
    if review.rights_until and review.rights_until <= now:
        raise PublishingError(
            ["The rights in this copy have ended: it can no longer be shown outside the desk."]
        )
    if revision and revision.review_id != review.pk:
        raise PublishingError(["That is a revision of another review: choose one of this."])
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        tidying.remove_some(tidying.ended_links())
        link = PreviewLink.objects.create(
            review=review,
            revision=revision,
            digest=digest_of(secret),
            for_whom=one_line(for_whom).strip(),
            made_at=now,
            made_by=by,
            made_by_name=history.name_of(by),
            expires_at=expires_at,
        )
        shows = f"revision {revision.number}" if revision else "the copy as it is"
        history.record(
            f"{link} was made: to {shows}, until {moment_in_words(expires_at)}.",
            by=by,
            film=review.film,
            review=review,
        )
    return link, secret


def objection(expires_at: dt.datetime, now: dt.datetime) -> str:
    """Why a link cannot work until a moment (aware): one sentence, empty if it can."""
    if expires_at <= now:
        return "That moment has passed: choose one that is still to come."
    if expires_at > now + LONGEST:
        return f"A link works for at most {LONGEST.days} days: choose a sooner moment, and make another link then."
    return ""


def revoke(link: PreviewLink, *, by: User | None) -> None:
    """End a link now. Does nothing to one that has ended. Raises NotAllowed if ``by`` may not."""
    review = Review.objects.with_nouns().get(pk=link.review_id)
    _require(review, by)
    with transaction.atomic(), clock.reading_at(clock.now()):
        # The UPDATE itself has the condition, so of two simultaneous revocations only one takes effect.
        if PreviewLink.objects.valid().filter(pk=link.pk).update(revoked_at=clock.now()):
            history.record(
                f"{link}, made on {moment_in_words(link.made_at)}, was revoked.",
                by=by,
                film=review.film,
                review=review,
            )


# -- Opening a link ------------------------------------------------------------------------------------------


def found_by(secret: str) -> PreviewLink | None:
    """The working link of a secret, or None. Always one query, so timing does not reveal ended links."""
    links = preview_link_validity.working().filter(digest=digest_of(secret))
    return links.select_related(*(f"review__{name}" for name in nouns()), "revision").first()


def count_opening(link: PreviewLink) -> None:
    """Count an opening of a link's page."""
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, last_opened_at=clock.now())


def shown_by(link: PreviewLink) -> Composition:
    """What a link shows: the saved working copy, or the revision that it is pinned to. Raises Unshowable."""
    try:
        if link.revision is None:
            return outlook_of(link.review).compose()
        return composition.composed(found(from_snapshot(link.revision.document)), link.review)
    except (ratings.RatingError, Unrestorable) as error:
        raise Unshowable from error


def digest_of(secret: str) -> str:
    """The stored digest of a secret: SHA-256, hexadecimal. A random secret needs neither salt nor key stretching."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _require(review: Review, by: User | None) -> None:
    """Raise NotAllowed if ``by`` may not share the copy. None (the demo, a test) needs no permission."""
    if by is not None and not permissions.may_share(review, by):
        raise NotAllowed([NOT_THEIRS])
