"""Answers with a rendition to somebody who may see it although readers may not."""

from django.http import Http404, HttpResponse

from reviews.imaging.headers import RefusedImageError
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.ladder import SUFFIXES, renditions_of
from reviews.pictures.making import rendition
from reviews.pictures.storage import MissingFileError
from reviews.pictures.turns import BusyError

HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}


def privately(file: PictureFile | None, name: str) -> HttpResponse:
    """The rendition of this name (a digest and a suffix), kept by nothing on its way. Raises Http404."""
    digest, _dot, suffix = name.rpartition(".")
    wanted = renditions_of(file).get(digest) if file else None
    if file is None or wanted is None or SUFFIXES[wanted.recipe.format] != suffix:
        raise Http404
    try:
        data = rendition(file, wanted)
    except BusyError:
        return HttpResponse(status=503, headers={"Retry-After": "1", **HEADERS})
    except (MissingFileError, RefusedImageError):
        raise Http404 from None
    return HttpResponse(data, content_type=wanted.media_type, headers=HEADERS)
