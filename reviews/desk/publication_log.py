"""The publication log of a film: what was agreed, who could read its reviews early, and when each was public.

Moments come from the history, so what it says is covered by the history's chain (:mod:`reviews.desk.chain`).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from reviews import clock
from reviews.desk.permissions import EDIT_ALL
from reviews.models import Edition, Embargo, Film, HistoryEntry, HistoryHead, PreviewLink, Review

LONGEST = 500
"""The most entries and links that a log lists: the newest."""
AT_ONCE = dt.timedelta(minutes=1)
"""A review with a date no further back than this was published at once, and not entered with its date."""


@dataclass(frozen=True)
class PublicTime:
    """From when and until when (``None``: for good) readers could see a review, or will; aware.

    ``dated`` is the earlier moment that readers are told, of a review that was entered here with its date.
    """

    begins: dt.datetime
    ends: dt.datetime | None = None
    dated: dt.datetime | None = None


@dataclass(frozen=True)
class LoggedReview:
    """A review of the film and the times at which it was public. ``is_told``: the history tells them."""

    headline: str
    byline: str
    times: list[PublicTime]
    is_told: bool


@dataclass(frozen=True)
class FilmLog:
    """All of it, as of a moment. Embargoes with what was done about each, oldest first; entries likewise.

    ``headlines`` are those of the entries' reviews as they are now, without reviews that have been deleted.
    """

    at: dt.datetime
    head: HistoryHead
    embargoes: list[tuple[Embargo, list[HistoryEntry]]]
    links: list[PreviewLink]
    pieces: list[LoggedReview]
    entries: list[HistoryEntry]
    headlines: dict[UUID, str]
    earlier: int


def may_read(by: User) -> bool:
    """Whether this person may read publication logs: they name embargoes' terms and everybody's reviews."""
    return by.has_perms(["reviews.view_film", "reviews.view_embargo", EDIT_ALL])


def log_of(film: Film) -> FilmLog:
    """The log of a film as of now. Thirteen queries at most."""
    head = HistoryHead.objects.current() or HistoryHead()
    entries = _told_of(film)
    newest = list(entries.order_by("-at", "-sequence")[:LONGEST])[::-1]
    editions = list(
        Edition.objects.filter(film=film).order_by("first_visible_from", "number", "pk").select_related("critic")
        .only("review_uid", "number", "headline", "visible_from", "visible_until", "critic__name")
    )  # fmt: skip
    return FilmLog(
        at=clock.now(),
        head=head,
        embargoes=_embargoes(film),
        links=_links(film, {each.review_uid for each in editions}),
        pieces=_reviews(editions),
        entries=newest,
        headlines=dict(
            Review.objects.filter(uid__in={each.review_uid for each in newest}).values_list("uid", "headline")
        ),
        earlier=entries.count() - len(newest) if len(newest) == LONGEST else 0,
    )


def public_times(decisions: Iterable[HistoryEntry]) -> list[PublicTime]:
    """When a review was or will be public, by the decisions about it (oldest first)."""
    found: list[tuple[int, PublicTime]] = []
    in_force: dict[int | None, HistoryEntry] = {}
    for entry in decisions:
        replaced = [entry.edition_number] if entry.edition_number is not None else list(in_force)
        found += [
            each for key in replaced if key in in_force for each in _within(in_force.pop(key), entry.at)
        ]
        in_force[entry.edition_number] = entry
    found += [each for entry in in_force.values() for each in _within(entry, None)]
    return _joined(_taken_over(found))


def _within(decision: HistoryEntry, until: dt.datetime | None) -> list[tuple[int, PublicTime]]:
    """When an edition is visible by a decision that is in force until another one (None: still)."""
    if decision.visible_from is None:
        return []
    begins = max(decision.at, decision.visible_from)
    ends = min((each for each in (decision.visible_until, until) if each), default=None)
    if ends is not None and ends <= begins:
        return []
    dated = decision.visible_from if begins - decision.visible_from > AT_ONCE else None
    return [(decision.edition_number or 0, PublicTime(begins, ends, dated))]


def _taken_over(found: list[tuple[int, PublicTime]]) -> list[PublicTime]:
    """The times without what a later edition had taken over: that one's end counts then."""
    ended = []
    for number, time in found:
        later = [each.begins for other, each in found if other > number and each.begins > time.begins]
        ends = min((each for each in (time.ends, *later) if each), default=None)
        ended.append(replace(time, ends=ends))
    return ended


def _joined(times: list[PublicTime]) -> list[PublicTime]:
    """The times in order; those without a gap between them are one."""
    joined: list[PublicTime] = []
    for time in sorted(times, key=lambda each: each.begins):
        if joined and ((last := joined[-1]).ends is None or time.begins <= last.ends):
            ends = None if last.ends is None or time.ends is None else max(last.ends, time.ends)
            joined[-1] = replace(last, ends=ends)
        else:
            joined.append(time)
    return joined


def _told_of(film: Film) -> QuerySet[HistoryEntry]:
    """The entries that decide about visibility or tell of preview links."""
    return HistoryEntry.objects.of_film(film.uid).filter(
        Q(decides_uid__isnull=False) | Q(what__icontains="preview link")
    )


def _embargoes(film: Film) -> list[tuple[Embargo, list[HistoryEntry]]]:
    embargoes = list(Embargo.objects.filter(film=film).order_by("pk"))
    told = _by_subject(each.uid for each in embargoes)
    return [(each, told[each.uid]) for each in embargoes]


def _by_subject(uids: Iterable[UUID]) -> dict[UUID | None, list[HistoryEntry]]:
    found: dict[UUID | None, list[HistoryEntry]] = defaultdict(list)
    for entry in HistoryEntry.objects.filter(decides_uid__in=list(uids)).oldest_first():
        found[entry.decides_uid].append(entry)
    return found


def _links(film: Film, uids: set[UUID]) -> list[PreviewLink]:
    """Links to reviews that are about the film now, or that have an edition about it."""
    shown = PreviewLink.objects.filter(Q(review__film=film) | Q(review__uid__in=uids))
    return list(shown.select_related("review", "review__critic").newest_first()[:LONGEST])[::-1]


def _reviews(editions: list[Edition]) -> list[LoggedReview]:
    of_each: dict[UUID, list[Edition]] = defaultdict(list)
    for edition in editions:
        of_each[edition.review_uid].append(edition)
    told = _by_subject(of_each)
    return [_review(own, told[uid]) for uid, own in of_each.items()]


def _review(editions: list[Edition], decisions: list[HistoryEntry]) -> LoggedReview:
    newest = max(editions, key=lambda each: each.number)
    windows = [PublicTime(each.visible_from, each.visible_until) for each in editions]
    lasting = [each for each in windows if each.ends is None or each.begins < each.ends]
    times = public_times(decisions) if decisions else _joined(lasting)
    return LoggedReview(newest.headline, newest.critic.name, times, is_told=bool(decisions))
