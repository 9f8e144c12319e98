"""The library: every picture, with its words, its terms and its versions."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from reviews.admin.parts.account import account_of
from reviews.admin.parts.base import DeskModelAdmin
from reviews.admin.parts.saving.savers import has_saved
from reviews.admin.pictures.files import PictureFilePage
from reviews.admin.pictures.form import FOCAL, PictureForm
from reviews.admin.pictures.uploading import UploadPage
from reviews.admin.pictures.versions import VersionPage
from reviews.admin.pictures.words import WordsPage
from reviews.desk.permissions import EDIT_ALL
from reviews.desk.pictures import visible
from reviews.models import Person, Picture
from reviews.models.shared.picture import PictureFilm, PicturePerson


@admin.register(Picture)
class PictureAdmin(DeskModelAdmin):
    pages = (UploadPage, WordsPage, VersionPage, PictureFilePage)
    form = PictureForm
    list_display = ["name", "credit", "licence"]
    search_fields = ["name", "alt", "caption", "credit", "of_film__film__title"]
    empty_list = "Every still, portrait and poster, with its words and the terms on which it may be shown."
    once_deleted = "Nothing showed it."
    fieldsets = [
        ("What it shows", {"fields": ["alt", "is_decorative", "caption", "film", "people", "tags"]}),
        ("Focal point", {"fields": [FOCAL]}),
        ("Where it comes from", {"fields": ["credit", "source"]}),
        ("Terms", {"fields": ["licence", "licence_note", "rights_until", "embargo_until"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return visible.pictures_seen_by(account_of(request)).select_related("file")

    # -- Who may do what ----------------------------------------------------------------------------------------

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_view_permission(request, obj)
        return may and (obj is None or visible.may_see(obj, account_of(request)))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or visible.may_write(obj, account_of(request)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and account_of(request).has_perm(EDIT_ALL)

    def may_have_read(self, request: HttpRequest, object_id: str) -> bool:
        # The same answer for pictures that this person may not see and for missing ones, but to whoever has saved it.
        by = account_of(request)
        return by.has_perm(EDIT_ALL) or has_saved(by, self.model, object_id)

    def why_missing(self, request: HttpRequest, object_id: str) -> str:
        sees_all = account_of(request).has_perm(EDIT_ALL)
        return super().why_missing(request, object_id) if sees_all else "It is no longer among your pictures."

    # -- The form -----------------------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(visible.closed_fields(account_of(request)))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        may_change = self.has_change_permission(request, obj)
        return [each for each in self.fieldsets if may_change or each[0] != "Focal point"]

    @admin.display(description="film")
    def film(self, picture: Picture) -> str | None:
        of_film = PictureFilm.objects.select_related("film").filter(picture=picture).first()
        return str(of_film.film) if of_film else None

    @admin.display(description="people")
    def people(self, picture: Picture) -> str | None:
        shown = Person.objects.filter(pk__in=PicturePerson.objects.filter(picture=picture).values("person"))
        return ", ".join(map(str, shown)) or None

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        return "Its words and terms are the same wherever it stands."
