"""Compare what readers see before and after, block by block, and within each block word by word.

Compares the rendered page, not the Markdown: headings, list items, table rows, footnotes and spoilers are separate
blocks. If the words stay but their appearance changes (a different link target, emphasis, a paragraph that becomes a
heading), a remark describes the change.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from reviews.text.diff.alignment import align
from reviews.text.diff.changes import ChangeKind, WordRun, parts_of, runs_of
from reviews.text.diff.pieces import Piece, pieces_of, words_of
from reviews.text.diff.remarks import remarks_on
from reviews.text.markdown.body import read
from reviews.text.markdown.grammar import to_html


@dataclass(frozen=True, slots=True)
class Block:
    """A block before and after. ``name`` says what it is, such as ``a paragraph in a spoiler``; empty for plain text.

    The same and removed runs together are the old block; the same and new runs, the new one. White space is as browsers
    show it: collapsed to one space, and none at the ends. ``remarks`` are sentences.
    """

    name: str
    kind: ChangeKind
    runs: tuple[WordRun, ...]
    remarks: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it needs no label: a paragraph or plain text, neither added nor removed."""
        return self.kind in (ChangeKind.SAME, ChangeKind.CHANGED) and self.name in ("", "a paragraph")

    @property
    def before(self) -> str:
        return "".join(run.text for run in self.runs if run.kind is not ChangeKind.NEW)

    @property
    def after(self) -> str:
        return "".join(run.text for run in self.runs if run.kind is not ChangeKind.GONE)


@dataclass(frozen=True, slots=True)
class BlockRun:
    """Consecutive blocks, to show or, if ``is_folded``, to hide because all of them are unchanged."""

    blocks: tuple[Block, ...]
    is_folded: bool


ALIKE = 0.3
"""The share of common words from which two blocks are one changed block, not one removed and one added."""

WINDOW = 20
"""How many unmatched blocks of each side are compared with each other at a time."""

_BLANK = re.compile(r"\s+")


def compare(before: str, after: str) -> list[Block]:
    """Compare two bodies in Markdown. Takes any strings and never raises; the time grows with their length."""
    was, becomes = read(before), read(after)
    blocks = list(_blocks(pieces_of(was), pieces_of(becomes)))
    if all(block.kind is ChangeKind.SAME for block in blocks) and _laid_out(was) != _laid_out(becomes):
        remark = "The same words are laid out in another way."
        return [*blocks, Block("", ChangeKind.CHANGED, (), (remark,))]
    return blocks


def compare_words(before: str, after: str) -> Block:
    """Compare two plain texts, each of which a page shows as one paragraph."""
    return _block(Piece("", words_of(before)), Piece("", words_of(after)))


def fold_unchanged(blocks: Sequence[Block], *, around: int = 1) -> list[BlockRun]:
    """The blocks in groups: two or more unchanged ones are folded if more than ``around`` blocks from any change."""
    changed = [number for number, block in enumerate(blocks) if block.kind is not ChangeKind.SAME]
    near = {number + step for number in changed for step in range(-around, around + 1)}
    stretches: list[BlockRun] = []
    for number, block in enumerate(blocks):
        is_folded = number not in near
        if stretches and stretches[-1].is_folded == is_folded:
            stretches[-1] = replace(stretches[-1], blocks=(*stretches[-1].blocks, block))
        else:
            stretches.append(BlockRun((block,), is_folded))
    return [replace(each, is_folded=each.is_folded and len(each.blocks) > 1) for each in stretches]


def _laid_out(tokens: list[Token]) -> str:
    return _BLANK.sub(" ", to_html(tokens))


# -- Which block became which ----------------------------------------------------------------------------------


def _blocks(before: list[Piece], after: list[Piece]) -> Iterator[Block]:
    begin = start = 0
    same = align([_key(piece) for piece in before], [_key(piece) for piece in after])
    for one, other in [*same, (len(before), len(after))]:
        yield from _unmatched(before[begin:one], after[start:other])
        if one < len(before):
            yield _block(before[one], after[other])
        begin, start = one + 1, other + 1


def _key(piece: Piece) -> str:
    return piece.text or piece.name


def _unmatched(before: list[Piece], after: list[Piece]) -> Iterator[Block]:
    """Blocks between two unchanged ones: similar blocks are paired as changed, the others are removed or added."""
    while before or after:
        yield from _window(before[:WINDOW], after[:WINDOW])
        before, after = before[WINDOW:], after[WINDOW:]


def _window(before: list[Piece], after: list[Piece]) -> Iterator[Block]:
    begin = start = 0
    for one, other in [*_most_alike(before, after), (len(before), len(after))]:
        yield from (_lone(piece, ChangeKind.GONE) for piece in before[begin:one])
        yield from (_lone(piece, ChangeKind.NEW) for piece in after[start:other])
        if one < len(before):
            yield _block(before[one], after[other])
        begin, start = one + 1, other + 1


def _most_alike(before: list[Piece], after: list[Piece]) -> Iterator[tuple[int, int]]:
    """The pairs of similar blocks, both indices increasing, with the highest total likeness."""
    was, becomes = [_bag(piece) for piece in before], [_bag(piece) for piece in after]
    alike = [[_likeness(one, other) for other in becomes] for one in was]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for one in range(len(before) - 1, -1, -1):
        for other in range(len(after) - 1, -1, -1):
            paired = alike[one][other] + best[one + 1][other + 1] if alike[one][other] else 0.0
            best[one][other] = max(paired, best[one + 1][other], best[one][other + 1])
    one = other = 0
    while one < len(before) and other < len(after):
        if best[one][other] == best[one + 1][other]:
            one += 1
        elif best[one][other] == best[one][other + 1]:
            other += 1
        else:
            yield one, other
            one, other = one + 1, other + 1


def _bag(piece: Piece) -> Counter[str]:
    return Counter(word.text.casefold() for word in piece.words if word.is_spoken)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common: 1 for the same words, 0 if less than ``ALIKE``."""
    size = one.total() + other.total()
    if not size or 2 * min(one.total(), other.total()) < ALIKE * size:
        return 0.0
    share = 2 * (one & other).total() / size
    return share if share >= ALIKE else 0.0


def _lone(piece: Piece, kind: ChangeKind) -> Block:
    remarks = remarks_on(None, piece, parts_of((), piece.words)) if kind is ChangeKind.NEW else ()
    return Block(piece.name, kind, (WordRun(kind, piece.text),) if piece.text else (), remarks)


def _block(before: Piece, after: Piece) -> Block:
    parts = parts_of(before.words, after.words)
    runs, remarks = runs_of(parts), remarks_on(before, after, parts)
    is_same = not remarks and all(run.kind is ChangeKind.SAME for run in runs)
    return Block(after.name, ChangeKind.SAME if is_same else ChangeKind.CHANGED, runs, remarks)
