"""Pictures for tests: rows with files, in a folder of their own, whose renditions are words instead of pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test.utils import override_settings

from reviews.imaging.encoding import MEDIA_TYPES
from reviews.models import Picture, PictureFile
from reviews.pictures import storage
from reviews.pictures.ladder import Rendition, address_of, renditions_of
from reviews.seeding.factories import make_picture

MASTER = b"the master, which nobody is given"


@contextmanager
def shelved_in(folder: Path) -> Iterator[Path]:
    """Keep files of pictures in a folder, while inside."""
    storages: dict[str, Any] = dict(settings.STORAGES)
    storages[storage.ALIAS] = {**storages[storage.ALIAS], "OPTIONS": {"location": folder / "pictures"}}
    with override_settings(STORAGES=storages, VAR_DIR=folder):
        yield folder / "pictures"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Path]:
    """The folder in which a test keeps files of pictures."""
    with shelved_in(tmp_path) as folder:
        yield folder


def kept_picture(**fields: Any) -> Picture:
    """A picture with a file of words, and with one rendition of it in each format."""
    picture = make_picture(**fields)
    keep_file(picture.file)
    return picture


def keep_file(file: PictureFile) -> None:
    storage.keep(storage.master_name(file), MASTER)
    for each in (one_of(file, of_format) for of_format in MEDIA_TYPES):
        storage.keep(storage.rendition_name(file, each.digest, each.recipe.format), words_of(each))


def words_of(rendition: Rendition) -> bytes:
    return f"{rendition.recipe.frame} of {rendition.width}".encode()


def one_of(file: PictureFile, of_format: str = "JPEG") -> Rendition:
    return next(each for each in renditions_of(file).values() if each.recipe.format == of_format)


def path_of(file: PictureFile, of_format: str = "JPEG") -> str:
    """The address of one of its renditions."""
    return address_of(file, one_of(file, of_format))
