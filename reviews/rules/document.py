"""The document: all that a review says, as one value. Saved reviews, editions and revisions are read into it.

Composing, comparing, the checklist and the revisions all work on it. Pure: which fields there are, and how they are
read and written, is in :mod:`reviews.desk.document`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from reviews.rules import ratings


@dataclass(frozen=True)
class Reference:
    """Another noun: a film, a critic, a tag or an aspect. Two are equal if their uids are, whatever they are called.

    ``uid`` is in hexadecimal. ``row`` is the noun's own row, or None until it is looked up.
    """

    uid: str
    name: str = field(default="", compare=False)
    row: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class DocumentJudgement:
    """What is said of one aspect. ``values`` maps the other fields of a judgement to their values.

    ``uid`` (hexadecimal) names the passage's anchor. ``same_as`` ignores it: readers do not read it.
    """

    aspect: Reference
    values: Mapping[str, Any]
    uid: str = ""

    def same_as(self, other: "DocumentJudgement") -> bool:
        """Whether both agree in the fields that both know."""
        return self.aspect == other.aspect and not _differing(self.values, other.values)


@dataclass(frozen=True)
class Document:
    """What a review says: its fields by name, its tags, and its judgements in the order in which they are shown.

    A document may know fewer fields than another: an edition has no planned day, an old revision lacks newer fields.
    Only fields that both documents know are compared. ``star_scale`` is what bare stars of the rating are out of, or
    None for the outlet's present scale: where both say it, the same stars out of another number are another rating.
    """

    fields: Mapping[str, Any]
    tags: tuple[Reference, ...]
    judgements: tuple[DocumentJudgement, ...]
    star_scale: int | None = field(default=None, compare=False)

    def same_as(self, other: "Document") -> bool:
        """Whether both agree in the fields that both know, in tags and in judgements."""
        return not self.differing_from(other)

    def differing_from(self, other: "Document") -> list[str]:
        """The names of the fields that both know and that differ; then ``tags`` and ``judgements``."""
        names = [
            name
            for name, value in self.fields.items()
            if name in other.fields
            and (value != other.fields[name] or (name == "rating" and self._rates_otherwise(other)))
        ]
        if set(self.tags) != set(other.tags):
            names.append("tags")
        mine, theirs = self.by_aspect(), other.by_aspect()
        if mine.keys() != theirs.keys() or not all(mine[each].same_as(theirs[each]) for each in mine):
            names.append("judgements")
        return names

    def _rates_otherwise(self, other: "Document") -> bool:
        """Whether the same text is another rating, because its bare stars are out of another number of stars."""
        text, mine, theirs = self.fields["rating"], self.star_scale, other.star_scale
        if mine is None or theirs is None:
            return False
        return ratings.plain(text, star_scale=mine) != ratings.plain(text, star_scale=theirs)

    def by_aspect(self) -> dict[Reference, DocumentJudgement]:
        return {judgement.aspect: judgement for judgement in self.judgements}

    def keeping(self, names: Iterable[str], of: "Document") -> "Document":
        """The same document, with these fields as another has them."""
        return replace(self, fields={**self.fields, **{name: of.fields[name] for name in names}})

    def completed(self, by: "Document") -> "Document":
        """The same document, with the fields that it lacks taken from another; those of its judgements likewise."""
        known = by.by_aspect()
        judgements = (
            replace(each, values={**known[each.aspect].values, **each.values})
            if each.aspect in known
            else each
            for each in self.judgements
        )
        return replace(self, fields={**by.fields, **self.fields}, judgements=tuple(judgements))


def _differing(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    return [name for name, value in mine.items() if name in theirs and value != theirs[name]]
