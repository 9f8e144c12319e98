"""Word count and reading time of a body."""

import re

from reviews.text.characters import IDEOGRAPHIC, SPACELESS, extends
from reviews.text.markdown.body import Body
from reviews.text.markdown.plain import plain_text

WORDS_PER_MINUTE = 238
"""Silent reading of English prose: Brysbaert (2019), a review of 190 studies."""

_LETTERS_PER_WORD = 4
"""For scripts without spaces, such as Thai: an approximation, because there is no dictionary."""

_UNITS = re.compile(f"[{IDEOGRAPHIC}]|[{SPACELESS}]+|[^\\s{IDEOGRAPHIC}{SPACELESS}]+")
_SPACELESS = re.compile(f"[{SPACELESS}]")


def word_count(source: str | Body) -> int:
    """The number of words of the plain text, spoilers and footnotes included.

    A word is a run of characters between spaces with a letter or digit. Each Chinese or Japanese character counts as
    one word, and so do four letters of Thai, Lao, Khmer, Burmese or Tibetan.
    """
    return sum(_words(unit) for unit in _UNITS.findall(plain_text(source)))


def reading_minutes(words: int) -> int:
    """The reading time in whole minutes: at least 1, but 0 for no words."""
    return max(1, round(words / WORDS_PER_MINUTE)) if words > 0 else 0


def _words(unit: str) -> int:
    if _SPACELESS.match(unit):
        letters = sum(character.isalnum() and not extends(character) for character in unit)
        return -(-letters // _LETTERS_PER_WORD)
    return int(any(character.isalnum() for character in unit))
