"""Pages about the outlet and its rules, and robots.txt."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.correction import Correction
from reviews.models.public.edition import Edition
from reviews.models.shared.queryset import seldom
from reviews.public.addresses import absolute, for_ledger
from reviews.public.pages.page import Page, public_page, render_page
from reviews.public.pages.paging import NewestPages
from reviews.public.reading.words import spelled
from reviews.public.reading.worked_example import WorkedExample
from reviews.rules import argument
from reviews.rules.argument import Verdict


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """The outlet that publishes the site."""
    return render_page("reviews/about.html", Page(reverse("about"), _("About")))


@public_page
def how_we_rate(request: HttpRequest) -> HttpResponse:
    """What verdicts and ratings mean."""
    page = Page(reverse("how_we_rate"), _("How we rate"), _("What a verdict is here, and what a rating is."))
    return render_page("reviews/how_we_rate.html", page, {"verdicts": sorted(Verdict)})


@public_page
def how_we_count(request: HttpRequest) -> HttpResponse:
    """The rules by which the critics of a film are counted. The numbers are the constants of the rules, as words."""
    rules = {name.lower(): spelled(getattr(argument, name)) for name in argument.__all__ if name.isupper()}
    page = Page(
        reverse("how_we_count"),
        _("How we count"),
        _(
            "By which rules we say who stands alone, who dissents and on what critics disagree. Nothing is averaged."
        ),
    )
    return render_page("reviews/how_we_count.html", page, {"rules": rules, "example": WorkedExample()})


@dataclass(frozen=True)
class LedgerEntry:
    """A correction, with the current edition of its review; None if the review is withdrawn."""

    correction: Correction
    edition: Edition | None


@public_page
def correction_list(request: HttpRequest) -> HttpResponse:
    """All corrections, and withdrawals with a public note, newest first."""
    corrections = _corrections.page(request)
    uids = sorted({correction.edition.review_uid for correction in corrections.items})
    now = {edition.review_uid: edition for edition in _editions_of(uids, clock.now())} if uids else {}
    entries = [
        LedgerEntry(correction, now.get(correction.edition.review_uid))
        for correction in corrections.items
        if correction.edition.review_uid in now or correction.kind == Correction.Kind.WITHDRAWAL
    ]
    page = Page(
        reverse("correction_list") + corrections.query,
        _("Corrections"),
        _("What was changed in reviews after they were published, what was withdrawn, and why."),
    )
    return render_page("reviews/correction_list.html", page, {"entries": entries, "slice": corrections})


_corrections = NewestPages(
    lambda at, by: for_ledger(Correction.objects.public(at, by=by), at), moment="at", uid="uid"
)
_editions_of = Prepared(
    lambda uids, at: (
        Edition.objects.public(at)
        .filter(seldom(Q(review_uid__in=uids)), review_uid__in=uids)
        .order_by()
        .for_cards()
    )
)


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: robots may visit everything but the desk."""
    desk, sitemap = reverse("admin:index"), absolute(reverse("sitemap_index"))
    text = f"User-agent: *\nDisallow: {desk}\n\nSitemap: {sitemap}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
