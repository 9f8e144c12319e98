"""Merge two people's changes to one text word by word; where they conflict, a person chooses.

The texts are Markdown as typed, not the rendered page. A change covers whole words, punctuation marks and the white
space between them. Unchanged text separates two changes, so that both can be made, by these rules:

* a paragraph boundary always separates;
* words do, unless there is only one for every three of the smaller change (a rewritten sentence), or they are part of
  one run without white space (an address, a date, a word with its punctuation);
* punctuation and white space do not.

Changes that are not separated are one change if one side alone made them, and otherwise a conflict.

If there are more changes than anybody would review, or more tokens than in a long essay, whole lines are compared
instead of words; if that is still too many, the texts are one conflict.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from reviews.text.characters import clean_characters, is_unspaced
from reviews.text.diff.tokens import CLOSES, OPENS, kept_places, lines_of, text_of, tokens_of, word_count

MOST_TOKENS = 100_000
"""In each text. English prose of 200,000 characters has 80,000 tokens."""
MOST_CHANGES = 2_000
"""Pieces of a merge that at least one side changed."""


class Whose(StrEnum):
    """Who changed a stretch of text: nobody, one side, or both in the same way."""

    NOBODY = "nobody"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class Choice(StrEnum):
    """How a conflict is resolved. ``BOTH`` is their text, which was saved first, followed by mine."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Agreed:
    """A piece that needs no choice: ``text`` replaces ``base``, and equals it if nobody changed it."""

    whose: Whose
    base: str
    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A piece that each side changed differently, with the white space at its ends; a side may be empty.

    ``joint`` separates the two if both are kept: a blank line between paragraphs, a line feed between lines, a space
    between words.
    """

    base: str
    mine: str
    theirs: str
    joint: str

    def resolved(self, choice: Choice) -> str:
        """The chosen text. If one side only removed words, ``BOTH`` is the other side's text."""
        if choice is Choice.BOTH and self.mine.strip() and self.theirs.strip():
            return self.theirs.rstrip() + self.joint + self.mine.lstrip()
        if choice is Choice.BOTH:
            choice = Choice.MINE if self.mine.strip() else Choice.THEIRS
        return self.mine if choice is Choice.MINE else self.theirs


def merge(base: str, mine: str, theirs: str) -> tuple[Agreed | Conflict, ...]:
    """Merge ``mine`` and ``theirs``, two changed versions of ``base``, and return the pieces in order.

    Takes any strings and never raises; the time grows with their length. The texts are cleaned first, as fields clean
    what they store (``clean_characters``): CR LF becomes a line feed. The pieces contain each of the three texts
    exactly, so nothing that a side typed is lost. Swapping the sides swaps them in the pieces.
    """
    texts = [clean_characters(text) for text in (base, mine, theirs)]
    for cut in (tokens_of, lines_of):
        if (merged := merged_by(cut, *texts)) is not None:
            return merged
    return merged_whole(*texts)


def merged_by(
    cut: Callable[[str], list[str]], base: str, mine: str, theirs: str
) -> tuple[Agreed | Conflict, ...] | None:
    """Merge clean texts by one kind of token; None if there are too many tokens or changes."""
    tokens = [cut(text) for text in (base, mine, theirs)]
    if any(len(each) > MOST_TOKENS for each in tokens):
        return None
    parts = list(_parts(*tokens))
    # Neighbouring parts can become one change, but from more than this there are always too many changes.
    if sum(part.whose is not Whose.NOBODY for part in parts) > 5 * MOST_CHANGES:
        return None
    merged = tuple(_coalesced(piece for paragraph in _paragraphs(parts) for piece in _pieces(paragraph)))
    changes = sum(isinstance(piece, Conflict) or piece.whose is not Whose.NOBODY for piece in merged)
    return merged if changes <= MOST_CHANGES else None


def merged_whole(base: str, mine: str, theirs: str) -> tuple[Agreed | Conflict, ...]:
    """Merge clean texts, each as a single token: agreed if only one side changed anything."""
    return tuple(_coalesced(_pieces([_Part([base], [mine], [theirs])])))


def resolved(merged: Iterable[Agreed | Conflict], choices: Sequence[Choice]) -> str:
    """The merged text, with one choice for each conflict, in order.

    Raises ``ValueError`` if there are more or fewer choices than conflicts.
    """
    pieces = list(merged)
    conflicts = [piece for piece in pieces if isinstance(piece, Conflict)]
    chosen = iter([piece.resolved(choice) for piece, choice in zip(conflicts, choices, strict=True)])
    return "".join(piece.text if isinstance(piece, Agreed) else next(chosen) for piece in pieces)


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens of the base, and what each side has in their place."""

    base: list[str]
    mine: list[str]
    theirs: list[str]
    whose: Whose | None = field(init=False)
    """Who changed it; None for a conflict."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "whose", self._whose())

    @property
    def sides(self) -> tuple[list[str], list[str], list[str]]:
        return self.base, self.mine, self.theirs

    def _whose(self) -> Whose | None:
        if self.base is self.mine is self.theirs:
            return Whose.NOBODY
        base, mine, theirs = map(text_of, self.sides)
        if mine == theirs:
            return Whose.NOBODY if mine == base else Whose.BOTH
        return Whose.MINE if theirs == base else Whose.THEIRS if mine == base else None

    @property
    def has_edges(self) -> bool:
        """Whether a paragraph begins or ends within it, in any of the three texts."""
        return any(edge in side for side in self.sides for edge in (OPENS, CLOSES))

    @property
    def is_blank(self) -> bool:
        """Whether it is unchanged, and empty or only white space."""
        return self.whose is Whose.NOBODY and not text_of(self.base).strip()

    @property
    def is_tied(self) -> bool:
        """Whether it is unchanged and belongs to adjacent text, as a punctuation mark belongs to its word."""
        text = text_of(self.base)
        return self.whose is Whose.NOBODY and not (text[:1].isspace() or is_unspaced(text[:1]))

    @property
    def size(self) -> int:
        return max(word_count(side) for side in self.sides)


