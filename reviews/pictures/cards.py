"""Share cards as files: drawn once for what they say, one at a time on a machine, and the latest of them kept.

They are kept on this machine's disk, whatever keeps its pictures: a card is drawn sooner than it is fetched from afar.
"""

import contextlib
import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings

from reviews.drawing.cards.contents import Card
from reviews.drawing.cards.process import drawn
from reviews.pictures.turns import Turns

logger = logging.getLogger(__name__)

MOST_WAITING = 2
"""How many threads of a process wait for cards at once: the others have readers' pages to make."""
MOST_KEPT = 1000
"""How many cards are kept: about 80 MB. Those that were drawn first go first."""
LONGEST_WAIT = 5.0
"""Seconds for which a reader waits until others' cards are drawn."""

_TURNS = Turns("cards", most_waiting=MOST_WAITING, longest_wait=LONGEST_WAIT)


def image_of(card: Card) -> bytes:
    """The PNG of a card, drawn now if it is not kept.

    Raises BusyError, and ChildFailedError if it cannot be drawn.
    """
    kept = _folder() / f"{card.digest}.png"
    with contextlib.suppress(OSError):
        return kept.read_bytes()
    with _TURNS.soon():
        with contextlib.suppress(OSError):
            return kept.read_bytes()
        data = drawn(card)
        try:
            _keep(kept, data)
            _prune()
        except OSError:
            logger.exception("A card for sharing cannot be kept: it will be drawn again.")
        return data


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "cards"


def _keep(kept: Path, data: bytes) -> None:
    """A file is there whole, or not at all."""
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=kept.parent, prefix=".partial-")
    try:
        with os.fdopen(descriptor, "wb") as written:
            written.write(data)
        Path(partial).replace(kept)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def _prune() -> None:
    """Remove what is too many; whoever holds the turn does."""
    with os.scandir(_folder()) as entries:
        by_age = sorted((entry.stat().st_mtime, entry.path) for entry in entries)
    for _drawn, path in by_age[: max(len(by_age) - MOST_KEPT, 0)]:
        Path(path).unlink()
