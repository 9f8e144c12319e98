"""Form fields for a date and time in a named zone, and forms whose help texts name the zone."""

import datetime as dt
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from reviews.admin.parts.fields import LineFormField
from reviews.admin.parts.moments.ambiguous_times import ambiguity_of
from reviews.admin.parts.moments.widgets import MomentWidget, StudioMomentWidget, ZonedMomentWidget
from reviews.desk.dates import FIRST_YEAR, LAST_YEAR, unknown_zone
from reviews.models.fields import validate_time_zone
from reviews.rules.wallclock import UTC, instants, zone_named


class Zoned(NamedTuple):
    """A moment (aware) and the name of the zone in which it was typed."""

    at: dt.datetime
    zone: str


class Moment(forms.SplitDateTimeField):
    """A local date and time in a zone. Cleans to an aware datetime.

    If the clocks repeat or skip the time, the form asks which of two moments is meant; the answer is valid for that
    time in that zone only.
    """

    widget: Any = MomentWidget

    def clean(self, value: Any) -> Any:
        *typed, answer = value
        local = super().clean(typed)
        return None if local is None else self.meant(local, answer or "")

    def compress(self, data_list: Any) -> Any:
        """The typed local time, naive."""
        if not data_list:
            return None
        day, time = data_list
        for part, code in ((day, "invalid_date"), (time, "invalid_time")):
            if part in self.empty_values:
                raise ValidationError(self.error_messages[code], code=code)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(f"Type a year between {FIRST_YEAR} and {LAST_YEAR}.", code="year")
        return dt.datetime.combine(day, time)

    def meant(self, local: dt.datetime, answer: str) -> dt.datetime:
        """The moment that a local time (naive) means. Raises ValidationError if it is ambiguous and not answered."""
        zone = self.widget.read_in()
        ambiguity = self.widget.ambiguity = ambiguity_of(local, zone)
        if ambiguity is None:
            return instants(local, zone)[0].at
        answered = ambiguity.answered(answer)
        if answered is None:
            raise ValidationError(ambiguity.asks, code="ambiguous")
        return answered.at

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial if isinstance(initial, list) else self.widget.decompress(initial)
        return super().has_changed(before, data) or bool(before[-1] and before[-1] != data[-1])

    def name_the_zone(self) -> None:
        """Name the moment's zone in the help text. Call it during a request."""
        if zone := self.zone_in_words():
            self.help_text = f"{self.help_text} {zone}" if self.help_text else zone
        for part, widget in zip(self.widget.parts, self.widget.widgets, strict=False):
            widget.attrs["aria-label"] = f"{capfirst(str(self.label))}: {part}"

    def zone_in_words(self) -> str:
        """The sentence for the help text; empty if the zone is typed too."""
        return ""


class OutletMoment(Moment):
    """In the outlet's zone, which the desk's site activates for the time of a request."""

    def zone_in_words(self) -> str:
        return f"In the outlet’s zone, {self.widget.read_in()}."


class StudioMoment(Moment):
    """In the zone of an embargo, or in UTC if that is unknown: ``read_in`` sets it."""

    widget: Any = StudioMomentWidget
    zone_problem = ""

    def read_in(self, zone: str) -> None:
        known = zone_named(zone)
        self.widget.zone = known or UTC
        self.zone_problem = "" if known else unknown_zone(zone)

    def zone_in_words(self) -> str:
        if self.zone_problem:
            return f"In UTC, because {self.zone_problem}: year-month-day, 24 hours."
        return f"In the studio’s zone, {self.widget.read_in()}: year-month-day, 24 hours."


class ZonedMoment(Moment):
    """In a zone that is typed beside it. Cleans to a ``Zoned``."""

    widget: Any = ZonedMomentWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(require_all_fields=False, **kwargs)
        zone = LineFormField(validators=[validate_time_zone])
        missing = ("Type the date.", "Type the time.", "Name the zone, such as America/Los_Angeles.")
        self.fields: Any = (*self.fields, zone)
        for field, message in zip(self.fields, missing, strict=True):
            field.error_messages |= {"incomplete": message, "required": message}

    def clean(self, value: Any) -> Any:
        moment = super().clean(value)
        return None if moment is None else Zoned(moment, self.widget.zone.key)

    def compress(self, data_list: Any) -> Any:
        if not data_list:
            return None
        *typed, zone = data_list
        self.widget.zone = zone_named(zone) or UTC
        return super().compress(typed)


class ZonedForm(forms.Form):
    """A form whose help texts name the zones of its moments. ``zone`` is the embargo's, if there is one."""

    def __init__(self, *args: Any, zone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, StudioMoment):
                field.read_in(zone)
            if isinstance(field, Moment):
                field.name_the_zone()
