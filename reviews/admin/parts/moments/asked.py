"""A moment that a page is asked for, in its form or its URL."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from reviews.admin.parts.moments.fields import Moment
from reviews.admin.parts.moments.widgets import StudioMomentWidget
from reviews.desk.dates import time


class MomentForm(forms.Form):
    """Asks for a moment. A URL may give it as one value, too: ``?at=2025-06-08T12:00``."""

    at = Moment(
        label="The site as of",
        widget=StudioMomentWidget,
        error_messages={"required": "Type a date and a time."},
    )

    def __init__(self, asked: Mapping[str, str] | None, **options: Any) -> None:
        super().__init__(asked, **options)
        # The banner of the preview renders the question with its own label.
        self.use_required_attribute = False

    @classmethod
    def showing(cls, at: dt.datetime) -> "MomentForm":
        """The form with a moment (aware) in it, to the second, from which to choose another."""
        return cls(None, initial={"at": at.replace(microsecond=0)})

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
