"""A review's page as of a moment: which edition or copy to show, and the form that asks for it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import F
from django.http import QueryDict

from reviews import clock
from reviews.admin.parts.moments.fields import Moment
from reviews.admin.parts.moments.widgets import StudioMomentWidget
from reviews.desk.dates import moment_in_words, time
from reviews.desk.document.composition import Composition
from reviews.desk.outlook import outlook_of
from reviews.models import Edition, EditionJudgement, Review

COPY = "copy"
"""The value of ``show`` in a URL that asks for the copy, even if readers see an edition at that moment."""


class MomentForm(forms.Form):
    """Asks for a moment. A URL may give it as one value, too: ``?at=2025-06-08T12:00``."""

    at = Moment(
        label="moment",
        widget=StudioMomentWidget,
        error_messages={"required": "Type a date and a time."},
    )

    def __init__(self, asked: Mapping[str, str] | None) -> None:
        super().__init__(asked)
        # The banner of the preview renders the question with its own label.
        self.use_required_attribute = False

    @property
    def says(self) -> list[str]:
        """The errors of the moment that was asked for."""
        return [str(error) for error in self.errors.get("at", [])]


def asked_in(query: QueryDict) -> MomentForm:
    """The form bound to a query string; unbound if that has no moment."""
    names = [f"at{end}" for end in StudioMomentWidget().widgets_names]
    if typed := query.get("at", "").strip():
        return MomentForm(dict(zip(names, _parts(typed), strict=True)))
    if any(query.get(name, "").strip() for name in names):
        return MomentForm({name: query.get(name, "") for name in names})
    return MomentForm(None)


def _parts(typed: str) -> list[str]:
    """Split a moment into the form's parts. Text that is not a moment becomes an invalid date."""
    try:
        at = dt.datetime.fromisoformat(typed)
        if at.tzinfo is None:
            day, read, meant = at.date(), at.time(), ""
        else:
            day, read, meant = StudioMomentWidget().decompress(at)
    except (ValueError, OverflowError):
        return [typed, "00:00", ""]
    return [day.isoformat(), time(dt.datetime.combine(day, read)), meant]


@dataclass(frozen=True)
class Then:
    """What there is to see at a moment; ``says`` explains it in sentences."""

    shown: Composition
    says: tuple[str, ...]


def seen_at(review: Review, *, copy: bool) -> Then:
    """What readers see of a review at the clock's moment (``reviews.clock``); with ``copy``, what they would see.

    Raises ratings.RatingError if the copy is to be shown and its rating is not valid.
    """
    at = clock.now()
    edition = Edition.objects.public().for_page().filter(review_uid=review.uid).newest_first().first()
    if edition and not copy:
        since = moment_in_words(edition.visible_from)
        return Then(_as_read(edition), (f"Readers see edition {edition.number} then, up since {since}.",))
    outlook = outlook_of(review)
    composition = outlook.compose()
    composition.edition.visible_from = at
    composition.edition.first_visible_from = edition.first_visible_from if edition else at
    if edition:
        number = edition.number
        return Then(
            composition,
            (f"The copy as it is saved. Readers see edition {number} then, unless this is published.",),
        )
    says = ["Readers see nothing of it then. This is the copy as it is saved, were it published."]
    if waits := outlook.pending:
        says.append(f"Edition {waits.number} goes up on {moment_in_words(waits.visible_from)}.")
    return Then(composition, tuple(says))


def _as_read(edition: Edition) -> Composition:
    judgements: Any = EditionJudgement.objects.filter(edition=edition).select_related("aspect")
    return Composition(
        edition,
        list(edition.tags.order_by("name", "uid")),
        list(judgements.order_by(F("aspect__film_id").asc(nulls_first=True), "aspect__position", "uid")),
    )
