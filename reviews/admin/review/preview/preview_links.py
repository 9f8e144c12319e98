"""The preview links of a review: recipients, expiry and openings; making and revoking them."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from reviews import clock
from reviews.admin.parts.account import account_of
from reviews.admin.parts.badges import away, badge
from reviews.admin.parts.pages import DeskPage, desk_page, desk_url
from reviews.admin.review.preview.link_forms import PreviewLinkForm
from reviews.desk import preview_links, revisions
from reviews.desk.dates import to_the_minute
from reviews.desk.permissions import SHARE, PublishingError
from reviews.desk.preview_link_validity import working
from reviews.desk.verbs.locks import looked_at
from reviews.models import PreviewLink, Review, Revision
from reviews.public.addresses import absolute

ENDED_SHOWN = 20
"""The most ended links that are listed; the history has all of them."""


@dataclass(frozen=True)
class LinkRow:
    """A link, with sentences about it and the badge of its state."""

    link: PreviewLink
    state: SafeString
    shows: str
    made: str
    opened: str


class PreviewLinksPage(DeskPage):
    """A page beside the form. It shows a link's URL only in the response that made it."""

    def urls(self) -> list[URLPattern]:
        return [self.at("<path:object_id>/links/", "links", self.links)]

    def links(self, request: HttpRequest, object_id: str) -> HttpResponse:
        review = self.found(request, object_id, SHARE)
        if review is None:
            return self.missing(request, object_id)
        if request.method == "POST" and "revoke" in request.POST:
            return self._revoked(request, review)
        chosen = revisions.numbered(review, request.GET.get("revision", ""))
        form = PreviewLinkForm(request.POST if request.method == "POST" else None, chosen=chosen)
        made = address = None
        if form.is_bound and form.is_valid():
            try:
                with looked_at(review):
                    made, address = self._made(request, review, form, chosen)
            except PublishingError as error:
                form.add_error(None, error.reasons)
            else:
                form = PreviewLinkForm()
        links = (
            PreviewLink.objects.of(review)
            .select_related("revision", "review")
            .defer("review__body", "revision__document")
        )
        is_working = Exists(working().filter(pk=OuterRef("pk")))
        valid = links.filter(is_working).newest_first()
        ended = links.filter(~is_working).newest_first()
        context = {
            "media": self.desk.media + form.media,
            "form": form,
            "made": made,
            "address": address,
            "valid": [_row(link, _works(link)) for link in valid],
            "ended": [_row(link, _ended(link)) for link in ended[:ENDED_SHOWN]],
            "ended_shown": ENDED_SHOWN,
            "zone": timezone.get_current_timezone_name(),
        }
        return desk_page(
            self.desk, request, "admin/reviews/preview_links.html", "Preview links", review, context
        )

    def _made(
        self, request: HttpRequest, review: Review, form: PreviewLinkForm, chosen: Revision | None
    ) -> tuple[PreviewLink, str]:
        """Make the requested link; returns it and its URL. Raises PublishingError."""
        revision = None
        match form.cleaned_data["shows"]:
            case form.AS_IT_STANDS:
                revisions.settle(review)
                revision = revisions.newest(review)
            case form.CHOSEN:
                revision = chosen
        link, secret = preview_links.make(
            review,
            by=account_of(request),
            for_whom=form.cleaned_data["for_whom"],
            revision=revision,
            expires_at=form.expires_at(),
        )
        self.desk.log_change(request, review, "Preview link made.")
        return link, absolute(reverse("preview_link", args=[secret]))

    def _revoked(self, request: HttpRequest, review: Review) -> HttpResponse:
        """Revoke the named link and redirect to the page. Another review's link is ignored."""
        uid = _uid_in(request.POST["revoke"])
        link = PreviewLink.objects.of(review).filter(uid=uid).first() if uid else None
        if link is None:
            self.desk.message_user(request, "There is no such link any more.", messages.WARNING)
        else:
            preview_links.revoke(link, by=account_of(request))
            self.desk.log_change(request, review, "Preview link revoked.")
            self.desk.message_user(
                request,
                "Revoked: whoever opens the link now finds nothing. You can make another.",
                messages.SUCCESS,
            )
        return HttpResponseRedirect(desk_url("links", review))


def _uid_in(posted: str) -> UUID | None:
    try:
        return UUID(posted)
    except ValueError:
        return None


def _row(link: PreviewLink, state: SafeString) -> LinkRow:
    revision = link.revision
    return LinkRow(
        link=link,
        state=state,
        shows=f"Revision {revision.number}, saved on {to_the_minute(revision.at)}"
        if revision
        else "The copy as it is",
        made=f"{link.made_by_name or 'Somebody'}, on {to_the_minute(link.made_at)}",
        opened=_opened(link),
    )


def _works(link: PreviewLink) -> SafeString:
    return badge("live", away(link.expires_at, "Works, expires"))


def _ended(link: PreviewLink) -> SafeString:
    now = clock.now()
    if link.revoked_at and link.revoked_at <= now:
        return badge("withdrawn", away(link.revoked_at, "Revoked"))
    if link.expires_at <= now:
        return badge("hidden", away(link.expires_at, "Expired"))
    rights = link.review.rights_until
    if rights and rights <= now:
        return badge("hidden", away(rights, "Ended with the rights"))
    return badge("hidden", "Ended: its maker may no longer show this copy")


def _opened(link: PreviewLink) -> str:
    if not link.opened or link.last_opened_at is None:
        return "Never"
    times = "Once" if link.opened == 1 else f"{link.opened} times"
    last = "" if link.opened == 1 else "last "
    return f"{times}, {last}on {to_the_minute(link.last_opened_at)}"
