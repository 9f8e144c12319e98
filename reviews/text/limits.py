"""How long copy may be, and the messages for copy that is longer: for models, forms and the desk's scripts.

The longest essays in film magazines are a tenth as long. The limits keep a hostile text from taking much more work than
ordinary copy. Lines count because each one may be a separate block.
"""

LONGEST_COPY = 200_000
"""Characters."""
MOST_LINES = 4_000
"""Non-empty lines."""
MARKS = "[]*_`|<&\\!~"
MOST_MARKS = 20_000
"""Characters that may begin or end markup. One in a hundred in prose, one in ten on a page of links."""
LARGEST_PASTE = 2_000_000
"""Bytes of HTML, in UTF-8."""
MOST_TAGS = 15_000
"""Less-than signs in it. A word processor writes five or six per paragraph, so this is copy of 2,500 paragraphs."""
LONGEST_TAG = 20_000
"""Characters of one tag, attributes included. Pictures within the HTML are removed before it is sent."""
LONGEST_PASTE = 2 * LONGEST_COPY
"""Characters of it outside tags: copy at its limit, and as many spaces and line ends of the HTML."""
LARGEST_FORM = 2_000_000
"""Bytes of all the values of a form, as an autosave stores them."""
LONGEST_FIELD = 10_000
"""The length in characters up to which any other field is compared word by word. None longer can be saved."""
SHORTEN = "shorten it, or save the rest as a second review"
"""The advice that ends a message about a review that is too long."""


def lines_of(copy: str) -> int:
    """The number of non-empty lines."""
    return sum(1 for line in copy.split("\n") if line and not line.isspace())


def marks_of(copy: str) -> int:
    """The number of characters that may be markup."""
    return sum(copy.count(mark) for mark in MARKS)


def is_within(copy: str) -> bool:
    """Whether the copy is within every limit."""
    return len(copy) <= LONGEST_COPY and lines_of(copy) <= MOST_LINES and marks_of(copy) <= MOST_MARKS


def excess(copy: str, before: str = "", instead: str = SHORTEN) -> str:
    """A sentence that says by how much copy exceeds a limit and what to do; empty if it may be saved.

    Copy that already exceeds a limit can be shortened in steps: it may be saved if it is no longer than ``before``.
    """
    characters, lines, marks = len(copy), lines_of(copy), marks_of(copy)
    if characters > max(LONGEST_COPY, len(before)):
        return _sentence(characters - LONGEST_COPY, LONGEST_COPY, "characters", instead)
    if lines > MOST_LINES and lines > lines_of(before):
        return _sentence(lines - MOST_LINES, MOST_LINES, "lines that are not empty", instead)
    if marks > MOST_MARKS and marks > marks_of(before):
        return _sentence(marks - MOST_MARKS, MOST_MARKS, f"Markdown characters ({' '.join(MARKS)})", instead)
    return ""


def excess_of_paste(html: str) -> str:
    """The same for pasted HTML."""
    before, *pieces = html.split("<")
    parts = [piece.partition(">") for piece in pieces]
    size, tags = len(html.encode(errors="replace")), len(parts)
    longest = max((len(tag) for tag, _, _ in parts), default=0)
    words = len(before) + sum(len(text) for _, _, text in parts)
    if size > LARGEST_PASTE:
        over, most, what = size - LARGEST_PASTE, LARGEST_PASTE, "bytes"
    elif tags > MOST_TAGS:
        over, most, what = tags - MOST_TAGS, MOST_TAGS, "tags"
    elif longest > LONGEST_TAG:
        over, most, what = longest - LONGEST_TAG, LONGEST_TAG, "characters in one tag"
    elif words > LONGEST_PASTE:
        over, most, what = words - LONGEST_PASTE, LONGEST_PASTE, "characters"
    else:
        return ""
    return f"This is {over:,} {what} over the limit of {most:,}: paste it in parts, or as plain text."


def _sentence(over: int, most: int, what: str, instead: str) -> str:
    return f"This is {over:,} {what} over the limit of {most:,}: {instead}."
