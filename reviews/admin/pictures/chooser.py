"""Choosing a picture in the form of what shows it: by its words, with a thumbnail, or by adding one right there."""

from typing import Any

from django.db.models import ForeignKey
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from reviews.admin.parts.account import account_of
from reviews.admin.parts.fields import CarefulAutocomplete
from reviews.admin.parts.typing import ModelAdmin
from reviews.admin.parts.values import is_key
from reviews.desk.pictures.visible import pictures_seen_by
from reviews.models import Picture


class PictureChoice(CarefulAutocomplete):
    """Suggestions, and beside them a thumbnail of what is chosen."""

    class Media:
        js = ("js/desk-picture-choice.js",)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        key = str(value or "")
        any_one = reverse("admin:reviews_picture_thumbnail", args=[0])
        context = {
            "choice": super().render(name, value, attrs, renderer),
            "thumbnail": any_one.replace("/0/", f"/{key}/") if is_key(key) else "",
            "any_one": any_one,
        }
        return render_to_string("admin/reviews/includes/picture_choice.html", context)


class ChoosingPicturesMixin(ModelAdmin):
    """An admin whose forms choose pictures, of those that the person may see."""

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.related_model is Picture:
            field.queryset = pictures_seen_by(account_of(request))
            field.widget = PictureChoice(db_field, self.admin_site, choices=field.choices)
        return field
