"""Ask the process in which cards are drawn (``__main__.py``); the asking one loads no font."""

import pickle

from reviews.child_process import answer_of
from reviews.drawing.cards.contents import Card

LONGEST_WAIT = 30
"""Seconds. The process has 20 of CPU, and waits for whatever else the machine does."""


def drawn(card: Card) -> bytes:
    """The card as a PNG. Raises ChildFailedError."""
    return answer_of("reviews.drawing.cards", pickle.dumps(card), longest_wait=LONGEST_WAIT)
