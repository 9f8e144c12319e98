"""Find a passage in a body."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.text.characters import clean_characters
from reviews.text.markdown.body import Body, tokens_of
from reviews.text.markdown.plain import PlainText, aloud
from reviews.text.passages.folding import fold, fold_passage


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was found: ``plain_text(source)[start:end]``, verbatim in ``text``.

    ``in_spoiler``: at least part of it is in a spoiler, its title or its footnotes.
    """

    start: int
    end: int
    text: str
    in_spoiler: bool


def find_passage(source: str | Body, passage: str) -> Passage | None:
    """The first occurrence of the passage in the plain text of the body, or None.

    It may cross emphasis, links, footnote marks and paragraphs. It begins and ends at word boundaries: "art" is not
    found in "party". ``folding`` defines which texts count as equal. An empty or blank passage is never found. Takes
    any strings and never raises.
    """
    return find_passages(source, [passage])[0]


def find_passages(source: str | Body, passages: Iterable[str]) -> list[Passage | None]:
    """``find_passage`` for each of the passages, in order; the body is parsed once."""
    return locate(aloud(tokens_of(source)), passages)


def locate(reading: PlainText, passages: Iterable[str]) -> list[Passage | None]:
    """The same in a body that is already parsed."""
    asked = [fold_passage(clean_characters(passage)) for passage in passages]
    if not any(asked):
        return [None] * len(asked)
    body = fold(reading.text)
    found: list[Passage | None] = []
    for sought in asked:
        # A folded passage has a boundary at both ends; the words are between them.
        at = body.text.find(sought) if sought else -1
        if at < 0:
            found.append(None)
            continue
        start, end = body.starts[at + 1], body.ends[at + len(sought) - 2]
        text = reading.text[start:end]
        found.append(Passage(start, end, text, reading.is_hidden(start, end)))
    return found
