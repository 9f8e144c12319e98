"""The form that makes a preview link."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget

from reviews import clock
from reviews.admin.parts.fields import LineFormField
from reviews.admin.parts.moments.fields import OutletMoment
from reviews.desk import preview_links
from reviews.desk.dates import moment_in_words
from reviews.models import PreviewLink, Revision


class PreviewLinkForm(forms.Form):
    """A link's recipient, its copy and its expiry. ``chosen`` is a revision that the URL asked for."""

    AS_IT_IS, AS_IT_STANDS, CHOSEN = "as-it-is", "as-it-stands", "chosen"
    UNTIL = "until"

    for_whom = LineFormField(
        required=False,
        label="For whom",
        max_length=PreviewLink._meta.get_field("for_whom").max_length,
        widget=AdminTextInputWidget(),
        help_text="Such as “the fact checker”. For the desk alone: the page does not say so.",
    )
    shows = forms.ChoiceField(label="What it shows", widget=forms.RadioSelect)
    works = forms.ChoiceField(
        label="How long it works",
        widget=forms.RadioSelect,
        choices=[
            ("24", "24 hours"),
            (str(preview_links.LIFETIME // dt.timedelta(hours=1)), "72 hours"),
            ("168", "a week"),
            (UNTIL, "until a moment, typed below"),
        ],
        initial=str(preview_links.LIFETIME // dt.timedelta(hours=1)),
    )
    until = OutletMoment(
        required=False,
        label="The moment",
        help_text=f"Not longer than {preview_links.LONGEST.days} days from now.",
    )

    def __init__(self, *args: Any, chosen: Revision | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shows, until = self.fields["shows"], self.fields["until"]
        assert isinstance(shows, forms.ChoiceField)
        assert isinstance(until, OutletMoment)
        shows.choices = [
            (self.AS_IT_IS, "the copy as it is whenever the link is opened, with what is saved until then"),
            (self.AS_IT_STANDS, "the copy as it is saved now, and nothing that is saved later"),
        ]
        shows.initial = self.AS_IT_IS
        if chosen:
            words = f"revision {chosen.number}, saved on {moment_in_words(chosen.at)}, and nothing that was saved later"
            shows.choices, shows.initial = [(self.CHOSEN, words), *shows.choices], self.CHOSEN
        until.name_the_zone()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        works, until = self.cleaned_data.get("works"), self.cleaned_data.get("until")
        if works == self.UNTIL and "until" not in self.errors:
            if until is None:
                self.add_error("until", "Type the day and the time until which it works.")
            elif reason := preview_links.objection(until, clock.now()):
                self.add_error("until", reason)
        elif works and until:
            self.add_error("until", "Choose above that it works until this moment, or clear it.")
        return cleaned

    def expires_at(self) -> dt.datetime:
        """The moment until which the link works, rounded up to a full minute. The form must be valid."""
        works = self.cleaned_data["works"]
        if works == self.UNTIL:
            until: dt.datetime = self.cleaned_data["until"]
            return until
        ends = clock.now() + dt.timedelta(hours=int(works), seconds=59, microseconds=999_999)
        return ends.replace(second=0, microsecond=0)
