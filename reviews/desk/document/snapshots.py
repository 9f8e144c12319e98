"""Snapshots: all that a working review says, as JSON; and back again.

Other nouns are named by uid, so that a snapshot outlives their renaming; a tag by its name as well, so that it outlives
the tag. What a form of the desk writes is in it and nothing else: status and moments are the verbs'.

A snapshot also outlives changes to the model. Its JSON has a version, and ``UPGRADES`` converts older ones, for example
after a field was renamed. Fields that no longer exist are ignored. A field that the snapshot lacks is not
compared, and the review keeps its own value.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from typing import Any
from uuid import UUID

from django.db.models import Q

from reviews.desk.document.comparison import Said
from reviews.desk.document.composition import CONTENT_FIELDS, judgements_of
from reviews.models import Aspect, Critic, Film, Judgement, Outlet, Review, Tag
from reviews.rules.slugs import slugify

FIELDS = (*CONTENT_FIELDS, "planned_on")
"""What of a review's own row is in a snapshot, in the order in which differences are shown."""

NOUNS: dict[str, type[Film] | type[Critic]] = {"film": Film, "critic": Critic}

_FROM_JSON: dict[str, Callable[[str], Any]] = {
    "rights_until": dt.datetime.fromisoformat,
    "planned_on": dt.date.fromisoformat,
}


UPGRADES: list[Callable[[dict[str, Any]], dict[str, Any]]] = []
"""The first converts a document of version 1 to version 2, and so on. None changes its argument."""


def current_version() -> int:
    """The version that is written. A document that states none is of version 1."""
    return len(UPGRADES) + 1


@dataclass(frozen=True, order=True)
class JudgementTaken:
    """A judgement: its own uid and its aspect's, both in hexadecimal. A field that is added later needs a default."""

    aspect: str
    uid: str
    stance: int
    evidence: str


@dataclass(frozen=True)
class Snapshot:
    """``fields`` maps ``FIELDS``, or those that it knows, to a JSON value, a film or critic to its uid; ``tags`` maps
    uid to name.
    """

    fields: dict[str, Any]
    tags: dict[str, str]
    judgements: tuple[JudgementTaken, ...]

    def same_as(self, other: "Snapshot") -> bool:
        """Whether both agree in the fields that both have. Tags are compared by uid, not by name."""
        return not self.differing_from(other)

    def differing_from(self, other: "Snapshot") -> list[str]:
        """The names of the fields that both have and that differ; then ``tags`` and ``judgements``."""
        both = [name for name in FIELDS if name in self.fields and name in other.fields]
        names = [name for name in both if self.fields[name] != other.fields[name]]
        if self.tags.keys() != other.tags.keys():
            names.append("tags")
        if self.judgements != other.judgements:
            names.append("judgements")
        return names

    def as_json(self) -> dict[str, Any]:
        return {
            "version": current_version(),
            "fields": self.fields,
            "tags": self.tags,
            "judgements": [vars(row) for row in self.judgements],
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "Snapshot":
        for upgrade in UPGRADES[document.get("version", 1) - 1 :]:
            document = upgrade(document)
        known = {each.name for each in dataclass_fields(JudgementTaken)}
        rows = (
            JudgementTaken(**{name: value for name, value in row.items() if name in known})
            for row in document["judgements"]
        )
        fields = {name: value for name, value in document["fields"].items() if name in FIELDS}
        return cls(fields, document["tags"], tuple(sorted(rows)))

    def keeping(self, names: Iterable[str], of: "Snapshot") -> "Snapshot":
        """The same with these fields as another snapshot has them."""
        return replace(self, fields=self.fields | {name: of.fields[name] for name in names})

    def completed(self, by: "Snapshot") -> "Snapshot":
        """The same snapshot, with the fields that it lacks taken from another."""
        return replace(self, fields=by.fields | self.fields)


class Unrestorable(Exception):
    """A snapshot that names a film or a critic that is no more."""


def snapshot(review: Review) -> Snapshot:
    """What is saved of the review. Takes three queries, and one each for a film and a critic not yet loaded."""
    rows = (
        JudgementTaken(row.aspect.uid.hex, row.uid.hex, row.stance, row.evidence)
        for row in judgements_of(review)
    )
    return Snapshot(
        {name: _as_json(getattr(review, name)) for name in FIELDS},
        {tag.uid.hex: tag.name for tag in review.tags.order_by("name")},
        tuple(sorted(rows)),
    )


def _as_json(value: Any) -> Any:
    if isinstance(value, Film | Critic):
        return value.uid.hex
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value


def as_review(taken: Snapshot, review: Review) -> Review:
    """A review of the same identity, not saved, that says what the snapshot does, tags and judgements apart.

    Fields that the snapshot lacks keep the review's values. Raises Unrestorable.
    """
    fields: dict[str, Any] = {name: getattr(review, name) for name in FIELDS if name not in taken.fields}
    for name, value in taken.fields.items():
        if name in NOUNS:
            noun = NOUNS[name].objects.filter(uid=value).first()
            if noun is None:
                raise Unrestorable(f"The {name} that it is about is no more.")
            fields[name] = noun
        else:
            fields[name] = _FROM_JSON[name](value) if value is not None and name in _FROM_JSON else value
    kept = ("pk", "uid", "status", "publish_at", "revision")
    copy = Review(**{name: getattr(review, name) for name in kept}, **fields)
    copy._state.adding = review._state.adding  # It is the same row, so its address is not taken by itself.
    return copy


def aspects_of(taken: Snapshot) -> dict[str, Aspect]:
    """The aspects that the snapshot's judgements are about, by uid in hexadecimal, without those that are no more."""
    uids = [row.aspect for row in taken.judgements]
    return {aspect.uid.hex: aspect for aspect in Aspect.objects.filter(uid__in=uids)}


def judgements_in(taken: Snapshot, review: Review) -> list[Judgement]:
    """Unsaved judgements, in the order in which aspects are shown, without those whose aspect is no more."""
    aspects = aspects_of(taken)
    rows = [
        Judgement(
            uid=UUID(row.uid),
            review=review,
            aspect=aspects[row.aspect],
            stance=row.stance,
            evidence=row.evidence,
        )
        for row in taken.judgements
        if row.aspect in aspects
    ]
    return sorted(rows, key=lambda row: (row.aspect.film_id is not None, row.aspect.position, row.aspect.pk))


def tags_in(taken: Snapshot) -> list[Tag]:
    """The tags, by name. If one was deleted: the tag that now has its name or its address, or else an unsaved one."""
    slugs = {uid: slugify(name) for uid, name in taken.tags.items()}
    names = Q(name__in=taken.tags.values())
    known = list(Tag.objects.filter(Q(uid__in=slugs) | Q(slug__in=slugs.values()) | names))
    by_uid, by_slug = {tag.uid.hex: tag for tag in known}, {tag.slug: tag for tag in known}
    by_name = {tag.name: tag for tag in known}
    found = [
        by_uid.get(uid)
        or by_name.get(name)
        or by_slug.get(slugs[uid])
        or Tag(uid=UUID(uid), slug=slugs[uid], name=name)
        for uid, name in taken.tags.items()
    ]
    return sorted({tag.slug: tag for tag in found}.values(), key=lambda tag: tag.name)


def said(taken: Snapshot, review: Review) -> Said:
    """What the snapshot says, to be compared. Raises Unrestorable."""
    content = as_review(taken, review)
    return Said(
        content,
        Outlet.objects.current().star_scale,
        tuple(tags_in(taken)),
        tuple(judgements_in(taken, content)),
    )
