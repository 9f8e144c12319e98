"""Merges two saves of one review, and finds the conflicts that a person has to decide.

The body is merged word by word (:func:`reviews.text.merge`), everything else field by field and judgement by judgement.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.text import capfirst

from reviews.admin.parts.fields import merge_tags
from reviews.admin.parts.saving.questions import GONE, Merged, MergedPart, asked, chosen, resolved, whole
from reviews.admin.parts.values import value_in_words
from reviews.admin.review.saving.parsed import Form, Typed, TypedJudgement, aspects_by_key, title_of
from reviews.text import is_within, merge


@dataclass
class Merge(Merged):
    """``typed`` is the merged content, with the answers given so far."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[str, TypedJudgement] = field(default_factory=dict)

    @property
    def typed(self) -> Typed:
        return Typed(self.values, self.rows)


def merged(base: Typed, mine: Typed, theirs: Typed, form: Form, answers: Mapping[str, str]) -> Merge:
    """Merge both sides from ``base``. ``answers`` are choices by the names of their questions.

    The merged content takes ``mine`` for questions without an answer.
    """
    found = Merge()
    for name, was in base.values.items():
        sides = mine.values.get(name, was), theirs.values.get(name, was)
        if name == "tags":
            found.values[name] = (merge_tags(was[0], sides[0][0], sides[1][0]),)
        if sides == (was, was):
            found.values.setdefault(name, was)
            continue
        if name == "body" and all(is_within(each[0]) for each in (was, *sides)):
            pieces = tuple(asked(name, merge(was[0], sides[0][0], sides[1][0]), answers, is_text=True))
            found.values[name] = (resolved(pieces),)
        else:
            words = [value_in_words(form.base_fields[name], each) for each in (was, *sides)]
            pieces = tuple(whole(name, words, (was, *sides), answers, is_set=name == "tags"))
            found.values.setdefault(name, chosen(pieces, *sides))
        found.parts.append(MergedPart(capfirst(str(form.base_fields[name].label or name)), pieces))
    _merge_rows(found, base, mine, theirs, answers)
    return found


def _merge_rows(found: Merge, base: Typed, mine: Typed, theirs: Typed, answers: Mapping[str, str]) -> None:
    names = aspects_by_key(base, mine, theirs)
    for key in dict.fromkeys([*base.rows, *theirs.rows, *mine.rows]):
        was, ours, other = (side.rows.get(key) for side in (base, mine, theirs))
        if ours == other == was:
            row = was
        else:
            words = [_row_in_words(row) for row in (was, ours, other)]
            pieces = tuple(whole(f"judgement-{key}", words, (was, ours, other), answers))
            row = chosen(pieces, ours, other)
            found.parts.append(MergedPart(title_of(key, names), pieces))
        if row is not None:
            found.rows[key] = row


def _row_in_words(row: TypedJudgement | None) -> str:
    return GONE if row is None else row.in_words()
