"""Agreeing, moving and lifting embargoes. Each re-times the film's pending reviews in the same transaction."""

import datetime as dt

from reviews import clock
from reviews.desk import publishing
from reviews.models import Edition, Embargo
from reviews.text import clean_characters


class EmbargoError(Exception):
    """A verb that cannot be done, in one sentence for a publisher."""


def impose(embargo: Embargo) -> list[Edition]:
    """Save a new agreement; the pending editions it moves. Nothing that says "reviews" escapes it."""
    with publishing.locked(embargo.film_id):
        embargo.save(force_insert=True)
        return publishing.settle(embargo.film)


def move(embargo: Embargo, lifts_at: dt.datetime, *, because: str) -> tuple[Embargo, list[Edition]]:
    """Supersede an agreement by one that differs in its moment (aware); the new one, and the editions it moves.

    Raises EmbargoError without a reason, or where the agreement has ended already.
    """
    with publishing.locked(embargo.film_id):
        _end(embargo, because)
        successor = Embargo.objects.create(
            film=embargo.film,
            covers=embargo.covers,
            lifts_at=lifts_at,
            zone=embargo.zone,
            terms=embargo.terms,
            agreed_with=embargo.agreed_with,
        )
        return successor, publishing.settle(embargo.film)


def lift(embargo: Embargo, *, because: str) -> list[Edition]:
    """End an agreement now; the pending editions that move.

    Raises EmbargoError without a reason, or where the agreement has ended already.
    """
    with publishing.locked(embargo.film_id):
        _end(embargo, because)
        return publishing.settle(embargo.film)


def _end(embargo: Embargo, because: str) -> None:
    because = clean_characters(because).strip()
    if not because:
        raise EmbargoError("Say why: the reason is kept with the embargo.")
    ended = Embargo.objects.filter(pk=embargo.pk, ended_at=None).update(
        ended_at=clock.now(), ended_because=because
    )
    if not ended:
        raise EmbargoError("That embargo has ended already: reload the page to see what holds now.")
    embargo.refresh_from_db()
