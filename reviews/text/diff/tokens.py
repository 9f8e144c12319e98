"""Tokens: a typed text as words and what is between them, and which tokens stay when it is changed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from reviews.text.characters import is_spoken
from reviews.text.diff.alignment import align
from reviews.text.passages.boundaries import pieces_of, words_of
from reviews.text.passages.folding import BOUNDARY

OPENS, CLOSES = f"{BOUNDARY}[", f"{BOUNDARY}]"
"""Tokens without text at both ends of each paragraph; they stay when the words beside them change."""

_STOPS = (".", "!", "?", "…")
_CLOSERS = frozenset("\"'”’»)]*_")


def tokens_of(text: str) -> list[str]:
    """Words, punctuation marks and runs of white space, which together are the text; and paragraph boundaries.

    Words are those of passages (``folding``), except that "don't" is one word. Blank lines separate paragraphs.
    """
    codes, places = pieces_of(text)
    places = [*places, len(text)]
    cuts = [0, *(places[number] for number in words_of(codes, whole=True))]
    tokens = [OPENS]
    for start, end in pairwise(cuts):
        token = text[start:end]
        if token.isspace() and token.count("\n") > 1:
            tokens += [CLOSES, token, OPENS]
        elif token:
            tokens.append(token)
    return [*tokens, CLOSES]


_LINE = re.compile(r"\n\s*+|[^\n]++")


def lines_of(text: str) -> list[str]:
    """The same by lines: each line is one token, and so is the white space from its end to the next line."""
    tokens = [OPENS]
    for token in _LINE.findall(text):
        tokens += [CLOSES, token, OPENS] if token.isspace() and token.count("\n") > 1 else [token]
    return [*tokens, CLOSES]


def text_of(tokens: Iterable[str]) -> str:
    return "".join(tokens).replace(OPENS, "").replace(CLOSES, "")


def word_count(tokens: Iterable[str]) -> int:
    """How many of the tokens are words and not only punctuation."""
    return sum(map(is_spoken, tokens))


# -- Which token became which ----------------------------------------------------------------------------------

_PARAGRAPH, _SENTENCE, _WORD = range(3)


@dataclass(frozen=True, slots=True)
class _Words:
    """The tokens that are not white space, their index among all tokens, and the largest unit that begins at each.

    Three lists instead of a list of objects: a text may have 200,000 tokens.
    """

    texts: list[str]
    places: list[int]
    begins: list[int]

    def units(self, unit: int, begin: int, end: int) -> list[int]:
        """Where the units between two indices begin, followed by ``end``."""
        inner = [place for place in range(begin + 1, end) if self.begins[place] <= unit]
        return [begin, *inner, end] if begin < end else [end]


def _words(tokens: list[str]) -> _Words:
    """The words of a text. A line counts as a sentence, because it may be a list item."""
    words = _Words([], [], [])
    gap, last, has_ended = "", "", False
    for place, token in enumerate(tokens):
        if token.isspace():
            gap = token
            continue
        is_sentence = token == CLOSES or last == OPENS or "\n" in gap or (has_ended and gap)
        words.texts.append(token)
        words.places.append(place)
        words.begins.append(_PARAGRAPH if token == OPENS else _SENTENCE if is_sentence else _WORD)
        has_ended = token.endswith(_STOPS) or (has_ended and token in _CLOSERS)
        gap, last = "", token
    return words


def _paired(
    before: _Words, after: _Words, here: tuple[int, int], there: tuple[int, int], unit: int = _PARAGRAPH
) -> Iterator[tuple[int, int]]:
    """Index pairs of the words that stay: matched first by whole paragraphs, then by sentences, then one by one."""
    if unit == _WORD:
        for one, other in align(before.texts[slice(*here)], after.texts[slice(*there)]):
            yield here[0] + one, there[0] + other
        return
    was, becomes = before.units(unit, *here), after.units(unit, *there)
    same = align(
        *(
            [tuple(words.texts[first:past]) for first, past in pairwise(places)]
            for words, places in ((before, was), (after, becomes))
        )
    )
    begin, start = here[0], there[0]
    for one, other in [*same, (len(was) - 1, len(becomes) - 1)]:
        if begin < was[one] and start < becomes[other]:
            yield from _paired(before, after, (begin, was[one]), (start, becomes[other]), unit + 1)
        if one < len(was) - 1:
            yield from zip(
                range(was[one], was[one + 1]), range(becomes[other], becomes[other + 1]), strict=True
            )
            begin, start = was[one + 1], becomes[other + 1]


def kept_places(before: list[str], after: list[str]) -> dict[int, int]:
    """The tokens that stay: index before to index after, both increasing. The time grows with the length."""
    was, becomes = _words(before), _words(after)
    pairs: list[tuple[int, int]] = []
    begin = start = 0
    for one_word, other_word in _paired(was, becomes, (0, len(was.texts)), (0, len(becomes.texts))):
        one, other = was.places[one_word], becomes.places[other_word]
        if begin < one and start < other:
            pairs += _gaps(before, after, (begin, one), (start, other))
        pairs.append((one, other))
        begin, start = one + 1, other + 1
    paired = sum(before[one] in (OPENS, CLOSES) for one, _ in pairs)
    if paired == 2 * before.count(OPENS) == 2 * after.count(OPENS):
        return dict(pairs)
    for edge in (CLOSES, OPENS):
        for _ in range(2):  # Added paragraphs, then removed ones.
            pairs = [(other, one) for one, other in _at_edges(before, after, pairs, edge)]
            before, after = after, before
        # The beginning of a paragraph is its end in reverse order.
        pairs = [(len(before) - 1 - one, len(after) - 1 - other) for one, other in reversed(pairs)]
        before, after = before[::-1], after[::-1]
    return dict(pairs)


def _gaps(
    before: list[str], after: list[str], here: tuple[int, int], there: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """White space that stays at either end of two non-empty ranges in which no word stays."""
    (begin, end), (start, stop) = here, there
    is_last = before[end - 1].isspace() and before[end - 1] == after[stop - 1]
    is_first = before[begin].isspace() and before[begin] == after[start]
    if is_first and not (is_last and 1 in (end - begin, stop - start)):
        yield begin, start
    if is_last:
        yield end - 1, stop - 1


def _at_edges(
    before: list[str], after: list[str], pairs: list[tuple[int, int]], edge: str
) -> list[tuple[int, int]]:
    """The pairs; if paragraphs are added after another one, its end is paired with the first equal tokens, not the
    last.

    So the addition is "A paragraph." and not ". A paragraph" before the old paragraph's full stop.
    """
    found = dict(pairs)
    start = 0
    for one, other in pairs:
        if edge in (new := after[start:other]):
            end = one
            while before[end] != edge and found.get(end + 1) == found[end] + 1:
                end += 1
            size = end + 1 - one
            first = start + new.index(edge) + 1 - size
            if first >= start and before[one : end + 1] == after[first : first + size]:
                found.update(zip(range(one, end + 1), range(first, first + size), strict=True))
        start = other + 1
    return list(found.items())
