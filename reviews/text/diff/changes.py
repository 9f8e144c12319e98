"""Changes between two lists of words: which words stay, and which are removed or added."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviews.text.diff.alignment import align
from reviews.text.diff.pieces import Word


class ChangeKind(StrEnum):
    """What happened to words or to a block. Only a block can be ``CHANGED``: part of it stays."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words that are the same, removed or added, with the white space between them."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class ChangePart:
    """Consecutive words that stay, or that one side has in place of the other's (either may be empty)."""

    is_same: bool
    before: Sequence[Word]
    after: Sequence[Word]

    @property
    def size(self) -> int:
        return max(len(self.before), len(self.after))


def parts_of(before: Sequence[Word], after: Sequence[Word]) -> list[ChangePart]:
    """Unchanged and changed parts, alternating."""
    pairs = align([word.text for word in before], [word.text for word in after])
    parts: list[ChangePart] = []
    begin = start = at = 0
    while begin < len(before) or start < len(after):
        one, other = pairs[at] if at < len(pairs) else (len(before), len(after))
        if (one, other) != (begin, start):
            parts.append(ChangePart(False, before[begin:one], after[start:other]))
            begin, start = one, other
            continue
        first = at
        while at < len(pairs) and pairs[at] == (one + at - first, other + at - first):
            at += 1
        begin, start = one + at - first, other + at - first
        parts.append(ChangePart(True, before[one:begin], after[other:start]))
    return parts


def runs_of(parts: Iterable[ChangePart]) -> tuple[WordRun, ...]:
    """The parts as text: removed words come before the words that replace them."""
    runs: list[WordRun] = []
    texts: dict[ChangeKind, list[str]] = {ChangeKind.SAME: [], ChangeKind.GONE: [], ChangeKind.NEW: []}

    def write() -> None:
        for kind, pieces in texts.items():
            if text := "".join(pieces):
                runs.append(WordRun(kind, text))
            pieces.clear()

    for kind, text in _texts(_with_short_parts_joined(parts)):
        if kind is ChangeKind.SAME and (texts[ChangeKind.GONE] or texts[ChangeKind.NEW]):
            write()
        if text:
            texts[kind].append(text)
    write()
    return tuple(runs)


def _with_short_parts_joined(parts: Iterable[ChangePart]) -> list[ChangePart]:
    """The parts, but a short unchanged part between two long changes is part of the change: a rewritten sentence is
    easier to read as a whole than word by word."""
    kept: list[ChangePart] = []
    for part in parts:
        kept.append(part)
        if len(kept) > 2 and not part.is_same and _is_short(*kept[-3:]):
            left, middle, right = kept[-3:]
            before = _joined_words(left.before, middle.before, right.before)
            after = _joined_words(left.after, middle.after, right.after)
            kept[-3:] = [ChangePart(False, before, after)]
    return kept


class _JoinedWords(list[Word]):
    """A list of words of several parts that can be extended: copying it each time would take quadratic time."""


def _joined_words(first: Sequence[Word], *others: Sequence[Word]) -> _JoinedWords:
    gathered = first if isinstance(first, _JoinedWords) else _JoinedWords(first)
    for words in others:
        gathered += words
    return gathered


def _is_short(left: ChangePart, middle: ChangePart, right: ChangePart) -> bool:
    """Whether at most one word stays for every three that change on each side, and at most two other marks."""
    spoken = sum(word.is_spoken for word in middle.before)
    return len(middle.before) <= 2 + spoken and 3 * spoken <= min(left.size, right.size)


def _texts(parts: Iterable[ChangePart]) -> Iterator[tuple[ChangeKind, str]]:
    for part in parts:
        if part.is_same:
            for one, other in zip(part.before, part.after, strict=True):
                if one.gap != other.gap:
                    yield ChangeKind.GONE, one.gap
                    yield ChangeKind.NEW, other.gap
                elif one.gap:
                    yield ChangeKind.SAME, one.gap
                yield ChangeKind.SAME, one.text
            continue
        gone, new = ("".join(word.gap + word.text for word in words) for words in (part.before, part.after))
        gaps = {words[0].gap if words else "" for words in (part.before, part.after)}
        if len(gaps) == 1 and (gap := gaps.pop()):
            yield ChangeKind.SAME, gap
            gone, new = gone.removeprefix(gap), new.removeprefix(gap)
        yield ChangeKind.GONE, gone
        yield ChangeKind.NEW, new
