"""The desk's home, as it is shown: the lists of :mod:`reviews.desk.planning.agenda` in words, signs and links."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from reviews import clock
from reviews.admin.parts.badges import away, chip, status_chip
from reviews.admin.site.board import BoardRow, FilmBoard, More, Section, film_boards, form_of, row_of
from reviews.desk.capped import Listed
from reviews.desk.dates import short, weekday
from reviews.desk.planning.agenda import (
    BEHIND,
    Agenda,
    Planned,
    Returned,
    WentUp,
    agenda_of,
    is_first,
    is_held,
    last_planned_day,
)
from reviews.desk.rules import BEFORE_APPROVAL
from reviews.models import Edition, Review
from reviews.rules import checklist

MISSING = 3
"""So many sentences say what a planned review lacks; its form has the rest."""


@dataclass(frozen=True)
class Home:
    """The page of one person, from what cannot wait to what is done."""

    now: str
    today: str
    zone: str
    may_write: bool
    lacks_byline: bool
    never: Section
    next: Section
    yours: list[Section]
    planned: Section
    films: Listed[FilmBoard]
    films_more: More
    films_later: More
    after: list[Section]


def home_of(by: User) -> Home:
    """The home of somebody who may see reviews, in the zone that is current."""
    found = agenda_of(by)
    now, boards = clock.now(), found.boards
    lacks_byline = not found.sight.sees_all and found.sight.byline is None
    embargoes = _list("embargo", lifts_at__gt=now.isoformat()) if by.has_perm("reviews.view_embargo") else ""
    return Home(
        now=now.isoformat(),
        today=date_format(timezone.localtime(now), "l j F Y, H:i", use_l10n=False),
        zone=timezone.get_current_timezone_name(),
        may_write=by.has_perm("reviews.add_review") and not lacks_byline,
        lacks_byline=lacks_byline,
        never=_never(found),
        next=_next(found),
        yours=_yours(found),
        planned=_planned(found),
        films=film_boards(found),
        films_more=More(boards.films.more, embargoes),
        films_later=More(boards.later, embargoes),
        after=[_corrections(found), _just_up(found)],
    )


# -- What goes up, and what does not ------------------------------------------------------------------------


def _never(found: Agenda) -> Section:
    what_to_do = (
        "tell an editor."
        if found.queue is None
        else "change when they end or when it goes up, and approve it again."
    )
    rows = [
        replace(
            _edition_row(edition, found),
            when=away(edition.visible_from, "would go up"),
            lines=[f"Its rights end first: {what_to_do}"],
        )
        for edition in found.never.rows
    ]
    return _section("never", "Never goes up", found.never, rows, "", readers="will")


def _next(found: Agenda) -> Section:
    return _section(
        "next",
        "Up next",
        found.next,
        [_coming(edition, found) for edition in found.next.rows],
        "Nothing waits to go up. What is approved for a later moment stands here and counts down.",
        readers="will",
    )


def _coming(edition: Edition, found: Agenda) -> BoardRow:
    signs = []
    if is_held(edition):
        signs.append(chip("held", f"Held by an embargo, chosen for {short(edition.planned_for)}"))
    if not is_first(edition):
        signs.append(chip("live", "A correction"))
    if edition.review.has_changes:
        what_to_do = "" if found.queue is None else ": approve it again to put that in"
        signs.append(chip("draft", f"Changed since{what_to_do}"))
    moment = edition.visible_from
    return replace(
        _edition_row(edition, found),
        signs=signs,
        when=away(moment),
        exactly=f"{weekday(moment)} {short(moment)}",
    )


def _planned(found: Agenda) -> Section:
    return _section(
        "planned",
        "Planned, not approved yet",
        found.planned,
        [_planned_row(each, found) for each in found.planned.rows],
        "Nothing is planned for the next seven days. What is down for a day stands here until it is approved.",
        planned_on__lte=last_planned_day(found.outlet).isoformat(),
        status__in=",".join(BEFORE_APPROVAL),
    )


def _planned_row(each: Planned, found: Agenda) -> BoardRow:
    missing = checklist.obstacles(each.items)
    signs = [status_chip(each.review)]
    if each.is_overdue:
        signs.append(chip("blocking", "Overdue"))
    if not missing:
        signs.append(chip("clear", "Nothing is missing"))
    rest = [f"And {len(missing) - MISSING} more."] if len(missing) > MISSING else []
    return replace(
        row_of(each.review, found.sight, *signs, when=_day(each.review.planned_on)),
        lines=[*missing[:MISSING], *rest],
    )


# -- What is this person's to do ----------------------------------------------------------------------------


def _yours(found: Agenda) -> list[Section]:
    """What came back is dealt with first; then what waits: an approver's queue, or a critic's own drafts."""
    returned = _section(
        "returned",
        "Returned to you",
        found.returned,
        [_returned_row(each, found) for each in found.returned.rows],
        "Nothing came back. Copy that an editor returns stands here, with the note.",
        status__exact=Review.Status.RETURNED,
        **_whose(found, "mine"),
    )
    drafts = _section(
        "drafts",
        "Waits for you" if found.queue is None else "Your drafts",
        found.drafts,
        [_since_row(review, found, "begun") for review in found.drafts.rows],
        "No drafts of yours. What you begin stands here until you submit it.",
        status__exact=Review.Status.DRAFT,
        **_whose(found, "mine"),
    )
    in_review = _section(
        "in-review",
        "Yours, in review",
        found.in_review,
        [_since_row(review, found, "handed in") for review in found.in_review.rows],
        "Nothing of yours is with an editor. What you submit stands here until it is approved or returned.",
        status__exact=Review.Status.IN_REVIEW,
        **_whose(found, "mine"),
    )
    return [*_queue(found), returned, drafts, in_review]


def _queue(found: Agenda) -> list[Section]:
    if found.queue is None:
        return []
    rows = [_since_row(review, found, "handed in") for review in found.queue.rows]
    others = _whose(found, "others") if found.outlet.four_eyes else {}
    empty = "Nothing waits for you. Copy that is handed in stands here, the oldest first."
    status = Review.Status.IN_REVIEW
    return [_section("queue", "Waits for you", found.queue, rows, empty, status__exact=status, **others)]


def _returned_row(each: Returned, found: Agenda) -> BoardRow:
    return replace(
        _since_row(each.review, found, "returned"),
        note=each.entry.because if each.entry else "",
        note_by=each.entry.by_name if each.entry else "",
    )


def _since_row(review: Review, found: Agenda, what: str) -> BoardRow:
    return row_of(review, found.sight, when=away(review.status_since, what) if review.status_since else "")


def _whose(found: Agenda, whose: str) -> dict[str, str]:
    """Whose copy a list is to show; a critic's shows their own in any case."""
    return {"whose": whose} if found.sight.sees_all else {}


