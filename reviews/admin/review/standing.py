"""A review's visibility to readers, now and later, in sentences for an editor."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery

from reviews import clock
from reviews.admin.time.addresses import as_of
from reviews.desk import windows
from reviews.desk.dates import moment_in_words, spoken_twice, to_the_minute
from reviews.desk.outlook import Outlook
from reviews.models import Edition, Embargo, Review
from reviews.models.shared.queryset import any_of

MOST_VERSIONS = 6
"""The most versions, the newest, whose public page has a link; the time machine leads on to earlier ones."""


@dataclass(frozen=True)
class ReviewStanding:
    """``url`` is the public page, empty while there is none; ``sentences`` say why and until when."""

    sentences: list[str]
    url: str
    is_live: bool
    goes_up_at: dt.datetime | None
    then: "list[SeenThen]"


@dataclass(frozen=True)
class SeenThen:
    """The review's public page when a version went live or will, in the time machine."""

    words: str
    url: str


def standing_of(outlook: Outlook) -> ReviewStanding:
    """The visibility of a review as it is saved."""
    live, pending = outlook.live, outlook.pending
    sentences = [_seen(outlook)]
    if live and live.visible_until and not (pending and live.visible_until == pending.visible_from):
        sentences.append(
            f"It leaves the site by itself on {moment_in_words(live.visible_until)}, when the rights end."
        )
    if pending:
        sentences.append(_waiting(pending))
    elif not live and (embargo := outlook.active_embargo()):
        sentences.append(f"{embargo_words(embargo)} Published before then, it waits until then.")
    for edition, name in ((live, "the live edition"), (pending, "the scheduled edition")):
        if edition:
            sentences.append(_compared(outlook, edition, name))
    return ReviewStanding(
        sentences=sentences,
        url=live.get_absolute_url() if live and outlook.is_seen else "",
        is_live=live is not None,
        goes_up_at=pending.visible_from if pending else None,
        then=[_then(outlook, edition) for edition in _with_a_window(outlook)[:MOST_VERSIONS]],
    )


def once_saved(outlook: Outlook, *, may_publish: bool) -> str:
    """The message after a save: what readers see (no change), and how to publish it."""
    live, pending = outlook.live, outlook.pending
    if live and not outlook.is_seen:
        return "An embargo on the film hides it from readers; what they see after it changes when it is published."
    if live:
        edition = f"the edition of {moment_in_words(live.visible_from)}"
        if outlook.differences(live):
            return f"Readers still see {edition}; publish to show them the changes."
        return f"Readers see {edition}, which says the same."
    if pending:
        goes_up = f"goes up on {moment_in_words(pending.visible_from)}"
        if outlook.differences(pending):
            return f"The edition that {goes_up} is still as it was; publish again to put the changes into it."
        return f"The edition that {goes_up} says the same."
    match outlook.status:
        case Review.Status.DRAFT | Review.Status.RETURNED:
            verbs = "submit or approve it" if may_publish else "submit it"
            return f"Readers do not see it; {verbs} when it is ready."
        case Review.Status.IN_REVIEW:
            return "Readers do not see it; it waits to be approved, or to be returned."
        case Review.Status.WITHDRAWN:
            return "Readers do not see it any more; a publisher can reinstate it."
    return "Readers do not see it any more; publish it to bring it back."


def embargo_words(embargo: Embargo) -> str:
    """An embargo and its end, in the outlet's zone and the studio's."""
    return f"An embargo on reviews of {embargo.film} lifts on {spoken_twice(embargo.lifts_at, embargo.zone)}."


def with_standing(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Annotate each review with what the list shows (``is_public``, ``seen_from``, ``goes_up_at``), in one query."""
    now = clock.now()
    editions = Edition.objects.filter(review=OuterRef("pk")).order_by("-number")
    public = Edition.objects.public().filter(review=OuterRef("pk")).order_by()
    return reviews.annotate(
        is_public=any_of(public),
        seen_from=Subquery(public.values("visible_from")[:1], output_field=DateTimeField()),
        goes_up_at=Subquery(
            editions.filter(visible_from__gt=now).values("visible_from")[:1], output_field=DateTimeField()
        ),
    )


def _seen(outlook: Outlook) -> str:
    live = outlook.live
    if live and outlook.is_seen:
        return f"Readers see the edition of {moment_in_words(live.visible_from)}."
    if live:
        embargo = outlook.active_embargo()
        until = f" {embargo_words(embargo)}" if embargo else " An embargo on the film holds it back."
        return f"Readers do not see this review now, though it has been published.{until}"
    ended = outlook.last_ended
    if ended is None or ended.visible_until is None:
        return "Readers do not see this review: it has not been public."
    if ended.rights_until == ended.visible_until:
        return f"Readers do not see this review: the rights ended on {moment_in_words(ended.visible_until)}."
    return f"Readers do not see this review: it was withdrawn on {moment_in_words(ended.visible_until)}."


def _with_a_window(outlook: Outlook) -> list[Edition]:
    """The editions that readers saw, see or will see, newest first."""
    return [*([outlook.pending] if outlook.pending else []), *outlook.opened]


def _then(outlook: Outlook, edition: Edition) -> SeenThen:
    embargo = outlook.active_embargo() if edition == outlook.live and not outlook.is_seen else None
    at = windows.held(edition.visible_from, embargo)
    return SeenThen(f"Edition {edition.number}, {to_the_minute(at)}", as_of(at, edition.get_absolute_url()))


def _waiting(pending: Edition) -> str:
    goes_up = f"An edition goes up on {spoken_twice(pending.visible_from)}"
    if pending.planned_for < pending.visible_from:
        return (
            f"{goes_up}: it was planned for {moment_in_words(pending.planned_for)}, "
            "and an embargo holds it until then."
        )
    return f"{goes_up}."


def _compared(outlook: Outlook, edition: Edition, name: str) -> str:
    changed = outlook.differences(edition)
    if not changed:
        return f"The saved review is the same as {name}."
    return f"The saved review differs from {name} in: {', '.join(changed)}."
