"""The changes of two saves to one value, and the question to ask if they conflict."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from reviews.admin.parts.fields import merge_tags
from reviews.text import Agreed, Choice, Conflict, Whose

T = TypeVar("T")

GONE = "(none)"

NEAR = 160
"""How much unchanged text is shown beside a change, in characters."""


@dataclass(frozen=True)
class Question:
    """A conflict. ``name`` is the form field of the answer; ``is_text`` says that both versions can be kept."""

    name: str
    conflict: Conflict
    is_text: bool
    choice: Choice | None = None


@dataclass(frozen=True)
class Same:
    """Text that nobody changed; ``is_long`` where it is far from any change."""

    text: str
    is_long: bool = False
    whose: str = Whose.NOBODY


@dataclass(frozen=True)
class MergedPart:
    """A field or judgement that either side changed. ``pieces`` are its merged parts, in order."""

    label: str
    pieces: tuple[Agreed | Question, ...]

    @property
    def questions(self) -> list[Question]:
        return [piece for piece in self.pieces if isinstance(piece, Question)]

    @property
    def shown(self) -> Iterator[Agreed | Question | Same]:
        """The pieces for a page, with long unchanged text split in three (start, folded middle, end)."""
        last = len(self.pieces) - 1
        for number, piece in enumerate(self.pieces):
            if isinstance(piece, Agreed) and piece.whose is Whose.NOBODY:
                yield from _around(piece.text, is_first=number == 0, is_last=number == last)
            else:
                yield piece

    @property
    def whose(self) -> str:
        """Who changed it: ``mine``, ``theirs`` or ``both`` (in the same way or in different places)."""
        sides = {str(piece.whose) for piece in self.pieces if isinstance(piece, Agreed)} - {Whose.NOBODY}
        return sides.pop() if len(sides) == 1 and not self.questions else "both"


@dataclass
class Merged:
    """``parts`` are what changed on either side."""

    parts: list[MergedPart] = field(default_factory=list)

    @property
    def questions(self) -> list[Question]:
        return [question for part in self.parts for question in part.questions]

    @property
    def is_answered(self) -> bool:
        return all(question.choice for question in self.questions)


def whole(
    name: str,
    words: list[str],
    sides: tuple[object, ...],
    answers: Mapping[str, str],
    *,
    is_set: bool = False,
) -> Iterator[Agreed | Question]:
    """The pieces of a value that is not merged inside: the changed side's value, or a question."""
    (was, mine, theirs), (base, ours, other) = words, sides
    if ours == other:
        yield Agreed(Whose.BOTH, was, mine)
    elif ours == base:
        yield Agreed(Whose.THEIRS, was, theirs)
    elif other == base:
        yield Agreed(Whose.MINE, was, mine)
    elif is_set:
        yield Agreed(Whose.BOTH, was, merge_tags(was, mine, theirs))
    else:
        yield from asked(name, (Conflict(was, mine, theirs, ""),), answers, is_text=False)


def chosen(pieces: tuple[Agreed | Question, ...], mine: T, theirs: T) -> T:
    (piece,) = pieces
    if isinstance(piece, Agreed):
        return theirs if piece.whose is Whose.THEIRS else mine
    return theirs if piece.choice is Choice.THEIRS else mine


def asked(
    name: str, pieces: tuple[Agreed | Conflict, ...], answers: Mapping[str, str], *, is_text: bool
) -> Iterator[Agreed | Question]:
    number = 0
    for piece in pieces:
        if isinstance(piece, Agreed):
            yield piece
            continue
        asked = f"choose-{name}-{number}"
        answer = answers.get(asked, "")
        allowed = [choice.value for choice in Choice if is_text or choice is not Choice.BOTH]
        yield Question(asked, piece, is_text, Choice(answer) if answer in allowed else None)
        number += 1


def resolved(pieces: tuple[Agreed | Question, ...]) -> str:
    return "".join(
        piece.text if isinstance(piece, Agreed) else piece.conflict.resolved(piece.choice or Choice.MINE)
        for piece in pieces
    )


def _around(text: str, *, is_first: bool, is_last: bool) -> Iterator[Same]:
    """Split the text between two changes: context of each, and the rest."""
    head = 0 if is_first else _cut(text.find("\n\n", NEAR), text.find(" ", NEAR))
    far = max(len(text) - NEAR, 0)
    tail = len(text) if is_last else _cut(text.rfind("\n\n", 0, far), text.rfind(" ", 0, far))
    if head < 0 or tail < 0 or tail - head < NEAR:
        yield Same(text)
        return
    yield from (Same(text[:head].rstrip("\n")), Same(text[head:tail].strip("\n"), is_long=True))
    yield Same(text[tail:].lstrip("\n"))


def _cut(between_paragraphs: int, between_words: int) -> int:
    """Where to cut a text: between paragraphs if that is near enough, and else between words."""
    is_near = between_paragraphs >= 0 and abs(between_paragraphs - between_words) < 5 * NEAR
    return between_paragraphs if is_near else between_words
