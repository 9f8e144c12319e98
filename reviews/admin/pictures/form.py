"""The form of a picture: its words and terms, the film and people that it shows, and its focal point."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple

from reviews.admin.parts.fields import CarefulAutocomplete
from reviews.admin.parts.typing import ModelForm
from reviews.models import Film, Person, Picture
from reviews.models.shared.picture import PictureFilm, PicturePerson

FOCAL = ("focal_x", "focal_y")


def _percent(label: str) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "any", "class": "picture-focal__number"})
    return forms.FloatField(label=label, min_value=0, max_value=100, required=False, widget=widget)


class PictureForm(ModelForm):
    film = forms.ModelChoiceField(
        Film.objects.all(),
        required=False,
        widget=CarefulAutocomplete(PictureFilm._meta.get_field("film"), admin.site),
        help_text="It is found by its film, and offered where the film is written about.",
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.all(),
        required=False,
        widget=AutocompleteSelectMultiple(PicturePerson._meta.get_field("person"), admin.site),
        help_text="Whom it shows.",
    )
    focal_x = _percent("from the left, %")
    focal_y = _percent("from the top, %")

    class Meta:
        model = Picture
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.file_id:
            self.initial = {**_beside(self.instance), **self.initial}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in FOCAL:  # Emptied: the middle.
            if name in self.fields and name not in self.errors and self.cleaned_data.get(name) is None:
                self.cleaned_data[name] = 50.0
        return cleaned

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        picture, cleaned = self.instance, self.cleaned_data
        if "film" in self.changed_data:
            PictureFilm.objects.filter(picture=picture).delete()
            if cleaned["film"]:
                PictureFilm.objects.create(picture=picture, film=cleaned["film"])
        if "people" in self.changed_data:
            shown = PicturePerson.objects.filter(picture=picture)
            shown.exclude(person__in=cleaned["people"]).delete()
            for person in cleaned["people"].exclude(pk__in=shown.values("person")):
                PicturePerson.objects.create(picture=picture, person=person)
        if {*FOCAL} & {*self.changed_data}:
            file = picture.file
            file.focal_x, file.focal_y = (round(cleaned[name] / 100, 4) for name in FOCAL)
            file.save(update_fields=[*FOCAL])


def _beside(picture: Picture) -> dict[str, Any]:
    """The values of the fields that are not columns of a picture."""
    of_film = PictureFilm.objects.filter(picture=picture).first()
    return {
        "film": of_film.film_id if of_film else None,
        "people": list(PicturePerson.objects.filter(picture=picture).values_list("person", flat=True)),
        "focal_x": percent(picture.file.focal_x),
        "focal_y": percent(picture.file.focal_y),
    }


def percent(share: float) -> str:
    """A share as a form shows it: per cent with one decimal, if it has any."""
    return f"{round(share * 100, 1):g}"
