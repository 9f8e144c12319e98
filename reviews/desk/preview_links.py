"""Preview links: one review shown for a while to people without an account, who need the secret in its address.

The secret is told once, when a link is made; what is kept is a digest of it. A link shows the working copy, or one
revision of it, and never an edition: where it opens nothing, it does not lead to what readers see.
"""

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from reviews import clock
from reviews.desk import history, link_ends, rules, tidying
from reviews.desk.dates import moment_in_words
from reviews.desk.document import composition
from reviews.desk.document.composition import Composition
from reviews.desk.document.rows import Unrestorable, found
from reviews.desk.document.snapshots import from_snapshot
from reviews.desk.outlook import outlook_of
from reviews.desk.rules import NotAllowed, PublishingError
from reviews.models import PreviewLink, Review, Revision
from reviews.rules import ratings
from reviews.text import clean_characters

LIFETIME = dt.timedelta(hours=72)
"""How long a link works where nothing else is asked for."""
LONGEST = dt.timedelta(days=30)
"""How long it may work at most: who needs it longer is a colleague, and gets an account."""
SECRET_BYTES = 32
SECRET_PATTERN = r"[A-Za-z0-9_-]{43}"
"""What a secret looks like: ``SECRET_BYTES`` of chance in the alphabet of RFC 4648, section 5."""

NOT_THEIRS = "Only whoever may write this copy makes and revokes links to it: ask an editor."


class Unshowable(Exception):
    """What a link shows cannot be made into a page."""


def make(
    review: Review,
    *,
    by: User | None,
    for_whom: str = "",
    revision: Revision | None = None,
    expires_at: dt.datetime | None = None,
) -> tuple[PreviewLink, str]:
    """A new link to the working copy or to a ``revision`` of it, and its secret, which nobody can find out again.

    Raises PublishingError for a moment (aware) that has come or is further away than ``LONGEST``, for a revision of
    another review, and where the rights have ended; NotAllowed where ``by`` may not.
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
            for_whom=clean_characters(for_whom).strip(),
            made_at=now,
            made_by=by,
            made_by_name=history.name_of(by),
            expires_at=expires_at,
        )
        shows = f"revision {revision.number}" if revision else "the copy as it stands"
        history.record(
            f"{link} was made: to {shows}, until {moment_in_words(expires_at)}.",
            by=by,
            film=review.film,
            review=review,
        )
    return link, secret


def objection(expires_at: dt.datetime, now: dt.datetime) -> str:
    """Why a link cannot work until a moment (both aware): one sentence, empty if it can."""
    if expires_at <= now:
        return "That moment has passed: choose one that is still to come."
    if expires_at > now + LONGEST:
        return f"A link works for at most {LONGEST.days} days: choose a sooner moment, and make another link then."
    return ""


def revoke(link: PreviewLink, *, by: User | None) -> None:
    """End a link now. One that works no more stays as it ended. Raises NotAllowed where ``by`` may not."""
    review = Review.objects.select_related("film", "critic").get(pk=link.review_id)
    _require(review, by)
    with transaction.atomic(), clock.reading_at(clock.now()):
        # The condition is the UPDATE's own, so that of two who revoke at once one does.
        if PreviewLink.objects.valid().filter(pk=link.pk).update(revoked_at=clock.now()):
            history.record(
                f"{link}, made on {moment_in_words(link.made_at)}, was revoked.",
                by=by,
                film=review.film,
                review=review,
            )


# -- What whoever holds the secret does ----------------------------------------------------------------------


def found_by(secret: str) -> PreviewLink | None:
    """The link that a secret opens now. One query, whether it is unknown, has ended or opens."""
    links = link_ends.working().filter(digest=digest_of(secret))
    return links.select_related("review__film", "review__critic", "revision").first()


def count_opening(link: PreviewLink) -> None:
    """Write down that the page of a link is being looked at."""
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, last_opened_at=clock.now())


def shown_by(link: PreviewLink) -> Composition:
    """What a link shows: the working copy as it is saved, or the revision that it is pinned to. Raises Unshowable."""
    try:
        if link.revision is None:
            return outlook_of(link.review).compose()
        return composition.composed(found(from_snapshot(link.revision.document)), link.review)
    except (ratings.RatingError, Unrestorable) as error:
        raise Unshowable from error


def digest_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256, hexadecimal. (It is chance, so it needs neither salt nor stretching.)"""
    return hashlib.sha256(secret.encode()).hexdigest()


def _require(review: Review, by: User | None) -> None:
    """Raise NotAllowed where somebody may not. Nobody at the desk (None: the demo, a test) is not asked for leave."""
    if by is not None and not rules.may_share(review, by):
        raise NotAllowed([NOT_THEIRS])
