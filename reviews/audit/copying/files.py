"""Files of pictures where there are none: an audit asks who is given them, and needs no pictures for that."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage


class FilesOfWords(Storage):
    """Has every file that it is asked for, of words that name it; keeps and deletes nothing.

    So whatever an address leads to could be served, masters and renditions that were never made included.
    """

    def _open(self, name: str, mode: str = "rb") -> "ContentFile[bytes]":
        return ContentFile(f"The file {name}.".encode(), name)

    def _save(self, name: str, content: Any) -> str:
        return name

    def delete(self, name: str) -> None:
        pass

    def exists(self, name: str) -> bool:
        return True

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return [], []

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name


WORDS = {"BACKEND": f"{FilesOfWords.__module__}.{FilesOfWords.__qualname__}"}
"""The same as a setting."""
