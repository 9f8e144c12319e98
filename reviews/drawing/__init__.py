"""Pictures drawn from the record alone: a poster for every film, a monogram for every critic.

Nothing here is random: the same uid gives the same drawing on every page, in every process, for good. Everything is
paths and text with presentation attributes, so that a drawing needs no style, no script and no second request.
"""

from reviews.drawing.monogram import Monogram, monogram
from reviews.drawing.poster import Poster, poster

__all__ = ["Monogram", "Poster", "monogram", "poster"]
