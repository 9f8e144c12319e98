"""What a verb's confirm page asks for."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget

from reviews.admin.fields import LineFormField, ProseFormField
from reviews.admin.moment_fields import Moment, OutletMoment, StudioMoment
from reviews.desk.publishing import Note
from reviews.models import Correction, Embargo


class _ZonedForm(forms.Form):
    """A form whose moments say in which zone they are typed: ``zone`` is that of an agreement, where there is one."""

    def __init__(self, *args: Any, zone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, StudioMoment):
                field.read_in(zone)
            if isinstance(field, Moment):
                field.name_the_zone()


class PublishForm(_ZonedForm):
    """When, and, once a review has been public, what readers are told was put right."""

    at = OutletMoment(required=False, label="When", help_text="Leave empty to publish now.")
    kind = forms.ChoiceField(
        required=False,
        label="Correction",
        choices=[("", "none to report"), *Correction.Kind.choices],
        help_text="Is something put right that readers have read? It is then listed on the page and under Corrections.",
    )
    note = ProseFormField(
        required=False,
        label="Note to readers",
        max_length=Correction._meta.get_field("note").max_length,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="What was wrong and what is right, in a sentence or two.",
    )

    def __init__(self, *args: Any, may_correct: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_correct:
            del self.fields["kind"], self.fields["note"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, note = self.cleaned_data.get("kind"), self.cleaned_data.get("note")
        if kind and not note and "note" not in self.errors:
            self.add_error("note", "Say to readers what was wrong and what is right.")
        if note and not kind and "kind" not in self.errors:
            self.add_error("kind", "Choose what kind of correction this is, or clear the note.")
        return cleaned

    def correction(self) -> Note | None:
        """The note to publish with, if one was written. The form is valid."""
        note = self.cleaned_data.get("note")
        return Note(self.cleaned_data["kind"], note) if note else None


class RetimeForm(_ZonedForm):
    at = OutletMoment(label="New time")


class LiftForm(_ZonedForm):
    because = LineFormField(
        label="Why",
        max_length=Embargo._meta.get_field("ended_because").max_length,
        widget=AdminTextInputWidget(),
        help_text="Kept with the embargo: who at the studio said so, and when.",
    )


class MoveForm(LiftForm):
    lifts_at = StudioMoment(label="Lifts at")
    field_order = ["lifts_at", "because"]
