"""The library: every picture, with its words, its terms and its versions."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join

from reviews.admin.parts.account import account_of
from reviews.admin.parts.base import DeskModelAdmin
from reviews.admin.parts.saving.deleting import delete_selected
from reviews.admin.parts.saving.savers import has_saved
from reviews.admin.parts.searching import bounded
from reviews.admin.pictures import standing
from reviews.admin.pictures.files import PictureFilePage, file_url
from reviews.admin.pictures.form import FOCAL, PictureForm
from reviews.admin.pictures.listing import (
    FilmFilter,
    LackFilter,
    PictureChangeList,
    RightsFilter,
    UseFilter,
    edit_words,
)
from reviews.admin.pictures.uploading import UploadPage
from reviews.admin.pictures.versions import VersionPage
from reviews.admin.pictures.words import WordsPage
from reviews.desk.permissions import EDIT_ALL
from reviews.desk.pictures import visible
from reviews.desk.pictures.removing import remove
from reviews.desk.pictures.uses import uses_of
from reviews.imaging.shapes import FRAMES
from reviews.models import Person, Picture
from reviews.models.shared.picture import PicturePerson

FOCAL_NAME = "Focal point"
PREVIEWS = [frame for frame in FRAMES.values() if frame.ratio]
"""The shapes in which readers see it."""


@admin.register(Picture)
class PictureAdmin(DeskModelAdmin):
    pages = (UploadPage, WordsPage, VersionPage, PictureFilePage)
    form = PictureForm
    list_display = ["shown", "called_by", "film", "credit", "signs"]
    list_display_links = ["shown", "called_by"]
    list_filter = [FilmFilter, RightsFilter, LackFilter, UseFilter]
    list_per_page = 60
    sortable_by = ()
    actions: Any = (edit_words, delete_selected)
    search_fields = ["name", "alt", "caption", "credit", "of_film__film__title"]
    empty_list = "Every still, portrait and poster, with its words and the terms on which it may be shown."
    once_deleted = "Nothing showed it."
    fieldsets = [
        ("What it shows", {"fields": ["alt", "is_decorative", "caption", "film", "people", "tags"]}),
        (FOCAL_NAME, {"fields": [FOCAL]}),
        ("Where it comes from", {"fields": ["credit", "source"]}),
        ("Terms", {"fields": ["licence", "licence_note", "rights_until", "embargo_until"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return visible.pictures_seen_by(account_of(request)).select_related("file", "of_film__film")

    # -- The list -----------------------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[PictureChangeList]:
        return PictureChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Those that a search finds, and those of a person whose name has every word of it."""
        found, _ = super().get_search_results(request, queryset, search_term)
        people = Person.objects.all()
        for word in bounded(search_term).split():
            people = people.filter(name__icontains=word)
        if not search_term.strip():
            return found, False
        of_people = PicturePerson.objects.filter(person__in=people.order_by().values("pk")).values("picture")
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=of_people)), False

    @admin.display(description="picture")
    def shown(self, picture: Picture) -> str:
        return format_html(
            '<img class="picture-thumb" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
            file_url(picture),
            picture.file.width,
            picture.file.height,
            picture.alt or picture.name,
        )

    @admin.display(description="name", ordering="name")
    def called_by(self, picture: Picture) -> str:
        return picture.name

    @admin.display(description="to mind")
    def signs(self, picture: Picture) -> str:
        return format_html_join(" ", "{}", ((each,) for each in standing.signs_of(picture)))

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
        return [each for each in self.fieldsets if may_change or each[0] != FOCAL_NAME]

    @admin.display(description="film")
    def film(self, picture: Picture) -> str | None:
        of_film = getattr(picture, "of_film", None)
        return str(of_film.film) if of_film else None

    @admin.display(description="people")
    def people(self, picture: Picture) -> str | None:
        shown = Person.objects.filter(pk__in=PicturePerson.objects.filter(picture=picture).values("person"))
        return ", ".join(map(str, shown)) or None

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context |= {
            "large": file_url(obj, "large"),
            "show_save_and_add_another": False,
            "previews": PREVIEWS,
            "focal_name": FOCAL_NAME,
            "signs": standing.signs_of(obj),
            "uses": standing.in_words(uses_of(obj, account_of(request))),
            "versions": standing.versions_of(obj),
            "may_change": self.has_change_permission(request, obj),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # -- Deleting -----------------------------------------------------------------------------------------------

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        _, counts, lacking, _ = super().get_deleted_objects(objs, request)
        gone = [f"{picture}, with all its versions" for picture in objs]
        stands = [
            format_html("{}: {}", picture.name, line)
            for picture in objs
            for line in standing.in_words(uses_of(picture, account_of(request)))
        ]
        return gone, counts, lacking, stands

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for picture in queryset:
            remove(picture)

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        return "Its words and terms are the same wherever it stands."
