"""Pictures: files that readers are given, but only while something public shows them."""

import logging
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from reviews import clock
from reviews.imaging.headers import RefusedImageError
from reviews.models.prepared import Prepared
from reviews.models.public.edition_picture import shown_files
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.ladder import SUFFIXES, Rendition, renditions_of
from reviews.pictures.making import name_of
from reviews.pictures.making import rendition as made
from reviews.pictures.storage import MissingFileError, storage
from reviews.pictures.turns import BusyError
from reviews.public.page_cache.answering import lifetime_of_file
from reviews.public.page_cache.keeping import KEEPER
from reviews.public.page_cache.surrogate_keys import name_things

P = ParamSpec("P")
FileView = Callable[Concatenate[HttpRequest, P], HttpResponse]
READING = ("GET", "HEAD")
KEPT = (200, 304, 404)
"""The statuses of answers that a shared cache may keep, or knows already."""
LATER = 2
"""Seconds after which a reader is to ask again for what could not be made now."""

logger = logging.getLogger(__name__)


def serves_files(view: FileView[P]) -> FileView[P]:
    """A view of files: they are read, and nothing else, and a shared cache is told which things they are of."""

    @wraps(view)
    def read(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in READING:
            return not_for_that()
        response = view(request, *args, **kwargs)
        if response.status_code in KEPT:
            name_things(request, response)
        return response

    return read


@serves_files
def rendition(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One rendition of a picture. Nothing tells a picture that is not public from one that never was.

    One query by an index besides the row of public state; none while it is known that nothing has changed.
    """
    file = KEEPER.pictures.get(token, KEEPER.standing(), lambda: _shown(token))
    digest, _dot, suffix = name.rpartition(".")
    wanted = renditions_of(file).get(digest) if file else None
    if file is None or wanted is None or SUFFIXES[wanted.recipe.format] != suffix:
        return nothing()
    return file_answer(
        request,
        wanted.digest,
        wanted.media_type,
        partial(made, file, wanted),
        lost=(MissingFileError, RefusedImageError),
        hand_over=partial(_handed_over, file, wanted),
        named=f"rendition of version {file.uid} of a picture",
    )


def no_picture(request: HttpRequest, rest: str) -> HttpResponse:
    """Every other address below that of pictures: what is not the address of a rendition names nothing, too."""
    return nothing() if request.method in READING else not_for_that()


def _handed_over(file: PictureFile, wanted: Rendition) -> str:
    handing: Any = storage()
    return str(handing.handed_over(name_of(file, wanted)))


def _shown(token: str) -> PictureFile | None:
    return next(iter(_with(token, clock.now())), None)


_with = Prepared(lambda token, at: shown_files(at).filter(token=token).order_by()[:1])


def file_answer(
    request: HttpRequest,
    digest: str,
    media_type: str,
    read: Callable[[], bytes],
    *,
    lost: tuple[type[Exception], ...],
    named: str,
    hand_over: Callable[[], str] | None = None,
) -> HttpResponse:
    """A file that readers may see, whose digest is in its address; 304 to a browser that has it.

    It is nothing if ``read`` raises an error of ``lost``, and to be had later after any other; ``named`` in the log.
    Where the proxy in front sends files, ``hand_over`` says which, in place of ``read``.
    """
    etag = f'"{digest}"'
    headers = {"Cache-Control": lifetime_of_file(clock.now()), "ETag": etag}
    known = get_conditional_response(request, etag=etag, response=_plain(200, headers=headers))
    if known is not None and known.status_code == 304:
        return known
    try:
        if hand_over and settings.PICTURES_ACCEL:
            headers["X-Accel-Redirect"], data = hand_over(), b""
        else:
            data = read()
    except BusyError:
        return _later()
    except lost:
        logger.exception("A %s cannot be made.", named)
        return nothing()
    except Exception:  # Storage that does not answer, a full disk: whatever it is, it is over some time.
        logger.exception("A %s cannot be had now.", named)
        return _later()
    return HttpResponse(data, content_type=media_type, headers=headers)


def nothing() -> HttpResponse:
    """404: the same for every file that is not there, not yet there, or there no more."""
    return _plain(404, "Nothing to see at this address.\n")


def not_for_that() -> HttpResponse:
    """405: files are read, and nothing else."""
    return _plain(405, headers={"Allow": ", ".join(READING)})


def _later() -> HttpResponse:
    return _plain(503, headers={"Retry-After": str(LATER), "Cache-Control": "no-store"})


def _plain(status: int, words: str = "", headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8", headers=headers)
