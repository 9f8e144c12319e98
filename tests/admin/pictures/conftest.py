"""A folder of its own for the files of pictures."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "pictures": settings.STORAGES["pictures"] | {"OPTIONS": {"location": tmp_path / "pictures"}}
    }
    settings.VAR_DIR = tmp_path
    return tmp_path / "pictures"
