"""Removes renditions that no address leads to any more."""

from collections.abc import Iterator
from uuid import UUID

from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.ladder import SUFFIXES, renditions_of
from reviews.pictures.making import at_rest
from reviews.pictures.storage import RENDITIONS, storage


def prune() -> Iterator[int]:
    """Remove the renditions of versions that are gone, and those by recipes that are no longer in the ladder.

    Yields how many were removed of each version. Nothing is made meanwhile, so what is written half is left over.
    """
    for group in _folders(RENDITIONS):
        for folder in _folders(f"{RENDITIONS}/{group}"):
            with at_rest():
                yield _prune(f"{RENDITIONS}/{group}/{folder}", _kept(folder))


def _folders(of: str) -> list[str]:
    try:
        return sorted(storage().listdir(of)[0])
    except FileNotFoundError:
        return []


def _kept(folder: str) -> set[str]:
    """The names that files of this folder may have: those of the version's renditions."""
    try:
        file = PictureFile.objects.filter(uid=UUID(hex=folder)).first()
    except ValueError:
        file = None
    every = renditions_of(file).values() if file else ()
    return {f"{each.digest}.{SUFFIXES[each.recipe.format]}" for each in every}


def _prune(folder: str, kept: set[str]) -> int:
    left_over = [name for name in storage().listdir(folder)[1] if name not in kept]
    for name in left_over:
        storage().delete(f"{folder}/{name}")
    if not kept:
        storage().delete(folder)
    return len(left_over)
