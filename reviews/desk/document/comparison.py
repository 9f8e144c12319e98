"""Compares two documents of a review, field by field, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from reviews.desk.document.documents import star_scale_now
from reviews.desk.document.fields import (
    FIELDS,
    JUDGEMENT_FIELDS,
    in_words,
    is_judgement_text,
    is_text,
    judgement_in_words,
    label,
)
from reviews.models import Picture, PictureFile
from reviews.rules import ratings
from reviews.rules.document import Document, DocumentJudgement
from reviews.text import (
    Block,
    BlockRun,
    ChangeKind,
    WordRun,
    compare,
    compare_words,
    fold_unchanged,
    is_within,
)


@dataclass(frozen=True)
class FieldChange:
    """One field that differs: ``name`` for programs, ``label`` for people.

    ``is_read`` says whether readers can read the difference; if not, ``remark`` says why. ``is_judged`` marks a
    changed verdict or rating, which always needs a correction; for other changes a person says whether a fact was
    wrong (:mod:`reviews.desk.verbs.corrections`). ``pictures`` are what a changed picture was, and what it becomes.
    """

    name: str
    label: str
    blocks: tuple[Block, ...]
    is_read: bool = True
    is_judged: bool = False
    remark: str = ""
    pictures: tuple[Picture | None, Picture | None] = (None, None)

    @property
    def stretches(self) -> list[BlockRun]:
        """The blocks, with long unchanged runs folded."""
        return fold_unchanged(self.blocks)


def compared(before: Document, after: Document) -> list[FieldChange]:
    """Every differing field that both have, in order; then tags and judgements.

    Both have the rows of what they name (:func:`reviews.desk.document.rows.found`).
    """
    return [_change(name, before, after) for name in before.differing_from(after)]


def in_newer_versions(pictures: Sequence[tuple[str, PictureFile, PictureFile]]) -> list[FieldChange]:
    """The change of pictures of which there are newer versions: each with its name; none if there are none."""
    blocks = tuple(_value(name, str(before), str(after)) for name, before, after in pictures)
    return [FieldChange("pictures", "pictures", blocks)] if blocks else []


def _change(name: str, before: Document, after: Document) -> FieldChange:
    change = partial(FieldChange, name, label(name))
    if name == "tags":
        return change(tuple(_tags(before, after)))
    if name == "judgements":
        return change(tuple(_judgements(before, after)))
    was, becomes = before.fields[name], after.fields[name]
    if name == "body" and not (is_within(was) and is_within(becomes)):
        return change(_whole(was, becomes), remark=TOO_LONG)
    if is_text(name):
        blocks = tuple(compare(was, becomes)) if name == "body" else (compare_words(was, becomes),)
        is_read = any(block.kind is not ChangeKind.SAME for block in blocks)
        return change(blocks, is_read=is_read, remark="" if is_read else UNSEEN)
    if name == "rating" and was == becomes:  # The same stars, out of another number of them.
        was, becomes = _plain_rating(before), _plain_rating(after)
    blocks = (_value("", in_words(name, was), in_words(name, becomes)),)
    if unread := FIELDS[name].unread:
        return change(blocks, is_read=False, remark=unread)
    if name == "rating":
        same = _plain_rating(before) == _plain_rating(after)
        return change(blocks, is_judged=not same, remark=RESPELLED if same else "")
    if name == "hero":
        return change(blocks, pictures=(was and was.row, becomes and becomes.row))
    return change(blocks, is_judged=name == "verdict")


def _plain_rating(document: Document) -> Any:
    return ratings.plain(document.fields["rating"], star_scale=document.star_scale or star_scale_now())


def _whole(was: str, becomes: str) -> tuple[Block, ...]:
    sides = ((ChangeKind.GONE, was), (ChangeKind.NEW, becomes))
    return tuple(Block("", kind, (WordRun(kind, words),)) for kind, words in sides if words)


TOO_LONG = "It is too long to be compared: both are shown whole."
UNSEEN = "Only how it is typed differs: readers read the same."
RESPELLED = "It is the same rating, written in another way."


def _value(name: str, before: str, after: str) -> Block:
    return Block(
        name,
        ChangeKind.CHANGED,
        (WordRun(ChangeKind.GONE, before), WordRun(ChangeKind.SAME, " "), WordRun(ChangeKind.NEW, after)),
    )


def _one(name: str, kind: ChangeKind, text: str) -> Block:
    return Block(name, kind, (WordRun(kind, text),))


def _tags(before: Document, after: Document) -> Iterator[Block]:
    yield from (_one("", ChangeKind.GONE, tag.name) for tag in before.tags if tag not in after.tags)
    yield from (_one("", ChangeKind.NEW, tag.name) for tag in after.tags if tag not in before.tags)


def _judgements(before: Document, after: Document) -> Iterator[Block]:
    was, becomes = before.by_aspect(), after.by_aspect()
    for aspect in [*was, *(each for each in becomes if each not in was)]:
        yield from _judgement(was.get(aspect), becomes.get(aspect))


def _judgement(was: DocumentJudgement | None, becomes: DocumentJudgement | None) -> Iterator[Block]:
    """The difference of a judgement: its stance and its passage."""
    if was is None or becomes is None:
        for row, kind in ((was, ChangeKind.GONE), (becomes, ChangeKind.NEW)):
            if row:
                for name, value in row.values.items():
                    yield _one(_label(row, name), kind, judgement_in_words(name, value))
        return
    for name, before in was.values.items():
        after = becomes.values.get(name, before)
        if before == after:
            continue
        if not is_judgement_text(name):
            yield _value(
                _label(becomes, name), judgement_in_words(name, before), judgement_in_words(name, after)
            )
            continue
        passage = compare_words(before, after)
        remarks = (UNSEEN,) if passage.kind is ChangeKind.SAME else ()
        yield Block(_label(becomes, name), ChangeKind.CHANGED, passage.runs, remarks)


def _label(row: DocumentJudgement, name: str) -> str:
    return f"{row.aspect.name}: {JUDGEMENT_FIELDS[name].label}"
