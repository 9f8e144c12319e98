"""Selecting: the passage of a body that somebody has marked in its Markdown."""

import re

from reviews.text.markdown.document import read
from reviews.text.markdown.plain import aloud, plain_text
from reviews.text.passages.finding import Passage, locate

_OPEN, _SHUT = "\ue0c0", "\ue0c1"
"""Two letters of nobody's alphabet. They stand in the source for the ends of what is marked."""

_EDGES = re.compile(r"\A[\s*_~`#>\[\](){}|:+-]+|[\s*_~`#>\[\](){}|:]+\Z")


def passage_at(source: str, start: int, end: int) -> Passage | None:
    """What a reader reads of ``source[start:end]``, with the words whole that it begins and ends in.

    None where they read nothing of it, or nothing that is found as it stands (within an address, between two marks).
    """
    start, end = _whole_words(source, start, end)
    body = aloud(read(source))
    # Marked in its place it is read with its neighbours: half of an emphasis, a word with its footnote's mark. By
    # itself, where a mark at its edge would change what stands there: a heading, an item of a list.
    alone = source[start:end]
    tries = [_between(source, start, end), plain_text(alone), plain_text(_EDGES.sub("", alone))]
    return next(filter(None, locate(body, [each.strip() for each in tries])), None)


def _between(source: str, start: int, end: int) -> str:
    if _OPEN in source or _SHUT in source:
        return ""
    text = plain_text(f"{source[:start]}{_OPEN}{source[start:end]}{_SHUT}{source[end:]}")
    within, shut, _ = text.partition(_OPEN)[2].partition(_SHUT)
    return within if shut else ""


def _whole_words(source: str, start: int, end: int) -> tuple[int, int]:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    if start == end:
        return start, end
    while start and source[start - 1].isalnum() and source[start].isalnum():
        start -= 1
    while end < len(source) and source[end - 1].isalnum() and source[end].isalnum():
        end += 1
    return start, end
