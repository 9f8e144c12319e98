"""The forms of workflow verbs that ask for no moment."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget

from reviews.admin.parts.fields import LineFormField, ProseFormField
from reviews.models import Correction

NOTE_LENGTH = Correction._meta.get_field("note").max_length


class ReturnForm(forms.Form):
    note = ProseFormField(
        label="What to change",
        max_length=NOTE_LENGTH,
        widget=AdminTextareaWidget(attrs={"rows": 5}),
        help_text="Goes back with the review, and stays in its history.",
    )


class WithdrawForm(forms.Form):
    """How to withdraw a review: without a trace, or with a public note."""

    NO_TRACE, NOTE = "no-trace", "note"

    manner = forms.ChoiceField(
        label="What readers are told",
        widget=forms.RadioSelect,
        choices=[
            (NOTE, "A public note, in the ledger of corrections and at the review’s address"),
            (NO_TRACE, "Nothing: its address answers as if there had never been anything"),
        ],
    )
    note = ProseFormField(
        required=False,
        label="Note to readers",
        max_length=NOTE_LENGTH,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="Why it was withdrawn, in a sentence or two. Readers see it with the film, the critic and the date.",
    )
    because = LineFormField(
        required=False,
        label="Why, for the desk",
        max_length=300,
        widget=AdminTextInputWidget(),
        help_text="Kept in the history; readers do not see it.",
    )

    def __init__(self, *args: Any, has_been_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_been_public:
            del self.fields["note"]
            self.fields["manner"].choices = [self.fields["manner"].choices[1]]  # type: ignore[attr-defined]
            self.fields["manner"].initial = self.NO_TRACE

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        manner, note = self.cleaned_data.get("manner"), self.cleaned_data.get("note")
        if manner == self.NOTE and not note and "note" not in self.errors:
            self.add_error("note", "Say to readers why the review was withdrawn.")
        if manner == self.NO_TRACE and note:
            self.add_error("note", "Clear the note, or choose that readers see it.")
        return cleaned


class ExplainForm(forms.Form):
    note = ProseFormField(
        label="Note to readers",
        max_length=NOTE_LENGTH,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="Why it was withdrawn. It stands in the ledger of corrections and at the review’s address.",
    )


class ReinstateForm(forms.Form):
    """What to reinstate: what readers saw last, or what is saved now."""

    AS_IT_WAS, CORRECTED = "as-it-was", "corrected"

    what = forms.ChoiceField(
        label="What comes back",
        widget=forms.RadioSelect,
        choices=[
            (AS_IT_WAS, "What readers saw last, word for word"),
            (CORRECTED, "What is saved now: the next page shows what differs and asks for a note"),
        ],
    )
