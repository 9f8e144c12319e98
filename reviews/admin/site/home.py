"""Presents the desk's home: the lists of :mod:`reviews.desk.planning.agenda` with words, badges and links."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from reviews import clock
from reviews.admin.parts.badges import away, badge, status_badge
from reviews.admin.site.board import BoardRow, More, Section, film_boards, form_of, row_of
from reviews.desk.capped import Listed
from reviews.desk.dates import short, weekday
from reviews.desk.permissions import BEFORE_APPROVAL
from reviews.desk.planning.agenda import (
    BEHIND,
    Agenda,
    Planned,
    Returned,
    WentUp,
    is_first,
    is_held,
    last_planned_day,
)
from reviews.models import Edition, Outlet, Review
from reviews.rules import checklist

MISSING = 3
"""The most sentences about what a planned review lacks; its form shows all."""

Shown = TypeVar("Shown")


class Home:
    """The home of a user who may see reviews, the most urgent sections first, in the current time zone."""

    def __init__(self, by: User, outlet: Outlet) -> None:
        now, agenda = clock.now(), Agenda(by, outlet)
        self.agenda, self.visible = agenda, agenda.visible
        self.lacks_byline = not self.visible.sees_all and self.visible.byline is None
        self.may_write = by.has_perm("reviews.add_review") and not self.lacks_byline
        self.now = now.isoformat()
        self.today = date_format(timezone.localtime(now), "l j F Y, H:i", use_l10n=False)
        self.zone = timezone.get_current_timezone_name()
        self.films = film_boards(agenda)
        embargoes = _list("embargo", lifts_at__gt=self.now) if by.has_perm("reviews.view_embargo") else ""
        self.films_more = More(agenda.boards.films.more, embargoes)
        self.films_later = More(agenda.boards.later, embargoes)

    # -- Scheduled and planned ----------------------------------------------------------------------------------

    @cached_property
    def never(self) -> Section:
        found = self.agenda.never
        return _section("never", "Never goes up", found, self._never_row, "", readers="will")

    def _never_row(self, edition: Edition) -> BoardRow:
        what_to_do = (
            "change when they end or when it goes up, and approve it again."
            if self._approves
            else "tell an editor."
        )
        when = away(edition.visible_from, "would go up")
        return self._edition_row(edition, when=when, lines=[f"Its rights end first: {what_to_do}"])

    @cached_property
    def next(self) -> Section:
        empty = "Nothing is scheduled. Scheduled reviews appear here and count down."
        return _section("next", "Up next", self.agenda.next, self._coming, empty, readers="will")

    def _coming(self, edition: Edition) -> BoardRow:
        signs = []
        if is_held(edition):
            signs.append(badge("held", f"Held by an embargo; planned for {short(edition.planned_for)}"))
        if not is_first(edition):
            signs.append(badge("live", _later(edition)))
        if edition.review.has_changes:
            what_to_do = ": approve it again to put that in" if self._approves else ""
            signs.append(badge("draft", f"Changed since{what_to_do}"))
        moment = edition.visible_from
        exactly = f"{weekday(moment)} {short(moment)}"
        return self._edition_row(edition, signs=signs, when=away(moment), exactly=exactly)

    @cached_property
    def planned(self) -> Section:
        return _section(
            "planned",
            "Planned, not approved yet",
            self.agenda.planned,
            self._planned_row,
            "Nothing is planned for the next seven days. Reviews with a planned date appear here until approved.",
            planned_on__lte=last_planned_day(self.agenda.outlet).isoformat(),
            status__in=",".join(BEFORE_APPROVAL),
        )

    def _planned_row(self, each: Planned) -> BoardRow:
        missing = checklist.obstacles(each.items)
        signs = [status_badge(each.review)]
        if each.is_overdue:
            signs.append(badge("blocking", "Overdue"))
        if not missing:
            signs.append(badge("clear", "Nothing is missing"))
        rest = [f"And {len(missing) - MISSING} more."] if len(missing) > MISSING else []
        row = row_of(each.review, self.visible, *signs, when=_day(each.review.planned_on))
        return replace(row, lines=[*missing[:MISSING], *rest])

    # -- The user's own work ------------------------------------------------------------------------------------

    @cached_property
    def yours(self) -> list[Section]:
        """Returned copy first; then an approver's queue, or a critic's own drafts."""
        found, mine = self.agenda, self._whose("mine")
        queue = []
        if found.queue is not None:
            rest: dict[str, object] = {"status__exact": Review.Status.IN_REVIEW}
            rest |= self._whose("others") if found.outlet.four_eyes else {}
            empty = "Nothing to review. Submitted copy appears here, oldest first."
            queue.append(
                _section("queue", "Awaiting your decision", found.queue, self._handed_in, empty, **rest)
            )
        return [
            *queue,
            _section(
                "returned",
                "Returned to you",
                found.returned,
                self._returned_row,
                "Nothing was returned. Copy that an editor returns appears here, with the note.",
                status__exact=Review.Status.RETURNED,
                **mine,
            ),
            _section(
                "drafts",
                "Your drafts",
                found.drafts,
                lambda review: self._since_row(review, "begun"),
                "You have no drafts. A review that you begin appears here until you submit it.",
                status__exact=Review.Status.DRAFT,
                **mine,
            ),
            _section(
                "in-review",
                "Your submissions",
                found.in_review,
                self._handed_in,
                "You have submitted nothing. Submitted reviews appear here until they are approved or returned.",
                status__exact=Review.Status.IN_REVIEW,
                **mine,
            ),
        ]

    def _returned_row(self, each: Returned) -> BoardRow:
        return replace(self._since_row(each.review, "returned"), note=each.note, note_by=each.note_by)

    def _handed_in(self, review: Review) -> BoardRow:
        return self._since_row(review, "submitted")

    def _since_row(self, review: Review, what: str) -> BoardRow:
        when = away(review.status_since, what) if review.status_since else ""
        return row_of(review, self.visible, when=when)

    def _whose(self, whose: str) -> dict[str, object]:
        """The list's filter by owner. A critic needs none: they see only their own copy."""
        return {"whose": whose} if self.visible.sees_all else {}

    @property
    def _approves(self) -> bool:
        return self.agenda.queue is not None

    # -- Published and corrected --------------------------------------------------------------------------------

    @cached_property
    def after(self) -> list[Section]:
        return [self._corrections(), self._just_up()]

    def _corrections(self) -> Section:
        waiting, changed = self.agenda.corrections, self.agenda.changed
        return Section(
            name="corrections",
            title="Corrections due",
            total=waiting.total + changed.total,
            goes_on=waiting.goes_on or changed.goes_on,
            rows=waiting.map(self._correction_row).rows + changed.map(self._changed_row).rows,
            more=[
                _more(waiting, _list("review", readers="will")),
                _more(changed, _list("review", readers="see", has_changes__exact=1)),
            ],
            empty="No correction is due. "
            "A live review with unpublished changes appears here until they are published.",
        )

    def _correction_row(self, edition: Edition) -> BoardRow:
        sign, when = badge("waiting", "Correction approved"), away(edition.visible_from, "goes up")
        return self._edition_row(edition, when=when, signs=[sign])

    def _changed_row(self, review: Review) -> BoardRow:
        return row_of(review, self.visible, badge("draft", "Changed, not published"))

    def _just_up(self) -> Section:
        found, empty = self.agenda.just_up, "Nothing was published in the last seven days."
        section = _section("just-up", "Recently published", found, self._up_row, empty, readers="see")
        if self.visible.by.has_perm("reviews.view_edition"):
            since = (clock.now() - BEHIND).isoformat()
            return replace(section, more=[_more(found, _list("edition", visible_from__gt=since))])
        return section

    def _up_row(self, each: WentUp) -> BoardRow:
        signs = [badge("live", "First publication" if is_first(each.edition) else _later(each.edition))]
        if each.is_replaced:
            signs.append(badge("hidden", "Replaced since"))
        elif not each.is_public:
            signs.append(badge("hidden", "Readers do not see it now"))
        return self._edition_row(each.edition, signs=signs, when=away(each.edition.visible_from))

    # -- Helpers ------------------------------------------------------------------------------------------------

    def _edition_row(self, edition: Edition, **parts: Any) -> BoardRow:
        return BoardRow(
            headline=edition.headline,
            url=form_of(edition.review_id),
            film=str(edition.film),
            critic=str(edition.critic) if self.visible.sees_all else "",
            **parts,
        )


def _section(
    name: str,
    title: str,
    found: Listed[Shown],
    row: Callable[[Shown], BoardRow],
    empty: str,
    **rest: object,
) -> Section:
    """A section. ``rest`` are the filters for the list of reviews that shows all of its rows."""
    rows = found.map(row).rows
    more = [_more(found, _list("review", **rest))]
    return Section(name, title, found.total, found.goes_on, rows, more, empty)


def _later(edition: Any) -> str:
    """What an edition is that was not its review's first."""
    return "Correction" if edition.is_correction else "New edition"


def _more(found: Listed[Any], url: str) -> More:
    return More(found.more, url, found.goes_on)


def _list(noun: str, /, **filters: object) -> str:
    return f"{reverse(f'admin:reviews_{noun}_changelist')}?{urlencode(filters, safe=',')}"


def _day(day: dt.date | None) -> str:
    """A day for a column: ``Wed 4 June``, with its year if that is not the current one."""
    today = timezone.localdate(clock.now())
    if day is None or day == today:
        return "Today"
    return date_format(day, "D j F" if day.year == today.year else "D j F Y", use_l10n=False)
