"""Films, with their credits and releases, and franchises."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from reviews.admin.embargo.log import PublicationLogPage
from reviews.admin.parts.account import account_of
from reviews.admin.parts.base import DeskModelForm, NounAdmin, OwnedInline
from reviews.admin.parts.history import FilmHistoryPage, changed_parts
from reviews.admin.pictures.chooser import ChoosingPicturesMixin
from reviews.desk import addresses, history
from reviews.models import Credit, Film, Franchise, Release


class FilmForm(DeskModelForm):
    slug_source = "title"


class CreditInline(OwnedInline):
    model = Credit
    autocomplete_fields = ["person"]
    fields = ["person", "job", "character", "position"]
    empty_rows = (
        "Who made the film, and who is in it: directors and writers first, then the cast by position."
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("person")


class ReleaseInline(OwnedInline):
    model = Release
    fields = ["territory", "medium", "date", "certificate", "advice", "distributor"]
    empty_rows = "Where and when the film comes out, with the certificate it has there."


@admin.register(Film)
class FilmAdmin(ChoosingPicturesMixin, NounAdmin):
    pages = (FilmHistoryPage, PublicationLogPage)
    form = FilmForm
    list_display = ["title", "release_year", "franchise", "runtime", "is_public"]
    list_select_related = ["franchise"]
    search_fields = ["title", "full_title", "original_title", "slug", "imdb_id"]
    autocomplete_fields = ["franchise"]
    inlines = [CreditInline, ReleaseInline]
    public_while = "one of its reviews is public"
    empty_list = (
        "Every film that is reviewed here, with its credits and releases. A review begins with its film."
    )
    fieldsets = [
        (
            "The film",
            {
                "description": "Readers see the film while one of its reviews is public, "
                "and then what is saved here at once: a film’s record has no drafts.",
                "fields": ["title", "full_title", "original_title", "slug", "synopsis"],
            },
        ),
        ("Pictures", {"fields": ["poster", "still"]}),
        ("Facts", {"fields": ["release_year", "runtime_minutes", "countries", "languages", "franchise"]}),
        ("External ids", {"fields": ["imdb_id", "tmdb_id", "wikidata_id", "eidr_id"]}),
    ]

    @admin.display(ordering="runtime_minutes")
    def runtime(self, film: Film) -> str | None:
        return f"{film.runtime_minutes} min" if film.runtime_minutes else None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        changed = changed_parts(form, formsets)
        if changed or not change:
            what = f"The film’s record saved: {', '.join(changed)}." if change else "The film added."
            history.record(what, by=account_of(request), film=form.instance)


class FranchiseForm(DeskModelForm):
    slug_source = "name"


@admin.register(Franchise)
class FranchiseAdmin(NounAdmin):
    form = FranchiseForm
    list_display = ["name", "is_public"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "description"]
    public_while = "one of its films has a public review"
    empty_list = "Films that belong together, such as a series. A film need not have one."

    def save_model(self, request: HttpRequest, obj: Franchise, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            addresses.keep(obj, form.initial["slug"])
