"""The desk's main page: a review, what readers see of it, and the actions on it."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join

from reviews import clock
from reviews.admin.embargo import clocks
from reviews.admin.parts.account import account_of
from reviews.admin.parts.badges import away, badge, ever_since, status_badge, verdict_badge
from reviews.admin.parts.base import DeskModelAdmin
from reviews.admin.parts.fields import KnownChoiceField
from reviews.admin.parts.history import ReviewHistoryPage, changed_parts
from reviews.admin.parts.outlet import outlet_of
from reviews.admin.parts.saving.savers import has_saved
from reviews.admin.review import form_parts
from reviews.admin.review.checklist import checked
from reviews.admin.review.evidence import EvidencePage
from reviews.admin.review.filters import SeenFilter, WhoseFilter
from reviews.admin.review.form import JudgementInline, ReviewForm
from reviews.admin.review.preview.page import PreviewPages
from reviews.admin.review.preview.pictures import CopyPicturesPage
from reviews.admin.review.preview.preview_links import PreviewLinksPage
from reviews.admin.review.revisions import RevisionPages
from reviews.admin.review.saving.autosave import AutosavePages
from reviews.admin.review.saving.form import SavingMixin
from reviews.admin.review.standing import ReviewStanding, once_saved, standing_of, with_standing
from reviews.admin.review.verbs.bulk import ACTIONS
from reviews.admin.review.verbs.routes import VerbPages, VerbsMixin
from reviews.admin.review.verbs.takedown import TakedownPage
from reviews.admin.review.writing import PastePage, length_of
from reviews.desk import history, permissions
from reviews.desk.document import fields
from reviews.desk.outlook import Outlook, outlook_of
from reviews.desk.permissions import EDIT_ALL, PERMISSIONS, Verb
from reviews.desk.pictures.visible import pictures_seen_by
from reviews.models import Critic, Edition, HistoryEntry, Review
from reviews.models.content import Provenance
from reviews.rules.slugs import placeholder


@admin.register(Review)
class ReviewAdmin(SavingMixin, VerbsMixin, DeskModelAdmin):
    pages = (
        AutosavePages,
        RevisionPages,
        PreviewPages,
        CopyPicturesPage,
        PreviewLinksPage,
        PastePage,
        EvidencePage,
        TakedownPage,
        VerbPages,
        ReviewHistoryPage,
    )
    actions: Any = ACTIONS
    form = ReviewForm
    claims_its_form = False  # It carries the revision that it was made from.
    inlines = [JudgementInline]
    autocomplete_fields = fields.nouns()
    list_display = ["headline", "readers", "film", "critic", "verdict_sign", "status_sign"]
    empty_list = "Every review: drafts, what waits for its moment, and what readers see."
    once_deleted = "Readers see no difference: it has never been public."
    list_filter = [SeenFilter, WhoseFilter, "status", "verdict", "provenance"]
    search_fields = ["headline", "slug", "film__title", "critic__name"]

    # -- The list -----------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        reviews = with_standing(super().get_queryset(request)).select_related(*fields.nouns())
        return reviews if _edits_all(request) else reviews.filter(critic__user=request.user.pk)

    @admin.display(description="verdict", ordering="verdict")
    def verdict_sign(self, review: Review) -> str:
        return verdict_badge(review.verdict)

    @admin.display(description="status", ordering="status")
    def status_sign(self, review: Review) -> str:
        return status_badge(review)

    @admin.display(description="visibility", ordering="publish_at")
    def readers(self, review: Any) -> str:
        """Since when readers see the review, and when an edition goes up."""
        said = []
        if review.is_public:
            said.append(badge("live", ever_since(review.seen_from, "Up")))
        if review.goes_up_at:
            words = "Next edition" if review.is_public else "Goes up"
            said.append(badge("waiting", away(review.goes_up_at, words)))
        return format_html_join(" ", "{}", ((each,) for each in said or [badge("hidden", "Not public")]))

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        may_publish = request.user.has_perm(PERMISSIONS[Verb.APPROVE])
        return once_saved(_looked_up(request, obj), may_publish=may_publish)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # No deletion of copy from the list.
        return {
            name: action for name, action in super().get_actions(request).items() if name != "delete_selected"
        }

    # -- Who may do what ----------------------------------------------------------------------------------------

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and _is_theirs(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or _edits_all(request) or obj.status in permissions.BEFORE_APPROVAL
        return super().has_change_permission(request, obj) and _is_theirs(request, obj) and is_open

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What has been public is withdrawn, never deleted; what is scheduled is cancelled first.
        may = super().has_delete_permission(request, obj) and _is_theirs(request, obj)
        if not may or obj is None:
            return bool(may)
        if request.method == "GET":
            return not _looked_up(request, obj).editions
        return not Edition.objects.filter(review=obj).exists()

    def may_have_read(self, request: HttpRequest, object_id: str) -> bool:
        # The same response for others' copy and for missing copy, except to users who have saved it themselves.
        return _edits_all(request) or has_saved(account_of(request), self.model, object_id)

    def why_missing(self, request: HttpRequest, object_id: str) -> str:
        return (
            super().why_missing(request, object_id)
            if _edits_all(request)
            else "It is no longer among your reviews."
        )

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSIONS[Verb.APPROVE]))

    # -- The form -----------------------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return [] if _edits_all(request) else fields.of_the_desk()
        # Asked before the form is read, and kept: where the form has errors, ``obj`` holds the byline that was typed.
        if not hasattr(obj, "_read_only"):
            obj._read_only = list(permissions.read_only_fields(obj, account_of(request)))
        read_only: list[str] = obj._read_only
        return read_only

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        hidden: list[str] = []
        if not _edits_all(request) and (obj is None or not obj.has_address):
            # A critic's new review is their own: there is no byline to choose or show.
            hidden = fields.of_the_desk() if obj is None else ["slug"]
        return form_parts.fieldsets(hidden, is_ours=obj is None or obj.provenance == Provenance.ORIGINAL)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "hero":
            kwargs["queryset"] = pictures_seen_by(account_of(request))
        return super().formfield_for_foreignkey(
            db_field, request, **{"form_class": KnownChoiceField, **kwargs}
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.outlet = outlet_of(request)
        return form

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if self.has_add_permission(request) and not _edits_all(request) and _byline_of(request) is None:
            self.message_user(
                request,
                "Your account has no byline yet. Ask a publisher to connect it with a critic; then you can write.",
                messages.WARNING,
            )
            return HttpResponseRedirect(reverse("admin:reviews_review_changelist"))
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            self.claim(request, obj, form)
            # Verbs own the other columns, and may have written them since this form was opened.
            obj.save(update_fields=form.stored_fields)
            return
        if not _edits_all(request):
            obj.critic, obj.slug = _byline_of(request), placeholder(obj.uid)
        obj.written_by, obj.status_since = account_of(request), clock.now()
        obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        changed = changed_parts(form, formsets)
        if changed or not change:
            what = f"Saved: {', '.join(changed)}." if change else "Begun."
            saved = _looked_up(request, form.instance).review
            history.record(what, by=account_of(request), film=saved.film, review=saved)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        history.record(
            f"Deleted “{obj.headline}”, which had never been public.",
            by=account_of(request),
            film=obj.film,
            review=obj,
        )
        super().delete_model(request, obj)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        outlook = self._outlook_of(request, obj) if obj else None
        saved = outlook.review if outlook else None
        standing = standing_of(outlook) if outlook else None
        may_change = saved is not None and self.has_change_permission(request, saved)
        form = context["adminform"].form
        context |= {
            "standing": standing,
            "review": saved,
            "verb_actions": self.verb_actions(request, outlook) if outlook and may_change else [],
            "own_copy": permissions.waits_for_another(outlook, account_of(request))
            if outlook and may_change and outlook.has_unpublished
            else "",
            "checklist": checked(outlook, context, by=account_of(request)) if outlook else None,
            "returned": _return_of(saved) if saved else None,
            "embargoes": clocks.shown_to(account_of(request), outlook.binding_embargoes) if outlook else [],
            "may_add_pictures": request.user.has_perm("reviews.add_picture"),
            "length": length_of(form["body"], saved) if "body" in form.fields else None,
            "signs": [self.status_sign(saved or Review()), *(_seen_signs(standing) if standing else [])],
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _outlook_of(self, request: HttpRequest, obj: Any) -> Outlook | None:
        """The outlook of a review whose form is shown; None if it has been deleted."""
        if request.method == "GET":
            return _looked_up(request, obj)
        # Read again: if the form has errors, ``obj`` has what was typed.
        saved = Review.objects.with_nouns().filter(pk=obj.pk).first()
        return outlook_of(saved, outlet=outlet_of(request)) if saved else None


def _looked_up(request: HttpRequest, review: Any) -> Outlook:
    """The outlook of a review that was read for a page, read once."""
    if not hasattr(review, "_outlook"):
        review._outlook = outlook_of(review, outlet=outlet_of(request))
    outlook: Outlook = review._outlook
    return outlook


def _seen_signs(standing: ReviewStanding) -> list[str]:
    """Badges: whether readers see it now, and when an edition goes live."""
    signs: list[str] = []
    if standing.url:
        signs.append(badge("live", "Live"))
    if standing.goes_up_at:
        signs.append(badge("waiting", away(standing.goes_up_at, "Goes up")))
    return signs


def _return_of(review: Review) -> HistoryEntry | None:
    """The editor's note on a returned review, while its writer has it."""
    if review.status != Review.Status.RETURNED:
        return None
    returns = HistoryEntry.objects.of_review(review.uid).exclude(because="")
    return returns.order_by("-at", "-sequence").first()


def _edits_all(request: HttpRequest) -> bool:
    return bool(request.user.has_perm(EDIT_ALL))


def _byline_of(request: HttpRequest) -> Critic | None:
    return Critic.objects.filter(user=request.user.pk).first()


def _is_theirs(request: HttpRequest, review: Review | None) -> bool:
    return review is None or _edits_all(request) or review.critic.user_id == request.user.pk
