"""Receiving the files of a form: each is taken in, or refused with its reason."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from reviews.admin.pictures.files import SIZES, rendition_in
from reviews.desk.pictures.intake import Arrival, take_in, take_version
from reviews.desk.pictures.visible import pictures_seen_by
from reviews.imaging.headers import LARGEST_FILE, RefusedImageError, header_of
from reviews.models import Picture
from reviews.pictures import making
from reviews.pictures.storage import MissingFileError
from reviews.pictures.turns import BusyError, Turns

UPLOADS = Turns("uploads", most_waiting=2, longest_wait=20)
"""Uploads are decoded one at a time on a machine, so that memory, CPU and threads are left for readers."""
MOST_FILES = 20
"""How many files a form without a script may send at once. Each request of the script has one."""
BUSY = "Other pictures are being read at the moment. Send it again in a few seconds."


@dataclass(frozen=True)
class Received:
    """What became of one file: the picture that it is now, or why it was refused."""

    name: str
    arrival: Arrival | None = None
    refusal: str = ""
    is_busy: bool = False


def received(file: Any, by: User) -> Received:
    """Take in a file as a new picture, or find the picture that already has it."""
    return _read(file, lambda data: take_in(data, file.name, by=by, among=pictures_seen_by(by)))


def received_for(picture: Picture, file: Any, by: User) -> Received:
    """Take in a file as the newest version of a picture."""
    return _read(file, lambda data: take_version(picture, data, file.name, by=by))


def _read(file: Any, take: Callable[[bytes], Arrival]) -> Received:
    name = str(file.name)
    data = file.read(LARGEST_FILE + 1)
    try:
        header_of(data)  # What is refused by its first bytes needs no turn.
        with UPLOADS.soon():
            arrival = take(data)
    except RefusedImageError as error:
        return Received(name, refusal=str(error))
    except BusyError:
        return Received(name, refusal=BUSY, is_busy=True)
    _prepare(arrival.picture)
    return Received(name, arrival)


def _prepare(picture: Picture) -> None:
    """Make what the desk shows of it at once, so that thirty thumbnails need not wait for each other."""
    wanted = [rendition_in(picture.file, size) for size in SIZES]
    with suppress(MissingFileError, RefusedImageError):
        making.make(picture.file, wanted)
