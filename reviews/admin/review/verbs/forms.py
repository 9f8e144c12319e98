"""The form of publishing."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget

from reviews.admin.parts.fields import ProseFormField
from reviews.admin.parts.moments.fields import OutletMoment, ZonedForm
from reviews.desk.verbs.corrections import Asked
from reviews.desk.verbs.publishing import Note
from reviews.models import Correction


class PublishForm(ZonedForm):
    """When to publish and, if readers have seen the review, the correction: ``asked`` says what is required."""

    NOTHING_WRONG = "nothing-wrong"

    at = OutletMoment(required=False, label="When", help_text="Leave empty to publish now.")
    kind = forms.ChoiceField(
        required=False,
        label="Correction",
        widget=forms.RadioSelect,
        choices=[("", "none to report"), *Correction.Kind.that_put_right()],
        initial="",
        help_text="Is something put right that readers have read? It is then listed on the page and under Corrections.",
        error_messages={"required": "Say whether anything was wrong that readers have read."},
    )
    note = ProseFormField(
        required=False,
        label="Note to readers",
        max_length=Correction._meta.get_field("note").max_length,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="What was wrong and what is right, in a sentence or two.",
    )

    def __init__(self, *args: Any, asked: Asked | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asked is None:
            del self.fields["kind"], self.fields["note"]
        elif asked.kinds:
            self._ask([(kind.value, kind.label) for kind in asked.kinds], initial=asked.kinds[0])
            named = " and another ".join(kind.value for kind in asked.kinds)
            self.fields["kind"].help_text = f"Readers have seen another {named}, so they are told."
        elif asked.is_asked:
            kinds = (Correction.Kind.FACT, Correction.Kind.CLARIFICATION)
            nothing = (self.NOTHING_WRONG, "no correction: nothing was wrong (spelling, style)")
            self._ask([*((kind.value, kind.label) for kind in kinds), nothing])

    def _ask(self, choices: list[tuple[str, str]], initial: str | None = None) -> None:
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.required, field.choices, field.initial = True, choices, initial

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, note = self.cleaned_data.get("kind"), self.cleaned_data.get("note")
        if kind and kind != self.NOTHING_WRONG and not note and "note" not in self.errors:
            self.add_error("note", "Say to readers what was wrong and what is right.")
        if note and kind == self.NOTHING_WRONG:
            self.add_error("note", "Clear the note, or choose what kind of correction it is.")
        if note and not kind and "kind" not in self.errors:
            self.add_error("kind", "Choose what kind of correction this is, or clear the note.")
        return cleaned

    def says_nothing_was_wrong(self) -> bool:
        """Whether "nothing was wrong" was chosen. The form must be valid."""
        return bool(self.cleaned_data.get("kind") == self.NOTHING_WRONG)

    def correction(self) -> Note | None:
        """The note to publish with, if one was written. The form must be valid."""
        note = self.cleaned_data.get("note")
        return Note(self.cleaned_data["kind"], note) if note else None


class RetimeForm(ZonedForm):
    at = OutletMoment(label="New time")
