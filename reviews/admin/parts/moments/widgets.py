"""Widgets for a moment: a date, a time, perhaps a zone, and the question about an ambiguous time."""

import datetime as dt
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, BaseAdminDateWidget, BaseAdminTimeWidget
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from reviews.admin.parts.moments.ambiguous_times import AmbiguousTime, ambiguity_of
from reviews.rules.wallclock import UTC, zone_named

REGIONS = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
}
"""The prefixes of zone names that are places. The others are legacy aliases."""


@cache
def zones_to_offer() -> list[str]:
    """The zone names to suggest, in alphabetical order."""
    return sorted(name for name in available_timezones() if name.split("/")[0] in REGIONS or name == "UTC")


class ZoneInput(forms.TextInput):
    """The name of a zone: free text, with suggestions from a ``datalist``."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "vTextField desk-zone", "spellcheck": "false", **(attrs or {})})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = attrs or {}
        id_ = f"{attrs.get('id') or f'id_{name}'}_names"
        typed = super().render(name, value, {**attrs, "list": id_}, renderer)
        names = render_to_string(
            "admin/reviews/includes/zone_names.html", {"id": id_, "names": zones_to_offer()}
        )
        return format_html("{}{}", typed, names)


class Asking(forms.MultiWidget):
    """A multi-part widget. Its last part, shown only if needed, asks what an ambiguous time means.

    ``zone`` is that of the time (None: the current one); ``ambiguity`` is the question about the typed time, if any.
    ``parts`` are the other widgets, by name.
    """

    supports_microseconds = False
    widgets_names: list[str]
    parts: tuple[str, ...] = ("date", "time")
    zone: ZoneInfo | None = None
    ambiguity: AmbiguousTime | None = None

    def read_in(self) -> ZoneInfo:
        return self.zone or zone_named(timezone.get_current_timezone_name()) or UTC

    def decompress(self, value: Any) -> list[Any]:
        if value is None:
            return [None for _ in self.widgets]
        local = value.astimezone(self.read_in()).replace(tzinfo=None, fold=0)
        ambiguity = ambiguity_of(local, self.read_in())
        meant = [answer.value for answer in ambiguity.answers if answer.at == value] if ambiguity else []
        return [local.date(), local.time(), *(meant or [""])]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        ambiguity = self.ambiguity
        if not isinstance(value, list):  # A stored moment; a list is what was typed.
            value = self.decompress(value)
            if value[0]:
                ambiguity = ambiguity_of(dt.datetime.combine(value[0], value[1]), self.read_in())
        typed = self.render_typed(name, value, attrs, renderer)
        if ambiguity is None:
            return typed
        context = {
            "ambiguity": ambiguity,
            "chosen": value[-1],
            "name": f"{name}{self.widgets_names[-1]}",
            "id": f"{(attrs or {}).get('id') or f'id_{name}'}{self.widgets_names[-1]}",
        }
        asked = render_to_string("admin/reviews/includes/readings.html", context)
        return format_html("{}{}", typed, asked)

    def render_typed(self, name: str, value: list[Any], attrs: Any, renderer: Any) -> SafeString:
        """Render the parts other than the question."""
        return super().render(name, value, attrs, renderer)


class MomentWidget(Asking, AdminSplitDateTime):  # type: ignore[misc]  # Both decompress any value.
    """Django's widget, with its calendar and clock shortcuts, which use the outlet's zone."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts: Any = {"0": BaseAdminDateWidget, "1": BaseAdminTimeWidget, "meant": forms.HiddenInput}
        forms.MultiWidget.__init__(self, parts, attrs)


class _TimeInput(forms.TimeInput):
    """Shows ``20:00``, with seconds if they are not zero."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.time) and not value.second:
            return f"{value:%H:%M}"
        return super().format_value(value)


class StudioMomentWidget(Asking):
    """In another zone than the outlet's, so without Django's "Today" and "Now"."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**self.typed(), "meant": forms.HiddenInput()}, attrs)

    def typed(self) -> dict[str, forms.Widget]:
        """The parts other than the question, by the suffixes of their names."""
        return {
            # Not type=date: browsers show it in the user's own order, and 07/11 is ambiguous.
            "0": forms.DateInput({"class": "desk-moment__date", "autocomplete": "off"}, format="%Y-%m-%d"),
            "1": _TimeInput({"class": "desk-moment__time", "autocomplete": "off"}),
        }

    def render_typed(self, name: str, value: list[Any], attrs: Any, renderer: Any) -> SafeString:
        attrs = {**(attrs or {})}
        base = attrs.pop("id", None) or f"id_{name}"
        parts = [
            {
                "id": f"{base}{end}",
                "label": capfirst(part),
                "input": widget.render(f"{name}{end}", each, {**attrs, "id": f"{base}{end}"}, renderer),
            }
            for part, widget, end, each in zip(
                self.parts, self.widgets, self.widgets_names, value, strict=False
            )
        ]
        return render_to_string("admin/reviews/includes/moment.html", {"parts": parts})


class ZonedMomentWidget(StudioMomentWidget):
    """A date, a time and their zone."""

    parts = ("date", "time", "zone")

    def typed(self) -> dict[str, forms.Widget]:
        return {**super().typed(), "zone": ZoneInput()}

    def decompress(self, value: Any) -> list[Any]:
        if value is None:
            return super().decompress(None)
        self.zone = zone_named(value.zone) or UTC
        *typed, meant = super().decompress(value.at)
        return [*typed, value.zone, meant]
