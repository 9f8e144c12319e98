"""The tags that are on the same public reviews as a tag."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet

from reviews import clock
from reviews.models.insider import insider
from reviews.models.prepared import Prepared
from reviews.models.public.counts import Part, TagPairCount, changes, state, together
from reviews.models.public.edition import EditionTag
from reviews.models.shared.queryset import any_of
from reviews.models.shared.tag import Tag

RELATED_TAGS = 12

Name = tuple[str, UUID, str]
"""Name, uid and slug of a tag: equal counts are ordered by them."""


@dataclass(frozen=True)
class RelatedTag:
    """A tag that is on the same reviews as another, and on how many public ones."""

    tag: Tag
    reviews: int


def related_tags(tag: Tag) -> list[RelatedTag]:
    """The tags that share the most public reviews with a tag; with equal counts by name. Usually one query."""
    counts = _kept(tag)
    if counts is None:
        counts = _count_all(tag)
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:RELATED_TAGS]
    return [RelatedTag(Tag(name=name, slug=slug), reviews) for (name, _uid, slug), reviews in most if reviews]


def _kept(tag: Tag) -> Counter[Name] | None:
    """The number of public reviews by each other tag; None if counts are not kept, or are of a later moment."""
    if insider():
        return None  # Kept counts are of what readers see.
    return _summed(_rows(tag.pk, clock.now()))


def _counted(tag: int, now: dt.datetime) -> QuerySet[Any, Any]:
    named = ("name", "uid", "slug")
    too = any_of(EditionTag.objects.filter(tag=tag, edition=OuterRef("edition")).order_by())
    tags = EditionTag.objects.filter(too).exclude(tag=tag)
    return together(
        [
            # The tag's own name, because a statement's columns have one type each.
            (Part.STATE, Tag.objects.filter(any_of(state(now)), pk=tag), ("pk", *named, "pk")),
            (
                Part.KEPT,
                TagPairCount.objects.filter(tag=tag),
                ("pk", *(f"other__{name}" for name in named), "reviews"),
            ),
            *(
                (
                    part,
                    tags.filter(edition__in=editions.values("pk")),
                    ("edition_id", *(f"tag__{name}" for name in named), "edition_id"),
                )
                for part, editions in changes(now)
            ),
        ]
    )


_rows = Prepared(_counted)


def _summed(rows: Any) -> Counter[Name] | None:
    is_kept, counts, seen = False, Counter[Name](), set[tuple[int, Name]]()
    for part, pk, name, uid, slug, number in rows:
        other = (name, uid, slug)
        if part == Part.STATE:
            is_kept = True
        elif part == Part.KEPT:
            counts[other] += number
        elif (pk, other) not in seen:
            seen.add((pk, other))
            counts[other] += 1 if part == Part.ADDED else -1
    return counts if is_kept else None


def _count_all(tag: Tag) -> Counter[Name]:
    """The same, counted from all public reviews with the tag."""
    public = EditionTag.objects.filter(tag=tag).public()
    both = EditionTag.objects.filter(edition__in=public.values("edition")).exclude(tag=tag)
    shared = both.order_by().values_list("tag__name", "tag__uid", "tag__slug").annotate(Count("edition"))
    return Counter({(name, uid, slug): number for name, uid, slug, number in shared})
