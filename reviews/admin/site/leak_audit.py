"""The desk's page of the last leak audit, to be read, printed and handed on: it names nothing that is hidden."""

import datetime as dt

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from reviews.audit.report import LeakLine, LeakReport, last_report
from reviews.audit.walking.timing import in_words
from reviews.audit.walking.visitors import WORDS
from reviews.desk.dates import moment_in_words

TO_READ = "reviews.view_embargo"
"""The permission to see embargoes: what keeps them is for the same people."""


def leak_audit_page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The last report; or how to make one."""
    if not isinstance(request.user, User) or not request.user.has_perm(TO_READ):
        raise PermissionDenied
    report = last_report()
    context = {
        **site.each_context(request),
        "title": "Leak audit",
        "subtitle": None,
        "report": report,
        "made_at": moment_in_words(dt.datetime.fromisoformat(report.at)) if report else "",
        "ways": [(WORDS.get(way, way), count) for way, count in report.ways.items()] if report else [],
        "timing": in_words(report.times) if report else "",
        "leaks": _leaks(report) if report else [],
    }
    return TemplateResponse(request, "admin/leak_audit.html", context)


def _leaks(report: LeakReport) -> list[tuple[str, str, LeakLine]]:
    """Each leak after the kind of address, and who asked, as the tables below name them."""
    shown = {line.route: line.shown for line in report.surfaces}
    return [(shown.get(leak.route, leak.route), WORDS.get(leak.way, leak.way), leak) for leak in report.leaks]
