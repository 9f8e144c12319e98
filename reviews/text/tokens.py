"""Tokens: a text as it was typed, in words and what stands between them, and which of them stay when it is changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from reviews.text.alignment import align
from reviews.text.folding import BOUNDARY, fold

OPENS, CLOSES = f"{BOUNDARY}[", f"{BOUNDARY}]"
"""Tokens without text at the edges of each paragraph, which stay when the words beside them change."""

_STOPS = (".", "!", "?", "…")
_CLOSERS = frozenset("\"'”’»)]*_")


def tokens_of(text: str) -> list[str]:
    """Words, marks of punctuation and runs of white space, which together are the text; and the edges of paragraphs.

    Words begin and end where those of a passage may (``folding``), but "don't" is one. Paragraphs are what stands
    between blank lines.
    """
    folded = fold(text)
    cuts = [0]
    for index, character in enumerate(folded.text):
        if character == BOUNDARY and not _is_within_a_word(folded.text, index):
            cuts.append(folded.starts[index])
    tokens = [OPENS]
    for start, end in pairwise(cuts):
        token = text[start:end]
        if token.isspace() and token.count("\n") > 1:
            tokens += [CLOSES, token, OPENS]
        elif token:
            tokens.append(token)
    return [*tokens, CLOSES]


def _is_within_a_word(folded: str, index: int) -> bool:
    """Whether a boundary follows an apostrophe that belongs to the letters around it."""
    return (
        folded[index - 1] == "'" and folded[index - 2] != BOUNDARY and folded[index + 1 : index + 2].isalnum()
    )


def text_of(tokens: Iterable[str]) -> str:
    return "".join(token for token in tokens if token not in (OPENS, CLOSES))


def spoken(tokens: Iterable[str]) -> int:
    """How many of the tokens are words, and more than punctuation."""
    return sum(any(character.isalnum() for character in token) for token in tokens)


# -- Which token became which ----------------------------------------------------------------------------------

_PARAGRAPH, _SENTENCE, _WORD = range(3)


@dataclass(frozen=True, slots=True)
class _Word:
    """A token that is no white space, its place among the tokens, and the largest unit that begins with it."""

    place: int
    text: str
    begins: int


def _words(tokens: list[str]) -> list[_Word]:
    """The words of a text. A line is taken for a sentence: it may be an item of a list."""
    words: list[_Word] = []
    gap, last, has_ended = "", "", False
    for place, token in enumerate(tokens):
        if token.isspace():
            gap = token
            continue
        is_sentence = token == CLOSES or last == OPENS or "\n" in gap or (has_ended and gap)
        begins = _PARAGRAPH if token == OPENS else _SENTENCE if is_sentence else _WORD
        words.append(_Word(place, token, begins))
        has_ended = token.endswith(_STOPS) or (has_ended and token in _CLOSERS)
        gap, last = "", token
    return words


def _paired(before: list[_Word], after: list[_Word], unit: int = _PARAGRAPH) -> Iterator[tuple[int, int]]:
    """The places of words that stay: those of whole paragraphs first, then of sentences, then one by one."""
    was, becomes = _units(before, unit), _units(after, unit)
    same = align(*([tuple(word.text for word in each) for each in units] for units in (was, becomes)))
    begin = start = 0
    for one, other in [*same, (len(was), len(becomes))]:
        if unit < _WORD:
            gone, new = chain.from_iterable(was[begin:one]), chain.from_iterable(becomes[start:other])
            yield from _paired(list(gone), list(new), unit + 1)
        if one < len(was):
            for word, same_word in zip(was[one], becomes[other], strict=True):
                yield word.place, same_word.place
        begin, start = one + 1, other + 1


def _units(words: list[_Word], unit: int) -> list[list[_Word]]:
    units: list[list[_Word]] = []
    for word in words:
        if not units or word.begins <= unit:
            units.append([])
        units[-1].append(word)
    return units


def kept_places(before: list[str], after: list[str]) -> dict[int, int]:
    """Which token of the one text is which of the other; rising in both. The time grows with their length."""
    pairs: list[tuple[int, int]] = []
    begin = start = 0
    for one, other in _paired(_words(before), _words(after)):
        pairs += _gaps(before, after, (begin, one), (start, other))
        pairs.append((one, other))
        begin, start = one + 1, other + 1
    for edge in (CLOSES, OPENS):
        for _ in range(2):  # What comes, and what goes.
            pairs = [(other, one) for one, other in _at_edges(before, after, pairs, edge)]
            before, after = after, before
        # The beginning of a paragraph is its end, read backwards.
        pairs = [(len(before) - 1 - one, len(after) - 1 - other) for one, other in reversed(pairs)]
        before, after = before[::-1], after[::-1]
    return dict(pairs)


def _gaps(
    before: list[str], after: list[str], here: tuple[int, int], there: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """White space that stays at either end of a stretch without a word that does."""
    (begin, end), (start, stop) = here, there
    if begin == end or start == stop:
        return
    is_last = before[end - 1].isspace() and before[end - 1] == after[stop - 1]
    is_first = before[begin].isspace() and before[begin] == after[start]
    if is_first and not (is_last and 1 in (end - begin, stop - start)):
        yield begin, start
    if is_last:
        yield end - 1, stop - 1


def _at_edges(
    before: list[str], after: list[str], pairs: list[tuple[int, int]], edge: str
) -> list[tuple[int, int]]:
    """The pairs, but where paragraphs come behind one, its end is the first that reads alike, and not the last.

    So what came is "A paragraph." and not ". A paragraph" before the point of the one that was there.
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
