"""Passages: is this text a passage of that body, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.text.characters import clean_characters
from reviews.text.markdown.document import Body, tokens_of
from reviews.text.markdown.plain import PlainText, aloud
from reviews.text.passages.folding import fold, fold_passage


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was found: ``plain_text(source)[start:end]``, verbatim in ``text``.

    ``in_spoiler`` says that a spoiler, its title or its footnotes hold at least a part of it.
    """

    start: int
    end: int
    text: str
    in_spoiler: bool


def find_passage(source: str | Body, passage: str) -> Passage | None:
    """The first occurrence of the passage in the plain text of the body, or None.

    It may run across emphasis, links, footnote marks and paragraphs. It begins and ends where words do: "art"
    is no passage of "party". ``folding`` says what counts as the same text. An empty or blank passage is
    never found. Takes any strings and never raises.
    """
    return find_passages(source, [passage])[0]


def find_passages(source: str | Body, passages: Iterable[str]) -> list[Passage | None]:
    """What ``find_passage`` finds for each of the passages, in their order, for one reading of the body."""
    return locate(aloud(tokens_of(source)), passages)


def locate(reading: PlainText, passages: Iterable[str]) -> list[Passage | None]:
    """The same in a body that has been read already."""
    asked = [fold_passage(clean_characters(passage)) for passage in passages]
    if not any(asked):
        return [None] * len(asked)
    body = fold(reading.text)
    found: list[Passage | None] = []
    for sought in asked:
        # Both ends of what is sought are boundaries: the words stand between them.
        at = body.text.find(sought) if sought else -1
        if at < 0:
            found.append(None)
            continue
        start, end = body.starts[at + 1], body.ends[at + len(sought) - 2]
        text = reading.text[start:end]
        found.append(Passage(start, end, text, reading.is_hidden(start, end)))
    return found
