"""Agreeing, moving and lifting embargoes. Each reschedules the film's pending reviews in the same transaction."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db.models import Q

from reviews import clock
from reviews.desk import history, windows
from reviews.desk.history import HIDDEN, Window
from reviews.desk.public_state import changes
from reviews.desk.verbs import publishing
from reviews.desk.verbs.locks import locked
from reviews.models import Edition, Embargo, Film, Review
from reviews.text import one_line

MOVED, LIFTED = "The embargo was moved", "The embargo was lifted"
"""How the history's reason begins when a review moves with the film's embargo."""

LONG = ("body", "body_html", "body_text", "review__body")
"""Long fields of an edition that no line of the history needs."""


class EmbargoError(Exception):
    """The verb cannot be done; the message is one sentence for a publisher."""


@contextmanager
def locked_embargo(embargo: Embargo) -> Iterator[Embargo]:
    """Lock the film's embargoes for a change; yields this embargo as it is saved."""
    with locked(embargo.film_id):
        yield Embargo.objects.select_related("film").get(pk=embargo.pk)


def impose(embargo: Embargo, *, by: User | None = None) -> list[Edition]:
    """Save a new embargo. Returns the pending editions that it moved.

    Raises EmbargoError if ``by`` may not.
    """
    _require(by, "reviews.add_embargo")
    with locked(embargo.film_id):
        with _telling(embargo.film, by=by, because="An embargo was agreed."):
            embargo.agreed_at = clock.now()
            embargo.save(force_insert=True)
            _record(embargo, "agreed", by=by, because=embargo.terms)
        return publishing.settle(embargo.film, by=by, because="An embargo was agreed.")


def move(
    embargo: Embargo, lifts_at: dt.datetime, *, because: str, by: User | None = None
) -> tuple[Embargo, list[Edition]]:
    """Replace an embargo by one with another end (aware). Returns it and the editions that it moved.

    Raises EmbargoError without a reason, if the embargo has already ended, or if ``by`` may not.
    """
    _require(by, "reviews.change_embargo")
    with locked(embargo.film_id):
        if lifts_at < embargo.lifts_at:
            _require_another(by, embargo)
        because = _reason(because)
        reason = f"{MOVED}: {because}"
        with _telling(embargo.film, by=by, because=reason):
            _end(embargo, because)
            successor = Embargo.objects.create(
                film=embargo.film,
                covers=embargo.covers,
                lifts_at=lifts_at,
                zone=embargo.zone,
                terms=embargo.terms,
                agreed_with=embargo.agreed_with,
                agreed_at=clock.now(),
            )
            history.record(
                f"The embargo on {embargo.get_covers_display()} gave way to another.",
                by=by,
                film=embargo.film,
                embargo=embargo,
                window=HIDDEN,
            )
            _record(successor, "moved", by=by, because=because)
        return successor, publishing.settle(embargo.film, by=by, because=reason)


def lift(embargo: Embargo, *, because: str, by: User | None = None) -> list[Edition]:
    """End an embargo now. Returns the pending editions that it moved.

    Raises EmbargoError without a reason, if the embargo has already ended, or if ``by`` may not: lifting early needs a
    publisher who wrote none of the film's reviews.
    """
    _require(by, "reviews.change_embargo")
    with locked(embargo.film_id):
        if clock.now() < embargo.lifts_at:
            _require_another(by, embargo)
        because = _reason(because)
        reason = f"{LIFTED}: {because}"
        with _telling(embargo.film, by=by, because=reason):
            _end(embargo, because)
            history.record(
                f"The embargo on {embargo.get_covers_display()} was lifted.",
                by=by,
                film=embargo.film,
                embargo=embargo,
                because=because,
                window=HIDDEN,
            )
        return publishing.settle(embargo.film, by=by, because=reason)


def note_terms(embargo: Embargo, changed: list[str], *, by: User | None = None) -> None:
    """Record in the history that these terms of an embargo were saved; none of them affects visibility.

    The caller has opened the transaction.
    """
    saved = Embargo.objects.select_related("film").get(pk=embargo.pk)
    history.record(
        f"The embargo’s record saved: {', '.join(changed)}.",
        by=by,
        film=saved.film,
        embargo=saved,
        window=HIDDEN if saved.ended_at else Window(saved.lifts_at),
    )


def without_reason(because: str) -> str:
    """The same reason for people who may not see embargoes: that the embargo changed, but not why."""
    for change in (MOVED, LIFTED):
        if because.startswith(f"{change}: "):
            return f"{change}."
    return because


def wrote_about(by: User, embargo: Embargo) -> bool:
    """Whether this person wrote a review of the embargo's film."""
    own = Q(critic__user=by.pk) | Q(written_by=by.pk)
    return Review.objects.filter(own, film=embargo.film_id).exists()


def _require(by: User | None, permission: str) -> None:
    if by is not None and not by.has_perm(permission):
        raise EmbargoError("Embargoes are a publisher’s to agree, move and lift: ask one.")


def _require_another(by: User | None, embargo: Embargo) -> None:
    if by is not None and embargo.covers == Embargo.Covers.REVIEWS and wrote_about(by, embargo):
        raise EmbargoError(
            "You wrote a review of this film: another publisher has to bring its moment forward."
        )


def _record(embargo: Embargo, verb: str, *, by: User | None, because: str) -> None:
    history.record(
        f"An embargo on {embargo.get_covers_display()} was {verb}.",
        by=by,
        film=embargo.film,
        embargo=embargo,
        because=because,
        window=Window(embargo.lifts_at),
    )


@contextmanager
def _telling(film: Film, *, by: User | None, because: str) -> Iterator[None]:
    """Context manager: records what the change made inside decides for live reviews (hidden until, or shown)."""
    before = _hidden_until(film)
    yield
    after = _hidden_until(film)
    if before == after:
        return
    live = Edition.objects.filter(windows.is_running(), film=film, visible_from__lte=clock.now())
    history.record_all(
        history.entry(
            f"Edition {edition.number} {'hidden by' if after else 'no longer hidden by'} an embargo.",
            by=by,
            film=film,
            review=edition.review,
            because=because,
            window=history.window_from(after or clock.now(), edition.rights_until),
            edition=edition,
        )
        for edition in live.select_related("review").defer(*LONG).order_by("pk")
    )


def _hidden_until(film: Film) -> dt.datetime | None:
    """Until when an embargo hides the film's live reviews; None if none does."""
    embargo = windows.holding_embargo(film)
    return embargo.lifts_at if embargo and embargo.lifts_at > clock.now() else None


def _reason(because: str) -> str:
    because = one_line(because).strip()
    if not because:
        raise EmbargoError("Say why: the reason is kept with the embargo.")
    return because


def _end(embargo: Embargo, because: str) -> None:
    # An update sends no signal.
    changes.current().about_to_schedule()
    ended = Embargo.objects.filter(pk=embargo.pk, ended_at=None).update(
        ended_at=clock.now(), ended_because=because
    )
    if not ended:
        raise EmbargoError("That embargo has ended already: reload the page to see what holds now.")
    embargo.refresh_from_db()