# -- What is done, and what of it is to be put right --------------------------------------------------------


def _corrections(found: Agenda) -> Section:
    waiting = [
        replace(
            _edition_row(edition, found),
            when=away(edition.visible_from, "goes up"),
            signs=[chip("waiting", "Correction approved")],
        )
        for edition in found.corrections.rows
    ]
    changed = [
        row_of(review, found.sight, chip("draft", "Changed, not published")) for review in found.changed.rows
    ]
    return Section(
        name="corrections",
        title="Corrections due",
        total=found.corrections.total + found.changed.total,
        rows=waiting + changed,
        more=[
            More(found.corrections.more, _list("review", readers="will")),
            More(found.changed.more, _list("review", readers="see", has_changes__exact=1)),
        ],
        empty="No correction is due. A live review that is changed at the desk stands here until that is published.",
    )


def _just_up(found: Agenda) -> Section:
    section = _section(
        "just-up",
        "Just up",
        found.just_up,
        [_up_row(each, found) for each in found.just_up.rows],
        "Nothing went up in the last seven days.",
        readers="see",
    )
    if found.sight.by.has_perm("reviews.view_edition"):
        since = (clock.now() - BEHIND).isoformat()
        more = More(found.just_up.more, _list("edition", visible_from__gt=since))
        return replace(section, more=[more])
    return section


def _up_row(each: WentUp, found: Agenda) -> BoardRow:
    signs = [chip("live", "First publication" if is_first(each.edition) else "Correction")]
    if each.is_replaced:
        signs.append(chip("hidden", "Replaced since"))
    elif not each.is_public:
        signs.append(chip("hidden", "Readers do not see it now"))
    return replace(_edition_row(each.edition, found), signs=signs, when=away(each.edition.visible_from))


# -- In short -------------------------------------------------------------------------------------------------


def _edition_row(edition: Edition, found: Agenda) -> BoardRow:
    return BoardRow(
        headline=edition.headline,
        url=form_of(edition.review_id),
        film=str(edition.film),
        critic=str(edition.critic) if found.sight.sees_all else "",
    )


def _section(
    name: str, title: str, found: Listed[Any], rows: list[BoardRow], empty: str, **rest: object
) -> Section:
    """A section of which ``rest`` are the filters of the list of reviews that holds the rest."""
    return Section(name, title, found.total, rows, [More(found.more, _list("review", **rest))], empty)


def _list(noun: str, /, **filters: object) -> str:
    return f"{reverse(f'admin:reviews_{noun}_changelist')}?{urlencode(filters, safe=',')}"


def _day(day: dt.date | None) -> str:
    """A day for a column: ``Wed 4 June``, with its year where that is another."""
    today = timezone.localdate(clock.now())
    if day is None or day == today:
        return "Today"
    return date_format(day, "D j F" if day.year == today.year else "D j F Y", use_l10n=False)
