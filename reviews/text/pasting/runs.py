"""White space in runs: only what a browser would show."""

import re
from itertools import groupby

from reviews.text.pasting.model import Run

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\ufffc]")
_SPACES = re.compile(r"[ \t\n\r\f]+")
# Between two words it was intended. In a row, or beside a tag, it is how a program writes a space that must
# not vanish.
_NO_BREAK = re.compile(r"\A[ \xa0]+|[ \xa0]+\Z|[ \xa0]{2,}")


def folded(text: str) -> str:
    """The words of one text node, with white space collapsed and soft hyphens and similar characters removed."""
    return _NO_BREAK.sub(" ", _SPACES.sub(" ", _INVISIBLE.sub("", text)))


def is_blank(runs: list[Run]) -> bool:
    return not any(run.text.strip() for run in runs)


def lines_of(runs: list[Run]) -> list[list[Run]]:
    """Paragraphs, without spaces at the edges of a line: two line breaks separate them, a single one stays."""
    paragraphs: list[list[Run]] = []
    current: list[Run] = []
    breaks = 0
    for run in runs:
        if run.text == "\n":
            breaks += 1
            continue
        text = run.text
        if breaks or not current or current[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        if breaks and current:
            _trim(current)
            if breaks > 1:
                paragraphs.append(current)
                current = []
            else:
                current.append(Run("\n"))
        breaks = 0
        current.append(Run(text, run.look))
    _trim(current)
    return [*paragraphs, current] if current else paragraphs


def _trim(runs: list[Run]) -> None:
    while runs and not (text := runs[-1].text.rstrip(" ")):
        runs.pop()
    if runs:
        runs[-1] = Run(text, runs[-1].look)


def joined(runs: list[Run]) -> list[Run]:
    """Consecutive runs in the same format joined; every footnote mark stays a run of its own."""
    found: list[Run] = []
    for look, alike in groupby(runs, key=lambda run: run.look):
        if look.note:
            found += alike
        else:
            found.append(Run("".join(run.text for run in alike), look))
    return found
