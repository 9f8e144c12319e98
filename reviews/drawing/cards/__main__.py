"""The process in which a card is drawn: ``python -m reviews.drawing.cards``. A pickled card in, a PNG out."""

import pickle
import sys

from reviews.child_process import limit_this_process
from reviews.drawing.cards.drawn import draw

MOST_MEMORY = 1_000_000_000
"""Bytes of address space, which includes the fonts. Drawing takes a tenth of it."""
MOST_CPU = 20
"""Seconds. A card takes 0.15."""
NICENESS = 5
"""Readers' pages go first."""

if __name__ == "__main__":
    limit_this_process(memory=MOST_MEMORY, cpu=MOST_CPU, niceness=NICENESS)
    sys.stdout.buffer.write(draw(pickle.loads(sys.stdin.buffer.read())))
