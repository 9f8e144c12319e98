"""Drawings made from stored data alone: a poster for every film, a monogram for every critic.

Nothing is random: the same uid always gives the same drawing, on every page and in every process. A drawing is paths
and text with presentation attributes, so it needs no style sheet, no script and no second request.
"""

from reviews.drawing.monogram import Monogram, monogram
from reviews.drawing.poster import Poster, poster

__all__ = ["Monogram", "Poster", "monogram", "poster"]
