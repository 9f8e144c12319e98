"""Forms whose moments say in which zone they are typed."""

from typing import Any

from django import forms

from reviews.admin.parts.moments.fields import Moment, StudioMoment


class ZonedForm(forms.Form):
    """A form whose moments say in which zone they are typed: ``zone`` is that of an agreement, where there is one."""

    def __init__(self, *args: Any, zone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, StudioMoment):
                field.read_in(zone)
            if isinstance(field, Moment):
                field.name_the_zone()
