"""Aspects and tags."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from reviews.admin.parts.badges import led
from reviews.admin.parts.base import DeskModelAdmin, DeskModelForm, NounAdmin
from reviews.models import Aspect, Tag


class VocabularyForm(DeskModelForm):
    slug_source = "name"


class TagForm(VocabularyForm):
    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("There is a tag with this name: use that one.", code="unique")
        return name


@admin.register(Aspect)
class AspectAdmin(DeskModelAdmin):
    form = VocabularyForm
    list_display = ["name", "film", "place"]
    list_select_related = ["film"]
    list_filter = [("film", admin.EmptyFieldListFilter)]
    search_fields = ["name", "slug", "film__title"]
    autocomplete_fields = ["film"]
    fields = ["name", "slug", "film", "position"]
    empty_list = "What critics judge a film on, such as its action or its story. A judgement names one."

    @admin.display(description="position", ordering="position")
    def place(self, aspect: Aspect) -> str:
        return led("Position", aspect.position)

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        if is_new:
            return "Reviews can be judged on it now; readers see it with the first public one that is."
        return "Wherever a public review is judged on it, readers see the change now."

    @staticmethod
    def autocomplete_label(aspect: Aspect) -> str:
        """Two films may each have an aspect of the same name."""
        return f"{aspect} ({aspect.film})" if aspect.film else str(aspect)


@admin.register(Tag)
class TagAdmin(NounAdmin):
    form = TagForm
    list_display = ["name", "slug", "is_public"]
    public_while = "a public review carries it"
    empty_list = "Tags sort reviews. A new one that is typed in a review’s form appears here by itself."
    search_fields = ["name", "slug"]
    fieldsets = [
        (
            None,
            {
                "description": "A tag becomes visible with the first public review that carries it. "
                "A new name or address shows at once on every review that does.",
                "fields": ["name", "slug"],
            },
        )
    ]
