"""The history page of an object: who did what, when and why, and when it took effect."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone

from reviews.admin.parts.account import account_of
from reviews.admin.parts.pages import DeskPage, desk_page
from reviews.desk import history_pages, publication_log
from reviews.desk.dates import moment_in_words, moment_of
from reviews.desk.history import HistoryLine
from reviews.desk.verbs import embargoes
from reviews.models import Embargo, Film, HistoryEntry, Review

NOBODY = "System"
"""The name shown for changes by a fixture or an import."""
DELETED = (0, "A review that has been deleted since")
READS_ON = ("An embargo ", "The embargo ", "The rights ")
"""How the reasons written by the desk itself begin; they continue a sentence after "because"."""


@dataclass(frozen=True)
class HistoryRow:
    """A line in words. ``url`` is the form of its review, if the line names one."""

    at: dt.datetime
    exactly: str
    who: str
    what: str
    decision: str
    because: str
    is_derived: bool
    about: str = ""
    url: str = ""


class DeskHistoryPage(DeskPage):
    """The desk's own history, instead of Django's log entries."""

    def urls(self) -> list[URLPattern]:
        return [self.at("<path:object_id>/history/", "history", self.history)]

    def entries_for(self, request: HttpRequest, obj: Any) -> QuerySet[HistoryEntry]:
        """The entries about an object that the user may read. They may see the object."""
        raise NotImplementedError

    def history(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self.desk.get_object(request, object_id)
        if obj is None:
            return self.missing(request, object_id)
        if not self.desk.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        before = moment_of(request.GET.get("before", ""))
        stretch = history_pages.stretch(self.entries_for(request, obj), before=before)
        context = {
            "entries": _in_words(_as_read_by(account_of(request), stretch.lines), aside_from=obj),
            "older": stretch.older.astimezone(dt.UTC).isoformat() if stretch.older else "",
            "is_newest": before is None,
            "zone": timezone.get_current_timezone_name(),
            "log_url": self.log_url(request, obj) if before is None else "",
        }
        return desk_page(
            self.desk,
            request,
            "admin/reviews/history.html",
            f"History: {self.desk.called(obj)}",
            obj,
            context,
        )

    def log_url(self, request: HttpRequest, obj: Any) -> str:
        """The publication log that the page leads to; empty if there is none for the user."""
        return ""


class ReviewHistoryPage(DeskHistoryPage):
    """The history of one review."""

    def entries_for(self, request: HttpRequest, obj: Review) -> QuerySet[HistoryEntry]:
        return HistoryEntry.objects.of_review(obj.uid)


class FilmHistoryPage(DeskHistoryPage):
    """The history of a film, its embargoes and its reviews, as far as the user may read it."""

    def entries_for(self, request: HttpRequest, obj: Film | Embargo) -> QuerySet[HistoryEntry]:
        film = obj.film if isinstance(obj, Embargo) else obj
        return history_pages.of_film(film, by=account_of(request))

    def log_url(self, request: HttpRequest, obj: Film | Embargo) -> str:
        return log_url(account_of(request), obj)


def log_url(by: User, obj: Film | Embargo) -> str:
    """The address of the publication log of a film or of an embargo's film; empty for those who may not read it."""
    film = obj.film_id if isinstance(obj, Embargo) else obj.pk
    return reverse("admin:reviews_film_log", args=[film]) if publication_log.may_read(by) else ""


def changed_parts(form: Any, formsets: Any) -> list[str]:
    """The form's labels of what a save changed. Call it after the rows are saved."""
    labels = [str(form.fields[name].label or name).lower() for name in form.changed_data]
    rows = [
        str(formset.model._meta.verbose_name_plural)
        for formset in formsets
        if formset.new_objects or formset.changed_objects or formset.deleted_objects
    ]
    return labels + rows


def decided(line: HistoryLine) -> str:
    """What a line decides about visibility, in a sentence; empty if it decides nothing."""
    window = line.window
    if window is None:
        return ""
    if line.review_uid is None:
        return (
            f"It is active until {moment_in_words(window.visible_from)}."
            if window.visible_from
            else "It is no longer active."
        )
    if window.visible_from is None:
        return "Not visible."
    until = f" until {moment_in_words(window.visible_until)}" if window.visible_until else ""
    return f"Visible from {moment_in_words(window.visible_from)}{until}."


def _as_read_by(by: User, lines: list[HistoryLine]) -> list[HistoryLine]:
    """The lines; without a studio's reasons if ``by`` may not see embargoes."""
    if by.has_perm("reviews.view_embargo"):
        return lines
    return [replace(line, because=embargoes.without_reason(line.because)) for line in lines]


def _in_words(lines: list[HistoryLine], *, aside_from: Any) -> list[HistoryRow]:
    """The lines in words; each names its review, unless that is what the page is about."""
    uids = {line.review_uid for line in lines if line.review_uid} - {aside_from.uid}
    headlines: dict[UUID | None, tuple[int, str]] = {
        uid: (pk, headline)
        for pk, uid, headline in Review.objects.filter(uid__in=uids).values_list("pk", "uid", "headline")
    }
    return [
        _entry(line, headlines.get(line.review_uid, DELETED) if line.review_uid in uids else None)
        for line in lines
    ]


def _entry(line: HistoryLine, review: tuple[int, str] | None) -> HistoryRow:
    decision, because = decided(line), line.because
    if decision and because.startswith(READS_ON):
        decision = f"{decision.removesuffix('.')}, because {because[0].lower()}{because[1:]}"
        because = ""
    return HistoryRow(
        at=line.at,
        exactly=moment_in_words(line.at),
        who=line.who or ("" if line.is_derived else NOBODY),
        what=line.what,
        decision=decision,
        because=because,
        is_derived=line.is_derived,
        about=review[1] if review else "",
        url=reverse("admin:reviews_review_change", args=[review[0]]) if review and review[0] else "",
    )
