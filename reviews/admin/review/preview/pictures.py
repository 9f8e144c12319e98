"""The files of pictures on the desk's previews, and on readers' pages of another moment."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.views.decorators.http import require_safe

from reviews.admin.parts.account import account_of
from reviews.admin.parts.pages import DeskPage
from reviews.desk.pictures.files import file_seen_by
from reviews.pictures.private import privately


class CopyPicturesPage(DeskPage):
    """A rendition for whoever may see the picture, or copy that shows it."""

    def urls(self) -> list[URLPattern]:
        return [self.at("pictures/<str:token>/<str:name>", "pictures", require_safe(self.rendition))]

    def rendition(self, request: HttpRequest, token: str, name: str) -> HttpResponse:
        if not self.desk.has_view_permission(request):
            raise PermissionDenied
        return privately(file_seen_by(token, account_of(request)), name)
