"""What a review says before and after, field by field, in the words that readers read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from reviews.desk.dates import moment_in_words
from reviews.desk.document.composition import CONTENT_FIELDS, judgements_of
from reviews.models import Edition, EditionJudgement, Outlet, Review, Tag
from reviews.models.content import JudgementContent, Provenance, ReviewContent
from reviews.rules import ratings
from reviews.rules.argument import Stance, Verdict
from reviews.rules.slugs import is_placeholder
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
class Said:
    """All that a review says: as it is saved, or as one of its editions."""

    content: ReviewContent
    star_scale: int
    tags: tuple[Tag, ...]
    judgements: tuple[JudgementContent, ...]


@dataclass(frozen=True)
class FieldChange:
    """One field that differs: ``name`` for programs, ``label`` as ``composition.differences`` names it.

    ``is_read`` says whether readers can read the difference; where they cannot, ``remark`` says why.
    ``is_judged`` marks a changed verdict or rating, which is told by a machine; whether anything else put right a
    fact is for a person to say (:mod:`reviews.desk.verbs.corrections`).
    """

    name: str
    label: str
    blocks: tuple[Block, ...]
    is_read: bool = True
    is_judged: bool = False
    remark: str = ""

    @property
    def stretches(self) -> list[BlockRun]:
        """The blocks, those that stay the same for long folded."""
        return fold_unchanged(self.blocks)


def as_saved(review: Review) -> Said:
    """What publishing it would say."""
    return Said(
        review,
        Outlet.objects.current().star_scale,
        tuple(review.tags.order_by("name")),
        tuple(judgements_of(review)),
    )


def as_published(edition: Edition) -> Said:
    """What an edition says."""
    judgements = EditionJudgement.objects.filter(edition=edition).select_related("aspect")
    tags = edition.tags.order_by("name")
    return Said(edition, edition.star_scale, tuple(tags), tuple(judgements.order_by("pk")))


def compared(before: Said, after: Said, names: Iterable[str] = CONTENT_FIELDS) -> list[FieldChange]:
    """Every field that differs of these (default: what an edition copies), in their order; then tags and judgements."""
    changes = [
        _field(name, before, after)
        for name in names
        if getattr(before.content, name) != getattr(after.content, name)
    ]
    if tags := list(_tags(before.tags, after.tags)):
        changes.append(FieldChange("tags", "tags", tuple(tags)))
    if judgements := list(_judgements(before.judgements, after.judgements)):
        changes.append(FieldChange("judgements", "judgements", tuple(judgements)))
    return changes


def _field(name: str, before: Said, after: Said) -> FieldChange:
    was, becomes = getattr(before.content, name), getattr(after.content, name)
    change = partial(FieldChange, name, str(Review._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
    if name == "body" and not (is_within(was) and is_within(becomes)):
        return change(_whole(was, becomes), remark=TOO_LONG)
    if name not in SPOKEN:
        blocks = tuple(compare(was, becomes)) if name == "body" else (compare_words(was, becomes),)
        is_read = any(block.kind is not ChangeKind.SAME for block in blocks)
        return change(blocks, is_read=is_read, remark="" if is_read else UNSEEN)
    blocks = (_value("", SPOKEN[name](was), SPOKEN[name](becomes)),)
    if name in UNREAD:
        return change(blocks, is_read=False, remark=UNREAD[name])
    if name == "rating":
        same = ratings.plain(was, star_scale=before.star_scale) == ratings.plain(
            becomes, star_scale=after.star_scale
        )
        return change(blocks, is_judged=not same, remark=RESPELLED if same else "")
    return change(blocks, is_judged=name == "verdict")


def _whole(was: str, becomes: str) -> tuple[Block, ...]:
    sides = ((ChangeKind.GONE, was), (ChangeKind.NEW, becomes))
    return tuple(Block("", kind, (WordRun(kind, words),)) for kind, words in sides if words)


TOO_LONG = "It is too long to be compared: both are shown whole."
UNSEEN = "Only how it is typed differs: readers read the same."
RESPELLED = "It is the same rating, written in another way."
UNREAD = {
    "rights_until": "Readers do not read it: the review leaves the site then.",
    "slug": "The old address leads on to the new one.",
    "planned_on": "Readers do not read it: it is the desk’s own date.",
}
"""What no reader reads, and what is said instead."""


def _choice(choices: Any, value: object) -> str:
    """A choice's label; the value itself where an earlier release had a choice that this one has not."""
    return str(choices(value).label) if value in list(choices) else str(value)


SPOKEN: dict[str, Callable[..., str]] = {
    "film": str,
    "critic": str,
    "headline_is_ours": lambda is_ours: "ours" if is_ours else "the original’s",
    "verdict": lambda verdict: "none stated" if verdict is None else _choice(Verdict, verdict).lower(),
    "rating": lambda rating: rating or "none given",
    "provenance": lambda provenance: _choice(Provenance, provenance),
    "source_url": lambda address: address or "none",
    "rights_until": lambda moment: moment_in_words(moment) if moment else "without end",
    "slug": lambda slug: "none yet" if is_placeholder(slug) else reverse("review_detail", args=[slug]),
    "planned_on": lambda day: date_format(day, "j F Y") if day else "no day",
}
"""Fields that are a value and no text: how each is said. All others are compared word by word."""


def _value(name: str, before: str, after: str) -> Block:
    return Block(
        name,
        ChangeKind.CHANGED,
        (WordRun(ChangeKind.GONE, before), WordRun(ChangeKind.SAME, " "), WordRun(ChangeKind.NEW, after)),
    )


def _one(name: str, kind: ChangeKind, text: str) -> Block:
    return Block(name, kind, (WordRun(kind, text),))


def _tags(before: Iterable[Tag], after: Iterable[Tag]) -> Iterator[Block]:
    was, becomes = {tag.pk: tag for tag in before}, {tag.pk: tag for tag in after}
    yield from (_one("", ChangeKind.GONE, tag.name) for pk, tag in was.items() if pk not in becomes)
    yield from (_one("", ChangeKind.NEW, tag.name) for pk, tag in becomes.items() if pk not in was)


def _judgements(before: Iterable[JudgementContent], after: Iterable[JudgementContent]) -> Iterator[Block]:
    was, becomes = ({row.aspect_id: row for row in rows} for rows in (before, after))
    for aspect in [*was, *(pk for pk in becomes if pk not in was)]:
        yield from _judgement(was.get(aspect), becomes.get(aspect))


def _judgement(was: JudgementContent | None, becomes: JudgementContent | None) -> Iterator[Block]:
    """Where a judgement differs: its stance, and the passage behind it."""
    if was is None or becomes is None:
        for row, kind in ((was, ChangeKind.GONE), (becomes, ChangeKind.NEW)):
            if row:
                yield _one(f"{row.aspect}: the stance", kind, _stance(row))
                yield _one(f"{row.aspect}: the passage behind it", kind, row.evidence)
        return
    if was.stance != becomes.stance:
        yield _value(f"{becomes.aspect}: the stance", _stance(was), _stance(becomes))
    if was.evidence != becomes.evidence:
        passage = compare_words(was.evidence, becomes.evidence)
        remarks = (UNSEEN,) if passage.kind is ChangeKind.SAME else ()
        yield Block(f"{becomes.aspect}: the passage behind it", ChangeKind.CHANGED, passage.runs, remarks)


def _stance(row: JudgementContent) -> str:
    return _choice(Stance, row.stance).lower()
