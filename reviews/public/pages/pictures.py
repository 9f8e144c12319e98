"""Pictures: files that readers are given, but only while something public shows them."""

import logging
from collections import OrderedDict
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from reviews import clock
from reviews.imaging.headers import RefusedImageError
from reviews.models.public.edition_picture import shown_files
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.ladder import SUFFIXES, Rendition, renditions_of
from reviews.pictures.making import BusyError
from reviews.pictures.making import rendition as made
from reviews.pictures.storage import MissingFileError
from reviews.public.page_cache.answering import lifetime_of_file
from reviews.public.page_cache.keeping import KEEPER
from reviews.public.page_cache.validity import Basis

logger = logging.getLogger(__name__)


class _Known:
    """The versions that readers may see, of those asked for last, each with what it was read from."""

    MOST = 500

    def __init__(self) -> None:
        self._lock = Lock()
        self._files: OrderedDict[str, tuple[Basis, PictureFile]] = OrderedDict()

    def file(self, token: str) -> PictureFile | None:
        """The version with a token, if readers may see it now. At most one query, besides the row of public state."""
        standing = KEEPER.validity.standing()
        with self._lock:
            basis, file = self._files.get(token, (None, None))
        if standing and basis and standing.holds(basis):
            return file
        file = shown_files(clock.now()).filter(token=token).first()
        with self._lock:
            self._files.pop(token, None)
            if file and standing:
                self._files[token] = (standing.basis, file)
            while len(self._files) > self.MOST:
                self._files.popitem(last=False)
        return file


_KNOWN = _Known()


@require_safe
def rendition(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One rendition of a picture. Nothing tells a picture that is not public from one that never was."""
    file = _KNOWN.file(token)
    digest, _dot, suffix = name.rpartition(".")
    wanted = renditions_of(file).get(digest) if file else None
    if file is None or wanted is None or SUFFIXES[wanted.recipe.format] != suffix:
        return _nothing()
    return _answered(request, file, wanted)


def _answered(request: HttpRequest, file: PictureFile, wanted: Rendition) -> HttpResponse:
    try:
        data = made(file, wanted)
    except BusyError:
        return HttpResponse(status=503, headers={"Retry-After": "1", "Cache-Control": "no-store"})
    except (MissingFileError, RefusedImageError):
        logger.exception("A rendition of version %s of a picture cannot be made.", file.uid)
        return _nothing()
    response = HttpResponse(data, content_type=wanted.media_type)
    response.headers["Cache-Control"] = lifetime_of_file(clock.now())
    response.headers["ETag"] = f'"{wanted.digest}"'
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def _nothing() -> HttpResponse:
    return HttpResponse(
        "Nothing to see at this address.\n", status=404, content_type="text/plain; charset=utf-8"
    )
