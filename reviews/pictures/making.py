"""Makes renditions: at first need, one at a time on a machine, however many ask."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from reviews.imaging import process
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.ladder import Rendition
from reviews.pictures.storage import find, keep, read_master, rendition_name, storage
from reviews.pictures.turns import Turns

MOST_WAITING = 3
"""How many threads of a process wait for renditions at once: the others have readers' pages to make."""
LONGEST_WAIT = 10.0
"""Seconds for which a reader waits until others have made theirs."""

_TURNS = Turns("renditions", most_waiting=MOST_WAITING, longest_wait=LONGEST_WAIT)


def rendition(file: PictureFile, wanted: Rendition) -> bytes:
    """The bytes of a rendition, made now if it never was.

    Raises BusyError, MissingFileError if the picture's file is gone, and RefusedImageError if it is damaged.
    """
    name = rendition_name(file, wanted.digest, wanted.recipe.format)
    found = find(name)
    if found is not None:
        return found
    with _TURNS.soon():
        found = find(name)
        return _made(file, [wanted])[0] if found is None else found


def name_of(file: PictureFile, wanted: Rendition) -> str:
    """The name under which a rendition is kept, made now if it never was. Raises as above."""
    name = rendition_name(file, wanted.digest, wanted.recipe.format)
    if not storage().exists(name):
        rendition(file, wanted)
    return name


def make(file: PictureFile, wanted: Sequence[Rendition]) -> int:
    """Make those that are not there yet, in one process, however long it takes until it is our turn.

    Returns how many were made. Raises MissingFileError and RefusedImageError.
    """
    with _TURNS.sometime():
        lacking = [
            each
            for each in wanted
            if not storage().exists(rendition_name(file, each.digest, each.recipe.format))
        ]
        return len(_made(file, lacking)) if lacking else 0


def at_rest() -> AbstractContextManager[None]:
    """Context manager: nobody makes renditions meanwhile."""
    return _TURNS.sometime()


def _made(file: PictureFile, lacking: Sequence[Rendition]) -> list[bytes]:
    made = process.render(read_master(file), [each.recipe for each in lacking])
    for each, data in zip(lacking, made, strict=True):
        keep(rendition_name(file, each.digest, each.recipe.format), data)
    return made
