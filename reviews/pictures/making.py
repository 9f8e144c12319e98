"""Makes renditions: at first need, one at a time on a machine, however many ask."""

import fcntl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings

from reviews.imaging import process
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.ladder import Rendition
from reviews.pictures.storage import find, keep, read_master, rendition_name

MOST_WAITING = 3
"""How many threads of a process wait for renditions at once: the others have readers' pages to make."""

_places = threading.BoundedSemaphore(MOST_WAITING)
_turn = threading.Lock()


class BusyError(Exception):
    """Other renditions are being made: ask again in a moment."""


def rendition(file: PictureFile, wanted: Rendition) -> bytes:
    """The bytes of a rendition, made now if it never was.

    Raises BusyError, MissingFileError if the picture's file is gone, and RefusedImageError if it is damaged.
    """
    name = rendition_name(file, wanted.digest, wanted.recipe.format)
    found = find(name)
    if found is not None:
        return found
    if not _places.acquire(blocking=False):
        raise BusyError
    try:
        make(file, [wanted])
    finally:
        _places.release()
    made = find(name)
    if made is None:
        raise BusyError
    return made


def make(file: PictureFile, wanted: Iterable[Rendition]) -> int:
    """Make those that are not there yet, in one process. Returns how many were made; raises as above."""
    with _alone():
        lacking = [
            each for each in wanted if find(rendition_name(file, each.digest, each.recipe.format)) is None
        ]
        if not lacking:
            return 0
        made = process.render(read_master(file), [each.recipe for each in lacking])
        for each, data in zip(lacking, made, strict=True):
            keep(rendition_name(file, each.digest, each.recipe.format), data)
        return len(lacking)


@contextmanager
def _alone() -> Iterator[None]:
    """Context manager: no other thread or process of this machine makes renditions meanwhile."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with _turn, (settings.VAR_DIR / "renditions.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
