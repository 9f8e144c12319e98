"""Removes rows that nobody needs: old autosaves and failed sign-ins, long-ended preview links, expired sessions.

No job has to run: code that adds a row of a kind also removes a few old ones. ``manage.py tidy`` removes all.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from reviews import clock
from reviews.desk.accounts.attempts import FORGOTTEN_AFTER
from reviews.models import Autosave, PreviewLink, SignInAttempts

KEPT = dt.timedelta(days=90)
"""How long unsaved text is kept, and a preview link after it has ended."""
UNTYPED_KEPT = dt.timedelta(days=1)
"""How long the row of a form without typed text is kept if its page did not report that it was closed."""
A_FEW = 50


def old_autosaves() -> QuerySet[Autosave]:
    now = clock.now()
    untyped = Q(posted__isnull=True, seen_at__lt=now - UNTYPED_KEPT)
    return Autosave.objects.filter(untyped | Q(seen_at__lt=now - KEPT))


def ended_links() -> QuerySet[PreviewLink]:
    """Links that ended long ago. The history still says that they were made and revoked."""
    ended = clock.now() - KEPT
    return PreviewLink.objects.filter(Q(expires_at__lt=ended) | Q(revoked_at__lt=ended))


def expired_sessions() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=clock.now())


def forgotten_attempts() -> QuerySet[SignInAttempts]:
    return SignInAttempts.objects.filter(last_at__lt=clock.now() - FORGOTTEN_AFTER)


EVERYTHING: dict[str, Callable[[], QuerySet[Any]]] = {
    "autosaves": old_autosaves,
    "preview links": ended_links,
    "sessions": expired_sessions,
    "failed attempts to sign in": forgotten_attempts,
}


def remove_some(rows: QuerySet[Any], most: int = A_FEW) -> int:
    """Remove at most ``most`` of these rows, except locked ones. Returns how many."""
    with transaction.atomic():
        found = list(
            rows.order_by("pk").select_for_update(skip_locked=True).values_list("pk", flat=True)[:most]
        )
        if found:
            rows.model._default_manager.filter(pk__in=found).delete()
    return len(found)


def remove_all(rows: Callable[[], QuerySet[Any]], at_once: int = 500) -> int:
    """Remove all of these rows, in small transactions, so that nobody waits long for a lock."""
    removed = 0
    while count := remove_some(rows(), at_once):
        removed += count
    return removed
