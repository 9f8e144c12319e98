"""Anchors: mark where the passages that judgements cite begin, and every word in them."""

from bisect import insort
from collections.abc import Mapping, Sequence
from html import escape

from markdown_it.token import Token

from reviews.text.characters import clean_characters
from reviews.text.markdown.body import markup
from reviews.text.markdown.plain import aloud
from reviews.text.passages.finding import locate


def cut_at_passages(tokens: Sequence[Token], passages: Mapping[str, str]) -> dict[int, list[Token]]:
    """The tokens that replace text tokens of a body, by ``id()`` of the token, to mark its passages.

    ``passages`` maps anchor ids to evidence; see ``rendering.render`` for the HTML. Takes time in proportion to the
    body for each passage, and to the HTML written.
    """
    reading = aloud(tokens)
    events: list[tuple[int, bool, int]] = []
    for number, passage in enumerate(locate(reading, passages.values()), 1):
        if passage is not None:
            events += [(passage.start, True, number), (passage.end, False, number)]
    events.sort()
    anchors = dict(enumerate(passages, 1))
    cut: dict[int, list[Token]] = {}
    inside: list[int] = []
    at = 0
    for run in reading.runs:
        pieces: list[Token] = []
        content, position = run.token.content, run.start
        end = position + len(content)
        while at < len(events) and events[at][0] < end:
            moment, starts, number = events[at]
            at += 1
            if moment > position:
                pieces.extend(_highlighted(content[position - run.start : moment - run.start], inside))
                position = moment
            if starts:
                insort(inside, number)
                pieces.append(markup("html_inline", _anchor_html(anchors[number], number)))
            else:
                inside.remove(number)
        if pieces or inside:
            pieces.extend(_highlighted(content[position - run.start :], inside))
            cut[id(run.token)] = pieces
    return cut


def _highlighted(content: str, numbers: list[int]) -> list[Token]:
    text = Token("text", "", 0, content=content)
    if not numbers:
        return [text]
    opening = Token(
        "span_open", "span", 1, attrs={"class": "passage", "data-passages": " ".join(map(str, numbers))}
    )
    return [opening, text, Token("span_close", "span", -1)]


def _anchor_html(anchor: str, number: int) -> str:
    return f'<span id="{escape(clean_characters(anchor))}" data-passage="{number}"></span>'
