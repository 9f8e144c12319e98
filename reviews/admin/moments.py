"""Moments as the desk reads and types them: in the outlet's zone, which is named."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

FIRST_YEAR, LAST_YEAR = 1900, 2100


def spoken(moment: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """A moment with the name of its zone (default: the outlet's): ``4 June 2025, 17:00 (Europe/London)``."""
    local = moment.astimezone(zone or timezone.get_current_timezone())
    seconds = ":s" if local.second else ""
    return f"{date_format(local, f'j F Y, H:i{seconds}', use_l10n=False)} ({local.tzinfo})"


def weekday(moment: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """The day of the week that a moment falls on, short: ``Wed``."""
    return date_format(moment.astimezone(zone or timezone.get_current_timezone()), "D", use_l10n=False)


def short(moment: dt.datetime | None) -> str | None:
    """A moment for a column of a list, in the outlet's zone: ``4 Jun 2025, 17:00``."""
    return (
        date_format(moment.astimezone(timezone.get_current_timezone()), "j M Y, H:i", use_l10n=False)
        if moment
        else None
    )


def spoken_twice(moment: dt.datetime, zone: str = "UTC") -> str:
    """A moment in the outlet's zone and in another, where the two read differently."""
    here, there = timezone.get_current_timezone(), ZoneInfo(zone)
    if moment.astimezone(here).replace(tzinfo=None) == moment.astimezone(there).replace(tzinfo=None):
        return spoken(moment)
    return f"{spoken(moment)}, which is {spoken(moment, there)}"


class OutletMoment(forms.SplitDateTimeField):
    """A date and a time in the outlet's zone; one that the zone's clocks skip or repeat is refused.

    Gives an aware datetime. The zone is the current one: the desk's site activates the outlet's.
    """

    widget = AdminSplitDateTime

    def compress(self, data_list: Any) -> dt.datetime | None:
        if any(isinstance(part, dt.date) and not FIRST_YEAR <= part.year <= LAST_YEAR for part in data_list):
            raise ValidationError(f"Type a year between {FIRST_YEAR} and {LAST_YEAR}.", code="year")
        try:
            return super().compress(data_list)
        except ValidationError as error:
            if error.code == "ambiguous_timezone":
                raise ValidationError(
                    f"The clocks of {timezone.get_current_timezone_name()} change then, so that this time comes "
                    "twice or not at all: choose one before or after the change.",
                    code=error.code,
                ) from error
            raise

    def name_the_zone(self) -> None:
        """Say in the help text in which zone the moment is typed. Call while a request is being answered."""
        zone = f"In the outlet's zone, {timezone.get_current_timezone_name()}."
        self.help_text = f"{self.help_text} {zone}" if self.help_text else zone
        for name, part in zip(("date", "time"), self.widget.widgets, strict=True):
            part.attrs["aria-label"] = f"{capfirst(str(self.label))}: {name}"
