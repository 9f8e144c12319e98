"""Purges that the CDN has not confirmed: a file for each, so that every process of a machine can make up for them.

A file is written once and never changed, so no process can lose what another has written.
"""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from reviews import clock

FOLDER = "cdn-purges-failed"
"""Below ``VAR_DIR``."""


@dataclass(frozen=True)
class PurgeFailure:
    """A purge of some keys was not confirmed: at which moment (in ISO 8601), and why, in words."""

    at: str
    reason: str
    keys: list[str]


def failures() -> Mapping[Path, PurgeFailure]:
    """All that were not made up for, by their files."""
    found = {}
    for file in (Path(settings.VAR_DIR) / FOLDER).glob("*.json"):
        try:
            found[file] = PurgeFailure(**json.loads(file.read_text()))
        except (OSError, ValueError, TypeError):
            continue  # Another process has just made up for it, or it is none of ours.
    return found


def last_failure() -> PurgeFailure | None:
    """The last that was not made up for; None without a CDN."""
    if not settings.CDN_PURGE_URL:
        return None
    return max(failures().values(), key=lambda failure: failure.at, default=None)


def note(keys: Collection[str], reason: str) -> None:
    """Write down that a purge of these keys was not confirmed. Raises OSError."""
    folder = Path(settings.VAR_DIR) / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{secrets.token_hex(8)}.json"
    failure = PurgeFailure(clock.now().isoformat(timespec="seconds"), reason, sorted(keys))
    new = file.with_suffix(".new")
    new.write_text(json.dumps(asdict(failure)))
    new.replace(file)


def forget(files: Iterable[Path]) -> None:
    """Remove what was made up for, or was written down again with more keys."""
    for file in files:
        file.unlink(missing_ok=True)
