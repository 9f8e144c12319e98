"""People in the credits, and critics."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string

from reviews.admin.parts.base import DeskModelForm, NounAdmin, OwnedInline
from reviews.admin.pictures.chooser import ChoosingPicturesMixin
from reviews.models import Critic, CriticLink, Person


class NameForm(DeskModelForm):
    slug_source = "name"


@admin.register(Person)
class PersonAdmin(ChoosingPicturesMixin, NounAdmin):
    form = NameForm
    list_display = ["name", "imdb_id", "is_public"]
    search_fields = ["name", "slug", "imdb_id"]
    public_while = "one of their films has a public review"
    empty_list = "Everybody in the credits of a film. Add them here, or from the form of their film."
    fieldsets = [
        (
            None,
            {
                "description": "Readers see a person while a film of theirs is public. Credits are kept with the film.",
                "fields": ["name", "slug", "portrait", "imdb_id", "wikidata_id"],
            },
        )
    ]


class CriticLinkInline(OwnedInline):
    model = CriticLink
    fields = ["label", "url", "position"]
    empty_rows = "Where else readers find the critic: their own site, their other outlet."


@admin.register(Critic)
class CriticAdmin(ChoosingPicturesMixin, NounAdmin):
    form = NameForm
    list_display = ["marked_name", "kind", "affiliation", "user", "is_public"]
    public_while = "one of their reviews is public"
    empty_list = (
        "Everybody who writes reviews here. A review needs a critic, and an account may write under one."
    )
    list_select_related = ["user"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "affiliation"]
    autocomplete_fields = ["user"]
    inlines = [CriticLinkInline]
    fieldsets = [
        (
            None,
            {
                "description": "Readers see a critic while one of their reviews is public, "
                "and then what is saved here at once.",
                "fields": ["name", "slug", "kind", "affiliation", "portrait", "bio"],
            },
        ),
        ("At the desk", {"fields": ["user"]}),
    ]

    @admin.display(description="name", ordering="name")
    def marked_name(self, critic: Critic) -> str:
        return render_to_string("admin/reviews/critic/name.html", {"critic": critic})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Only users who may see accounts connect a byline with an account.
        return [] if request.user.has_perm("auth.view_user") else ["user"]
