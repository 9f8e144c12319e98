"""Makes the copy, on either database, one at a time."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from reviews.audit.copying.postgresql import copied_database
from reviews.audit.copying.refusals import CannotCopy
from reviews.audit.copying.sqlite import copied_file
from reviews.audit.report import FOLDER


@contextmanager
def copied() -> Iterator[Mapping[str, Any]]:
    """Copy the database of the site, and remove the copy at the end. Yields Django's settings for it.

    Removes what a killed audit has left. Raises CannotCopy with a sentence for people.
    """
    if connection.in_atomic_block:
        raise CannotCopy("What is not committed yet cannot be copied.")
    folder = private_folder()
    with _alone(folder):
        copy = (
            copied_database(connection)
            if connection.vendor == "postgresql"
            else copied_file(connection, folder)
        )
        with copy as found:
            yield found


def private_folder() -> Path:
    """The folder of audits, which its owner alone can look into."""
    folder = Path(settings.VAR_DIR) / FOLDER
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise CannotCopy(f"{folder} cannot be made: {error.strerror}.") from error
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of audits, which the kernel takes back from a process that dies."""
    place = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(place)
        raise CannotCopy("Another leak audit of this site is running. Wait until it has ended.") from None
    try:
        yield
    finally:
        os.close(place)
