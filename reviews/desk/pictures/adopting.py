"""Gives pictures that a fixture brought their files, which lie beside it."""

from collections.abc import Iterable
from pathlib import Path

from reviews.models import PictureFile
from reviews.pictures import storage

BESIDE = "pictures"
"""The folder beside a fixture. Each file has the uid of its version as its name, in hexadecimal: ``d945…2b28.jpg``."""
MOST_NAMED = 5


def adopt(fixtures: Iterable[Path]) -> list[str]:
    """Keep the file of every version that lacks its own, if it lies in one of these folders of fixtures.

    Returns the names of the files that are missing still.
    """
    places = [folder / BESIDE for folder in fixtures]
    missing = []
    for file in PictureFile.objects.order_by("picture_uid", "number").iterator():
        kept = storage.master_name(file)
        if storage.storage().exists(kept):
            continue
        name = Path(kept).name
        found = next((place / name for place in places if (place / name).is_file()), None)
        if found:
            storage.keep(kept, found.read_bytes())
        else:
            missing.append(name)
    return missing


def told_of(missing: list[str]) -> str:
    """The sentence about missing files, for whoever loaded the fixture."""
    named = ", ".join(missing[:MOST_NAMED])
    more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
    return (
        f"Pictures without their files are not shown: put {named}{more} into a folder “{BESIDE}” beside the fixture, "
        "and load it again."
    )
