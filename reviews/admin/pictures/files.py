"""The desk's own addresses of picture files, for whoever may see the picture, whether readers may or not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.views.decorators.http import require_safe

from reviews.admin.parts.account import account_of
from reviews.admin.parts.pages import DeskPage
from reviews.admin.parts.values import is_key
from reviews.desk.pictures.visible import pictures_seen_by
from reviews.imaging.headers import RefusedImageError
from reviews.imaging.shapes import WHOLE
from reviews.models import Picture, PictureFile
from reviews.pictures.ladder import Rendition, in_frame
from reviews.pictures.making import rendition
from reviews.pictures.storage import MissingFileError
from reviews.pictures.turns import BusyError

SIZES = {"thumbnail": 480, "large": 1280}
"""The widths in pixels in which the desk shows a picture."""
NOT_YET = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
"""A picture of one clear pixel, for what others are being made before: the page's script asks for it again."""


class PictureFilePage(DeskPage):
    """A version of a picture, whole, in one of two sizes. Never kept by anything on its way."""

    def urls(self) -> list[URLPattern]:
        return [
            self.at("<path:object_id>/file/<int:number>/<slug:size>/", "file", require_safe(self.file)),
            self.at("<path:object_id>/thumbnail/", "thumbnail", require_safe(self.thumbnail)),
        ]

    def file(self, request: HttpRequest, object_id: str, number: int, size: str) -> HttpResponse:
        picture = self._seen(request, object_id)
        file = PictureFile.objects.filter(picture_uid=picture.uid, number=number).first()
        if file is None or size not in SIZES:
            raise Http404
        return _sent(file, size)

    def thumbnail(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Of the newest version."""
        return _sent(self._seen(request, object_id).file, "thumbnail")

    def _seen(self, request: HttpRequest, object_id: str) -> Picture:
        """Raises Http404 for what is not there, and the same for what this person may not see."""
        if not self.desk.has_view_permission(request) or not is_key(object_id):
            raise Http404
        seen = pictures_seen_by(account_of(request)).select_related("file")
        picture = seen.filter(pk=object_id).first()
        if picture is None:
            raise Http404
        return picture


def _sent(file: PictureFile, size: str) -> HttpResponse:
    wanted = rendition_in(file, size)
    try:
        data = rendition(file, wanted)
    except BusyError:
        return HttpResponse(NOT_YET, content_type="image/gif")
    except (MissingFileError, RefusedImageError):
        raise Http404 from None
    return HttpResponse(data, content_type=wanted.media_type)


def rendition_in(file: PictureFile, size: str) -> Rendition:
    """The smallest rendition of the whole picture that is wide enough for a size."""
    made = in_frame(file, WHOLE, "WEBP")
    return next((each for each in made if each.width >= SIZES[size]), made[-1])


def file_url(picture: Picture, size: str = "thumbnail", version: PictureFile | None = None) -> str:
    """Where the desk shows a version of a picture (default: the newest)."""
    number = (version or picture.file).number
    return reverse("admin:reviews_picture_file", args=[picture.pk, number, size])
