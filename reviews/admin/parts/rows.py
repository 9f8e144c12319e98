"""The rows of a form: their limit, and fast parsing, validation and rendering of hundreds of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from reviews.admin.parts.typing import InlineFormSet, ModelChoiceField, ModelForm
from reviews.admin.parts.values import is_key

MOST_ROWS = 300
"""The most rows that a form takes of one kind: twice the credits of the longest film here. More that are saved already
(a fixture's) are shown, may be changed, and may become fewer."""
MOST_READ = 1000
"""The most rows that are read of what was posted, so that a form over the limit is shown again as it was typed."""


class RowRenderer(DjangoTemplates):
    """Django's renderer, but it writes the widgets of long tables without a template: five times as fast."""

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        write = WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def _attributes(widget: Any) -> str:
    return "".join(
        f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(str(value))}"')
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Any) -> SafeString:
    value = widget["value"]
    said = "" if value is None else f' value="{conditional_escape(str(value))}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return mark_safe(f'<input type="{kind}" name="{name}"{said}{_attributes(widget)}>')


def _textarea(widget: Any) -> SafeString:
    value = conditional_escape(str(widget["value"] or ""))
    return mark_safe(
        f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'
    )


def _select(widget: Any) -> SafeString:
    lines = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            lines.append(f'<optgroup label="{conditional_escape(group)}">')
        lines += [
            f'<option value="{conditional_escape(str(option["value"]))}"{_attributes(option)}>'
            f"{conditional_escape(option['label'])}</option>"
            for option in options
        ]
        if group:
            lines.append("</optgroup>")
    return mark_safe("\n".join([*lines, "</select>"]))


WRITERS = {
    **{f"django/forms/widgets/{name}.html": _input for name in ("checkbox", "hidden", "number", "text")},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
"""Django's templates, and functions that write the same HTML."""


class RowChoiceField(ModelChoiceField):
    """A choice of a row. Its table looks up the choices of all rows at once."""

    found: dict[str, Model] | None = None
    """What the rows of the table choose, by key; None if nothing has been looked up."""

    def to_python(self, value: Any) -> Any:
        if self.found is None or value in self.empty_values:
            return super().to_python(value)
        try:
            return self.found[str(value)]
        except KeyError:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            ) from None


class RowForm(ModelForm):
    """A row. An unchanged saved row is not validated again: database constraints ensure its rules."""

    default_renderer = RowRenderer()

    def _post_clean(self) -> None:
        if self.instance._state.adding or self.has_changed():
            super()._post_clean()  # type: ignore[misc]


class OwnedFormSet(InlineFormSet):
    """The rows of a noun. More than ``most`` are refused, and shown again as they were typed."""

    most = MOST_ROWS

    @classmethod
    def get_default_prefix(cls) -> str:
        # Where the noun has no accessor to its rows, Django's own prefix is empty.
        model: Any = cls.model
        return super().get_default_prefix() or f"{model._meta.model_name}s"

    @cached_property
    def forms(self) -> list[Any]:
        rows: list[Any] = super().forms
        for name, field in rows[0].fields.items() if rows else ():
            if isinstance(field, RowChoiceField):
                self._look_up(name, rows)
        return rows

    def _look_up(self, name: str, rows: list[Any]) -> None:
        """Look up the choices of all rows in one field, for all of them at once."""
        fields = [row.fields[name] for row in rows]
        chosen = {str(key) for row in rows if (key := self._chosen(row, name)) is not None}
        found = {str(each.pk): each for row in rows if (each := _at_hand(row, name))}
        if missing := [key for key in chosen - found.keys() if is_key(key)]:
            found |= {str(each.pk): each for each in fields[0].queryset.filter(pk__in=missing)}
        for field in fields:
            field.found = found

    def _chosen(self, row: Any, name: str) -> Any:
        if row.is_bound:
            return row.fields[name].widget.value_from_datadict(row.data, row.files, row.add_prefix(name))
        return row.fields[name].prepare_value(row.get_initial_for_field(row.fields[name], name))

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        model: Any = self.model
        name = model._meta.pk.name
        key = form.fields[name]
        if type(key) is forms.ModelChoiceField:
            form.fields[name] = RowChoiceField(
                key.queryset, initial=key.initial, required=False, widget=key.widget
            )

    def full_clean(self) -> None:
        if not (self.is_bound and (over := self._over())):
            super().full_clean()
            return
        self.show_as_typed()
        self._non_form_errors.append(over)

    def show_as_typed(self) -> None:
        """Skip validation: the rows are shown as they were typed."""
        self._errors: list[Any] = []
        self._non_form_errors: Any = self.error_class(error_class="nonform")
        for form in self.forms:
            form._errors = form.cleaned_data = {}

    def _over(self) -> str:
        """A sentence for more rows than the form takes: how many there are, and what to do; empty if there are not."""
        if self.total_form_count() <= self.most:
            return ""
        saved = self.initial_form_count()
        filled = sum(
            not form.data.get(form.add_prefix("DELETE")) and (number < saved or form.has_changed())
            for number, form in enumerate(self.forms)
        )
        over = filled - max(self.most, len(self.get_queryset()))
        if over <= 0:
            return ""
        model: Any = self.model
        names = model._meta.verbose_name_plural
        return (
            f"These are {filled} {names}, {over} more than this form takes. Nothing is saved yet, and all of them are "
            f"still below: delete {over} of them, or clear their fields, and save again."
        )

    def validate_unique(self) -> None:
        """Compare the rows with each other by constraints that have a condition, too: Django leaves those out."""
        super().validate_unique()
        model: Any = self.model
        deleted = {id(form) for form in self.deleted_forms}  # Each access asks every row whether it is valid.
        rows = [form for form in self.forms if form.is_valid() and id(form) not in deleted]
        twice = False
        for constraint in model._meta.constraints:
            if not isinstance(constraint, models.UniqueConstraint) or constraint.condition is None:
                continue
            asked, seen = constraint.condition.referenced_base_fields, set()
            for form in (form for form in rows if form.cleaned_data):
                key = tuple(form.cleaned_data.get(name) for name in constraint.fields if name != self.fk.name)
                if not constraint.condition.check({name: self._typed(form, name) for name in asked}):
                    continue
                if key in seen:
                    form.add_error(None, constraint.get_violation_error_message())
                    twice = True
                seen.add(key)
        if twice:
            raise ValidationError("Two rows are the same: change or delete one of them.")

    def _typed(self, form: Any, name: str) -> models.Value:
        model: Any = self.model
        return models.Value(form.cleaned_data.get(name), output_field=model._meta.get_field(name))


def _at_hand(row: Any, name: str) -> Model | None:
    """What a saved row is, or chooses as it is saved, if that was read with it."""
    field = row.instance._meta.get_field(name)
    if row.instance._state.adding:
        return None
    if field.primary_key:
        found: Model = row.instance
        return found
    return getattr(row.instance, name) if field.is_cached(row.instance) else None
