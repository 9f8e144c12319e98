"""Find the passage of a body that somebody has selected in its Markdown."""

import re

from reviews.text.markdown.body import read
from reviews.text.markdown.plain import aloud, plain_text
from reviews.text.passages.finding import Passage, locate

_OPEN, _SHUT = "\ue0c0", "\ue0c1"
"""Two private-use characters that mark the ends of the selection in the source."""

_EDGES = re.compile(r"\A[\s*_~`#>\[\](){}|:+-]+|[\s*_~`#>\[\](){}|:]+\Z")


def passage_at(source: str, start: int, end: int) -> Passage | None:
    """The passage that a reader sees for ``source[start:end]``, extended to whole words.

    None if a reader sees nothing of it, or it cannot be found as a passage (within an address, between two marks).
    """
    start, end = _whole_words(source, start, end)
    body = aloud(read(source))
    # Try the selection in its context first, for half of an emphasis or a word with its footnote mark. Then
    # try it alone, for when the marks would change the block they are in: a heading, a list item.
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
