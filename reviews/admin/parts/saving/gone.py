"""Shows what was typed for a record that can no longer be saved, and offers to add it as a new one."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from reviews.admin.parts.pages import desk_url
from reviews.admin.parts.saving.form_state import state_in
from reviews.admin.parts.saving.merge import in_words


def what_was_typed(desk: Any, request: HttpRequest, obj: Any) -> dict[str, Any]:
    """The page's context: ``typed`` holds labels and text, ``anew`` the data to post in order to add it again."""
    posted = request.POST
    form = desk.blank_form(request)
    formsets = [
        formset(
            instance=desk.model(), prefix=formset.get_default_prefix(), queryset=formset.model.objects.none()
        )
        for formset, _ in desk.get_formsets_with_inlines(request)
    ]
    state = state_in(posted, form, formsets)
    typed = [
        (capfirst(str(form.fields[name].label or name)), in_words(form.fields[name], values))
        for name, values in state.values.items()
    ]
    for formset in formsets:
        fields, label = formset.empty_form.fields, capfirst(str(formset.model._meta.verbose_name))
        for row in state.rows[formset.prefix].values():
            said = (in_words(fields[name], values) for name, values in row.items())
            typed.append((label, ", ".join(part for part in said if part)))
    return {
        "typed": [(label, said) for label, said in typed if said],
        "anew": _anew(posted, formsets) if obj is None and desk.has_add_permission(request) else None,
        "add_url": desk_url("add", desk.model),
        "list_url": desk_url("changelist", desk.model),
    }


def _anew(posted: QueryDict, formsets: list[Any]) -> list[tuple[str, list[str]]]:
    """The data that adds a new record: the same, with every row a new one."""
    new = posted.copy()
    for name in list(new):
        if name.startswith(("_", "choose-")) or name == "csrfmiddlewaretoken":
            del new[name]
    for formset in formsets:
        new[f"{formset.prefix}-INITIAL_FORMS"] = "0"
        marks = (formset._pk_field.name, formset.fk.name)
        for name in list(new):
            if name.startswith(f"{formset.prefix}-") and name.rpartition("-")[2] in marks:
                new[name] = ""
    return [(name, [str(value) for value in values]) for name, values in new.lists()]
