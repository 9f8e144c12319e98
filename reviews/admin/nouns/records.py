"""Read-only records of the desk's verbs: editions, corrections and old addresses."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reviews.admin.parts.badges import away, led, verdict_badge
from reviews.admin.parts.base import DeskModelAdmin, OwnedInline, ReadOnlyAdmin
from reviews.admin.parts.typing import ModelForm
from reviews.admin.time.addresses import as_of
from reviews.desk.dates import moment_in_words, spoken_twice
from reviews.desk.document.fields import JUDGEMENT_FIELDS, RecordPart, in_record
from reviews.models import (
    Correction,
    Edition,
    EditionJudgement,
    OldAddress,
)


class EditionJudgementInline(OwnedInline):
    model = EditionJudgement

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["aspect", *JUDGEMENT_FIELDS, "in_spoiler"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("aspect")


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["headline", "which", "film", "critic", "verdict_sign", "seen_from", "seen_until"]
    empty_list = "Every state of a review that readers see, saw or will see. Publishing a review makes one."
    # What has an index: sorting all editions by anything else takes a second at 100,000.
    sortable_by = ["film", "critic", "seen_from"]
    list_select_related = ["film", "critic"]
    search_fields = ["headline", "slug", "film__title", "critic__name"]
    inlines = [EditionJudgementInline]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        parts = {part: in_record(part) for part in RecordPart}
        judgement = parts[RecordPart.JUDGEMENT]
        after_rating = judgement.index("rating") + 1
        judgement[after_rating:after_rating] = ["rating_score", "star_scale"]
        judgement.append("tag_names")
        when = ["number", "planned", "begins", "ends", "first_begins"]
        said = [(part.value, {"fields": names}) for part, names in parts.items()]
        return [("When readers see it", {"fields": when}), *said]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).order_by("-visible_from", "-pk")

    @admin.display(description="number", ordering="number")
    def which(self, edition: Edition) -> str:
        return led("Edition", edition.number)

    @admin.display(description="verdict", ordering="verdict")
    def verdict_sign(self, edition: Edition) -> str:
        return verdict_badge(edition.verdict)

    @admin.display(description="readers see it from", ordering="visible_from")
    def seen_from(self, edition: Edition) -> str:
        return led("From", away(edition.visible_from))

    @admin.display(description="until", ordering="visible_until")
    def seen_until(self, edition: Edition) -> str | None:
        return led("Until", away(edition.visible_until)) if edition.visible_until else None

    @admin.display(description="planned for")
    def planned(self, edition: Edition) -> str:
        return moment_in_words(edition.planned_for)

    @admin.display(description="visible from")
    def begins(self, edition: Edition) -> SafeString:
        url = as_of(edition.visible_from, edition.get_absolute_url())
        return format_html('{} <a href="{}">The site then</a>', spoken_twice(edition.visible_from), url)

    @admin.display(description="visible until")
    def ends(self, edition: Edition) -> str:
        return spoken_twice(edition.visible_until) if edition.visible_until else "No end is planned."

    @admin.display(description="the review first went up")
    def first_begins(self, edition: Edition) -> str:
        return moment_in_words(edition.first_visible_from)

    @admin.display(description="tags")
    def tag_names(self, edition: Edition) -> str | None:
        return ", ".join(edition.tags.order_by("name").values_list("name", flat=True)) or None


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["note", "kind", "headline", "takes_effect"]
    list_select_related = ["edition"]
    list_filter = ["kind"]
    search_fields = ["note", "edition__headline"]
    fields = ["note", "kind", "edition", "takes_effect"]
    empty_list = (
        "What readers were told was put right or withdrawn. A note is written when a review is published again, or "
        "withdrawn in public."
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).order_by("-at", "-pk")

    @admin.display(ordering="edition__headline")
    def headline(self, correction: Correction) -> str:
        return correction.edition.headline

    @admin.display(ordering="at", description="takes effect")
    def takes_effect(self, correction: Correction) -> str:
        return away(correction.at)


class OldAddressForm(ModelForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, uid = self.cleaned_data.get("kind"), self.cleaned_data.get("target_uid")
        if kind and uid and not OldAddress.Kind(kind).model._default_manager.filter(uid=uid).exists():
            raise ValidationError({"target_uid": f"There is no {kind} with this uid."})
        return cleaned


@admin.register(OldAddress)
class OldAddressAdmin(DeskModelAdmin):
    form = OldAddressForm
    list_display = ["path", "kind", "target_uid"]
    list_filter = ["kind"]
    search_fields = ["path"]
    ordering = ["path"]
    empty_list = (
        "Addresses that readers may still follow, and where they lead now. A changed address leaves one."
    )
    once_deleted = "Whoever follows it is told “not found” from now on."
    fieldsets = [
        (
            None,
            {
                "description": "The desk keeps these by itself. A reader who follows one is led on while what it leads "
                "to is public. Otherwise they are told “not found”, or of a review that was withdrawn with a public "
                "note, that note.",
                "fields": ["path", "kind", "target_uid"],
            },
        )
    ]

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        return "Readers who follow it are led on, while what it leads to is public."
