"""Where the files of pictures are kept. No address leads here: everything that is served passes our own check.

Names are made of what we know ourselves, never of what somebody typed or uploaded.
"""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from reviews.models.shared.picture_file import PictureFile

ALIAS = "pictures"
"""The name of the storage in ``settings.STORAGES``."""
RENDITIONS = "renditions"
"""The folder of the files that readers may be given."""
_SUFFIXES = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg"}


class MissingFileError(Exception):
    """The file of a picture is not where it should be: the database came without it."""

    def __init__(self, file: PictureFile) -> None:
        super().__init__(f"The file {master_name(file)} is missing.")


class LocalPictures(FileSystemStorage):
    """A folder of this machine, which only the site's own account reads. A file is there whole, or not at all."""

    def __init__(self, *, is_for_group: bool = False, **options: Any) -> None:
        """``is_for_group``: the account's group may read it, too, which then is that of the proxy in front."""
        self._file, self._folder = (0o640, 0o2750) if is_for_group else (0o600, 0o700)
        super().__init__(file_permissions_mode=self._file, directory_permissions_mode=self._folder, **options)

    def handed_over(self, name: str) -> str:
        """The address below which the proxy in front has a rendition, and nobody else."""
        return f"/kept-pictures/{name.removeprefix(RENDITIONS).lstrip('/')}"

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        for folder in reversed((path.parent, *path.parent.parents)):
            if folder.is_relative_to(self.location) and not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(self._folder)
        descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=".partial-")
        try:
            with os.fdopen(descriptor, "wb") as written:
                for chunk in content.chunks():
                    written.write(chunk)
            Path(partial).chmod(self._file)
            Path(partial).replace(path)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        # Whoever writes a name again writes the same picture.
        return name


def storage() -> Storage:
    return storages[ALIAS]


def master_name(file: PictureFile) -> str:
    """The name of the file that was made of an upload. Renditions are made of it, and it is never served."""
    return f"masters/{file.uid.hex[:2]}/{file.uid.hex}.{_SUFFIXES[file.format]}"


def rendition_name(file: PictureFile, digest: str, of_format: str) -> str:
    return f"{RENDITIONS}/{file.uid.hex[:2]}/{file.uid.hex}/{digest}.{_SUFFIXES[of_format]}"


def keep(name: str, data: bytes) -> None:
    storage().save(name, ContentFile(data))


def find(name: str) -> bytes | None:
    """The bytes under a name; None if there are none."""
    with contextlib.suppress(FileNotFoundError), storage().open(name) as file:
        return bytes(file.read())
    return None


def read_master(file: PictureFile) -> bytes:
    """Raises MissingFileError."""
    data = find(master_name(file))
    if data is None:
        raise MissingFileError(file)
    return data


def remove(file: PictureFile) -> None:
    """Delete a version's file and its renditions."""
    folder = f"{RENDITIONS}/{file.uid.hex[:2]}/{file.uid.hex}"
    with contextlib.suppress(FileNotFoundError):
        for name in storage().listdir(folder)[1]:
            storage().delete(f"{folder}/{name}")
    storage().delete(master_name(file))
