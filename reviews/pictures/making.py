"""Makes renditions: at first need, one at a time on a machine, however many ask."""

import fcntl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings

from reviews.imaging import process
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.ladder import Rendition
from reviews.pictures.storage import find, keep, read_master, rendition_name

MOST_WAITING = 3
"""How many threads of a process wait for renditions at once: the others have readers' pages to make."""
LONGEST_WAIT = 10.0
"""Seconds for which a reader waits until others have made theirs."""
PAUSE = 0.02
"""Seconds between two looks at the lock that processes share."""

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
        with _alone(LONGEST_WAIT):
            found = find(name)
            return _made(file, [wanted])[0] if found is None else found
    finally:
        _places.release()


def make(file: PictureFile, wanted: Sequence[Rendition]) -> int:
    """Make those that are not there yet, in one process, however long it takes until it is our turn.

    Returns how many were made. Raises MissingFileError and RefusedImageError.
    """
    with _alone():
        lacking = [
            each for each in wanted if find(rendition_name(file, each.digest, each.recipe.format)) is None
        ]
        return len(_made(file, lacking)) if lacking else 0


def _made(file: PictureFile, lacking: Sequence[Rendition]) -> list[bytes]:
    made = process.render(read_master(file), [each.recipe for each in lacking])
    for each, data in zip(lacking, made, strict=True):
        keep(rendition_name(file, each.digest, each.recipe.format), data)
    return made


@contextmanager
def _alone(longest: float = float("inf")) -> Iterator[None]:
    """Context manager: no other thread or process of this machine makes renditions meanwhile.

    Raises BusyError if it is not our turn within ``longest`` seconds.
    """
    ends = time.monotonic() + longest
    if not _turn.acquire(timeout=-1 if longest == float("inf") else longest):
        raise BusyError
    try:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with (settings.VAR_DIR / "renditions.lock").open("w") as lock:
            while not _is_locked(lock.fileno()):
                if time.monotonic() > ends:
                    raise BusyError
                time.sleep(PAUSE)
            yield
    finally:
        _turn.release()


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
