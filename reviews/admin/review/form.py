"""The form of a working review and its judgements. Errors are shown at their fields."""

from typing import Any, ClassVar

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from reviews import text
from reviews.admin.parts.base import DeskModelForm, OwnedInline
from reviews.admin.parts.rows import OwnedFormSet, RowForm
from reviews.desk.document.fields import JUDGEMENT_FIELDS, cited, label, nouns
from reviews.models import Judgement, Outlet, Review
from reviews.models.content import Provenance
from reviews.rules import ratings
from reviews.rules.document import Document


class ReviewForm(DeskModelForm):
    slug_source = "headline"
    outlet: Outlet | None = None
    """The outlet, if it has been read already."""
    before: Document | None = None
    """The document saved when ``claim`` was called; None for a new review."""

    class Meta:
        # A textarea, so that a long headline wraps; it is still one line of text.
        widgets: ClassVar[Any] = {"headline": AdminTextareaWidget(attrs={"rows": 1})}
        help_texts: ClassVar[Any] = {
            "slug": "The review’s address on the site: /reviews/…/ A temporary address (“draft-” and "
            "a code) is replaced with one made from the headline when the review is approved."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in nouns() if not self.instance._state.adding else ():
            # What is chosen as it is saved has been read with the review: its field need not look it up.
            if name in self.fields and (chosen := getattr(self.instance, name)):
                self.fields[name].known = {str(chosen.pk): chosen}  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        if self.instance._state.adding:
            return excluded
        # The fields have looked up the nouns; an address that stays as it is belongs to no other review.
        return {*excluded, *nouns(), *({"slug"} - set(self.changed_data))}

    def clean_rating(self) -> str:
        """The typed rating, if it is valid."""
        outlet = self.outlet or Outlet.objects.current()
        try:
            rating = ratings.parse(self.cleaned_data["rating"], star_scale=outlet.star_scale)
        except ratings.RatingError as error:
            raise ValidationError(str(error), code="rating") from error
        return rating.text if rating else ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._leave_what_was_not_asked()
        if "tags" not in self.changed_data:
            self.cleaned_data.pop("tags", None)
        for name in cited():
            quote, body = self.cleaned_data.get(name), self.cleaned_data.get("body")
            if quote and self.cleaned_data.get("provenance") == Provenance.DIGEST:
                self.add_error(name, f"A digest is our words, so it has no {label(name)}: clear it.")
            elif quote and body is not None and not text.find_passage(body, quote):
                self.add_error(name, "This does not stand in the body: quote it word for word.")
        return cleaned

    def _leave_what_was_not_asked(self) -> None:
        """Drop fields that were not posted: a page opened before an upgrade lacks new ones, which keep their values."""
        if self.instance.pk is None:
            return
        for name, field in self.fields.items():
            omits = field.widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))
            if omits and name != "slug":
                self.cleaned_data.pop(name, None)

    @property
    def stored_fields(self) -> list[str]:
        """The columns that this form writes."""
        columns = {field.name for field in Review._meta.concrete_fields}
        return [name for name in self.cleaned_data if name in columns]


class JudgementForm(RowForm):
    def _get_validation_exclusions(self) -> set[str]:
        # The table looks up the aspects and compares them (its ``clean``); a stance is one of its field's choices.
        return {*super()._get_validation_exclusions(), "aspect", "stance"}  # type: ignore[misc]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        review = self.cleaned_data.get("review")  # As typed; the row's instance still has the saved one.
        if review is None:
            return cleaned
        aspect = self.cleaned_data.get("aspect")
        if aspect and aspect.film_id not in (None, review.film_id):
            self.add_error(
                "aspect", "This aspect belongs to another film: choose a general one or one of this film’s."
            )
        return cleaned


NOT_IN_BODY = "This does not stand in the body: copy the passage as it stands there."
MOST_JUDGEMENTS = 200
"""The most judgements that the form accepts: many times a film's aspects."""
ALREADY_JUDGED = "Another row, saved before, judges that aspect: change or delete that one first, and save."


class JudgementFormSet(OwnedFormSet):
    most = MOST_JUDGEMENTS

    def __init__(self, *args: Any, is_kept: bool = False, **kwargs: Any) -> None:
        """``is_kept``: show an autosave as it was typed, without validation."""
        super().__init__(*args, **kwargs)
        self.is_kept = is_kept

    def full_clean(self) -> None:
        if not self.is_kept:
            super().full_clean()
            return
        self.show_as_typed()

    def clean(self) -> None:
        super().clean()
        self._find_evidence()
        seen = set()
        stored = self._stored()
        for form in self.forms:
            aspect = form.cleaned_data.get("aspect") if hasattr(form, "cleaned_data") else None
            if aspect is None or form.cleaned_data.get("DELETE"):
                continue
            holder = stored.get(aspect.pk, form.instance.pk)
            if aspect in seen:
                form.add_error("aspect", "This review judges that aspect twice: keep one of the two.")
            elif holder not in (form.instance.pk, *self._given_up(before=form)):
                form.add_error("aspect", ALREADY_JUDGED)
            seen.add(aspect)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        if not commit or "aspect" in form.changed_data:
            return super().save_existing(form, obj, commit=commit)
        saved = form.save(commit=False)
        self.kept_aspect.append(saved)
        return saved

    def save(self, commit: bool = True) -> Any:
        # Rows that keep their aspect cannot conflict: they are written together, in one statement.
        self.kept_aspect: list[Judgement] = []
        saved = super().save(commit=commit)
        Judgement.objects.bulk_update(self.kept_aspect, list(JUDGEMENT_FIELDS))
        return saved

    def _find_evidence(self) -> None:
        """Find all evidence in one parse of the typed body."""
        citing = [form for form in self.forms if getattr(form, "cleaned_data", {}).get("evidence")]
        if not citing:
            return
        evidence = [form.cleaned_data["evidence"] for form in citing]
        for form, passage in zip(citing, text.find_passages(self.instance.body, evidence), strict=True):
            if passage is None:
                form.add_error("evidence", NOT_IN_BODY)

    def _stored(self) -> dict[int, int]:
        """The saved rows by aspect. Somebody may have added one since this form was opened."""
        stored = {row.pk: row.aspect_id for row in self.get_queryset()}
        # The rows of the form hold what was typed by now.
        stored |= {
            form.instance.pk: form.initial["aspect"]
            for form in self.initial_forms
            if "aspect" in form.initial
        }
        return {aspect: key for key, aspect in stored.items()}

    def _given_up(self, *, before: Any) -> list[int]:
        """Primary keys of rows saved before this form; their old aspects no longer conflict."""
        earlier = self.initial_forms
        if before in earlier:
            earlier = earlier[: earlier.index(before)]
        return [form.instance.pk for form in earlier]

    def validate_unique(self) -> None:
        """Left to ``clean``, which shows the error at the field and not above the table."""


class JudgementInline(OwnedInline):
    model = Judgement
    form = JudgementForm
    formset = JudgementFormSet
    autocomplete_fields = ["aspect"]
    empty_rows = (
        "A judgement says what the review holds of one aspect of the film, and cites the sentence that shows it. "
        "Readers can then compare critics aspect by aspect, and go straight to the words."
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["aspect", *JUDGEMENT_FIELDS]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("aspect")
