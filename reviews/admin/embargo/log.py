"""The publication log of a film, to print for a studio: :mod:`reviews.desk.publication_log`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone

from reviews import clock
from reviews.admin.parts.account import account_of
from reviews.admin.parts.history import DELETED, NOBODY, decided
from reviews.admin.parts.pages import DeskPage, desk_page
from reviews.desk import publication_log
from reviews.desk.dates import spoken_in, to_the_second
from reviews.desk.history import line_of
from reviews.models import Embargo, HistoryEntry, PreviewLink


@dataclass(frozen=True)
class LoggedEntry:
    """An entry of the history in words; ``number`` is its place in the chain, ``about`` the headline of its review."""

    number: int | None
    at: dt.datetime
    when: str
    who: str
    about: str
    what: str
    decision: str
    because: str


@dataclass(frozen=True)
class LoggedEmbargo:
    """An embargo with its terms, and what was done about it."""

    embargo: Embargo
    called: str
    until: str
    there: str
    state: str
    done: list[LoggedEntry]


@dataclass(frozen=True)
class LoggedLink:
    """A preview link: for whom, by whom, until when it worked, and how often it was opened."""

    link: PreviewLink
    made: str
    ends: str
    opened: str


@dataclass(frozen=True)
class LoggedPiece:
    """A review, and in a sentence each when readers could see it."""

    headline: str
    byline: str
    times: list[str]
    is_told: bool


class PublicationLogPage(DeskPage):
    """The page at a film. Only for those who see embargoes and everybody's copy."""

    def urls(self) -> list[URLPattern]:
        return [self.at("<path:object_id>/log/", "log", self.log)]

    def log(self, request: HttpRequest, object_id: str) -> HttpResponse:
        by = account_of(request)
        if not publication_log.may_read(by):
            raise PermissionDenied
        film = self.found(request, object_id, "reviews.view_embargo")
        if film is None:
            return self.missing(request, object_id)
        log = publication_log.log_of(film)
        context = {
            "log": log,
            "embargoes": [_embargo(embargo, entries) for embargo, entries in log.embargoes],
            "links": [_link(link) for link in log.links],
            "pieces": [_piece(piece, log.at) for piece in log.pieces],
            "entries": [_entry(entry, log.headlines) for entry in log.entries],
            "printed": to_the_second(log.at),
            "by": by.get_full_name() or by.get_username(),
            "zone": timezone.get_current_timezone_name(),
        }
        return desk_page(
            self.desk, request, "admin/reviews/publication_log.html", "Publication log", film, context
        )


def _embargo(embargo: Embargo, entries: list[HistoryEntry]) -> LoggedEmbargo:
    if embargo.ended_at:
        state = f"Ended on {to_the_second(embargo.ended_at)}: {embargo.ended_because}"
    elif embargo.lifts_at <= clock.now():
        state = "Lifted at that moment, as agreed."
    else:
        state = "Active."
    return LoggedEmbargo(
        embargo=embargo,
        called=f"Embargo on {embargo.get_covers_display()}",
        until=to_the_second(embargo.lifts_at),
        there=spoken_in(embargo.zone, embargo.lifts_at),
        state=state,
        done=[_entry(entry) for entry in entries],
    )


def _link(link: PreviewLink) -> LoggedLink:
    if link.revoked_at and link.revoked_at < link.expires_at:
        ends = f"{to_the_second(link.revoked_at)}, when it was ended early"
    else:
        ends = to_the_second(link.expires_at)
    if not link.last_opened_at:
        opened = "never"
    else:
        often = "once" if link.opened == 1 else f"{link.opened} times"
        opened = f"{often}, last on {to_the_second(link.last_opened_at)}"
    return LoggedLink(link, to_the_second(link.made_at), ends, opened)


def _piece(piece: publication_log.LoggedReview, now: dt.datetime) -> LoggedPiece:
    times = [_public_time(time, now) for time in piece.times]
    return LoggedPiece(piece.headline, piece.byline, times, piece.is_told)


def _public_time(time: publication_log.PublicTime, now: dt.datetime) -> str:
    said = f"{'Public' if time.begins <= now else 'Scheduled'} from {to_the_second(time.begins)}"
    if time.ends:
        said += f" until {to_the_second(time.ends)}"
    if time.dated:
        return f"{said}. It was entered here then, with an earlier date: {to_the_second(time.dated)}."
    return f"{said}."


def _entry(entry: HistoryEntry, headlines: Mapping[UUID, str] = MappingProxyType({})) -> LoggedEntry:
    return LoggedEntry(
        number=entry.number,
        at=entry.at,
        when=to_the_second(entry.at),
        who=entry.by_name or NOBODY,
        about=headlines.get(entry.review_uid, DELETED[1]) if entry.review_uid else "",
        what=entry.what,
        decision=decided(line_of(entry)),
        because=entry.because,
    )
