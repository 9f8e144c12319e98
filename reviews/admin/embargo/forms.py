"""The forms of an embargo: a new agreement, and the terms of a saved one."""

import datetime as dt
import hashlib
from typing import Any, ClassVar

from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth.models import User

from reviews.admin.embargo.effects import agreement
from reviews.admin.parts.fields import LineFormField
from reviews.admin.parts.moments.fields import StudioMoment, ZonedForm, ZonedMoment
from reviews.admin.parts.moments.widgets import ZoneInput
from reviews.admin.parts.typing import ModelForm
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.models import Embargo


class AgreementForm(ModelForm):
    """A new embargo: the form states what will happen, and saves once the user has read exactly that.

    ``by`` is who agrees it. ``statements`` are set once the form is valid; ``stated`` is their digest, posted back to
    confirm them.
    """

    lifts_at = ZonedMoment(
        label="Lifts at",
        help_text="As the studio put it: year-month-day, 24 hours, and a zone such as America/Los_Angeles.",
    )

    by: ClassVar[User]
    statements: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lifts_at"]
        field.name_the_zone()

    def clean_lifts_at(self) -> dt.datetime:
        moment, self.instance.zone = self.cleaned_data["lifts_at"]
        return moment  # type: ignore[no-any-return]

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        try:
            self.statements = tuple(agreement(self.instance, by=self.by))
        except EmbargoError as error:
            self.add_error(None, str(error))
            return False
        return bool(self.data.get("stated") == self.stated)

    @property
    def stated(self) -> str:
        said = [*self.statements, str(self.instance.film_id)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


class TermsForm(ModelForm):
    """A saved embargo."""

    class Meta:
        widgets: ClassVar[Any] = {"zone": ZoneInput}
        help_texts: ClassVar[Any] = {
            "zone": "The zone the studio named. The moment stays as it is: move the embargo to change it."
        }


class LiftForm(ZonedForm):
    because = LineFormField(
        label="Why",
        max_length=Embargo._meta.get_field("ended_because").max_length,
        widget=AdminTextInputWidget(),
        help_text="Kept with the embargo: who at the studio said so, and when.",
    )


class MoveForm(LiftForm):
    lifts_at = StudioMoment(label="Lifts at")
    field_order = ["lifts_at", "because"]