def _joined(parts: Sequence[_Part]) -> _Part:
    return _Part(*([token for part in parts for token in part.sides[side]] for side in range(3)))


def _parts(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[_Part]:
    """Each token that both sides keep, and between those what a side changed."""
    here, there = kept_places(base, mine), kept_places(base, theirs)
    starts = (0, 0, 0)
    for place in [*sorted(here.keys() & there.keys()), len(base)]:
        ends = (place, here.get(place, len(mine)), there.get(place, len(theirs)))
        if ends != starts:
            yield _Part(
                *(
                    side[start:end]
                    for side, start, end in zip((base, mine, theirs), starts, ends, strict=True)
                )
            )
        if place < len(base):
            kept = [base[place]]
            yield _Part(kept, kept, kept)
        starts = (ends[0] + 1, ends[1] + 1, ends[2] + 1)


def _paragraphs(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """The parts grouped by paragraph: a boundary that both sides keep separates them."""
    paragraph: list[_Part] = []
    for part in parts:
        if part.whose is Whose.NOBODY and part.base in ([OPENS], [CLOSES]):
            yield paragraph
            paragraph = []
        else:
            paragraph.append(part)
    yield paragraph


# -- Changes and conflicts -------------------------------------------------------------------------------------


def _joined_changes(parts: Iterable[_Part]) -> Iterator[_Part]:
    """The parts of a paragraph, with changes that are not separated joined."""
    changes: list[_Part] = []
    kept: list[_Part] = []
    size = 0
    for part in parts:
        if part.whose is Whose.NOBODY:
            kept.append(part)
            continue
        if changes and _separates(kept, changes[-1], part, min(size, part.size)):
            yield from _settled(changes)
            changes, size = [], 0
        if not changes:
            yield from kept
            kept = []
        changes += [*kept, part]
        size += part.size
        kept = []
    yield from _settled(changes)
    yield from kept


def _separates(kept: Sequence[_Part], left: _Part, right: _Part, size: int) -> bool:
    """Whether the unchanged text separates two changes, the smaller of which has ``size`` words."""
    between = [token for part in kept for token in part.base]
    words = word_count(between)
    touching = [side[-1] for side in left.sides if side] + [side[0] for side in right.sides if side]
    has_space = any(token.isspace() or is_unspaced(token[0]) for token in between + touching)
    return has_space and words > 0 and 3 * words > size


def _settled(parts: Sequence[_Part]) -> Sequence[_Part]:
    """Changes that are not separated: one conflict, one change, or a side's changes beside those of both sides."""
    whose = {part.whose for part in parts} - {Whose.NOBODY}
    is_conflict = None in whose or whose >= {Whose.MINE, Whose.THEIRS}
    return [_joined(parts)] if is_conflict or len(whose) == 1 else parts


def _pieces(paragraph: Sequence[_Part]) -> Iterator[Agreed | Conflict]:
    """Agreed pieces and conflicts. A conflict begins and ends at white space; if it splits, joins, adds or removes
    paragraphs, it contains whole paragraphs."""
    parts = list(_joined_changes(paragraph))
    if any(part.whose is None and part.has_edges for part in parts):
        blank = [part.is_blank for part in parts]
        first, last = blank.index(False), len(blank) - blank[::-1].index(False)
        parts = [*parts[:first], _joined(parts[first:last]), *parts[last:]]
    else:
        parts = list(_to_white_space(parts))
    is_whole = sum(not part.is_blank for part in parts) == 1
    for part in parts:
        base, mine, theirs = map(text_of, part.sides)
        if part.whose is None:
            has_lines = "\n" in base + mine + theirs
            yield Conflict(base, mine, theirs, "\n\n" if is_whole else "\n" if has_lines else " ")
        else:
            yield Agreed(part.whose, base, theirs if part.whose is Whose.THEIRS else mine)


def _to_white_space(parts: Sequence[_Part]) -> Iterator[_Part]:
    """The parts, each conflict extended to the nearest white space."""
    begin = 0
    for number, part in enumerate(parts):
        if part.whose is not None:
            continue
        left, right = number, number + 1
        if any(not side[0].isspace() for side in part.sides if side):
            while left > begin and parts[left - 1].is_tied:
                left -= 1
        if any(not side[-1].isspace() for side in part.sides if side):
            while right < len(parts) and parts[right].is_tied:
                right += 1
        yield from parts[begin:left]
        yield _joined(parts[left:right])
        begin = right
    yield from parts[begin:]


def _coalesced(pieces: Iterable[Agreed | Conflict]) -> Iterator[Agreed | Conflict]:
    """The pieces, with consecutive changes of one side joined and empty pieces left out."""
    present = (piece for piece in pieces if isinstance(piece, Conflict) or piece.base or piece.text)
    for whose, run in groupby(present, lambda piece: piece.whose if isinstance(piece, Agreed) else None):
        if whose is None:
            yield from run
        else:
            agreed = [piece for piece in run if isinstance(piece, Agreed)]
            base, text = "".join(piece.base for piece in agreed), "".join(piece.text for piece in agreed)
            yield Agreed(whose, base, text)
