"""Excerpts: the first words of a body, for cards, feeds and search results."""

import re

from reviews.text.characters import is_unspaced, splits_a_character
from reviews.text.markdown.body import Body, tokens_of
from reviews.text.markdown.plain import aloud

_WHITE_SPACE = re.compile(r"\s+")
_LOOSE_END = " ,;:.–—-(“‘«"


def excerpt(source: str | Body, length: int = 200) -> str:
    """The first words of the prose, on one line of at most ``length`` characters.

    Spoilers, headings, tables, code blocks and footnotes are left out; empty if the body has nothing else. A longer
    text is cut between words and ends with an ellipsis, which counts. Text without spaces is cut between characters as
    a reader sees them.
    """
    text = _WHITE_SPACE.sub(" ", aloud(tokens_of(source), spoilers=False, prose_only=True).text).strip()
    if len(text) <= length:
        return text
    if length < 1:
        return ""
    cut = _last_word_end(text, length - 1) or _last_character_end(text, length - 1)
    return f"{text[:cut].rstrip(_LOOSE_END) or text[:cut]}…"


def _last_word_end(text: str, limit: int) -> int:
    for cut in range(limit, 0, -1):
        if text[cut] == " ":
            return cut
        between = is_unspaced(text[cut - 1]) or is_unspaced(text[cut])
        if between and not splits_a_character(text, cut):
            return cut
    return 0


def _last_character_end(text: str, limit: int) -> int:
    while limit and splits_a_character(text, limit):
        limit -= 1
    return limit
