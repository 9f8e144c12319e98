"""What every noun's admin shares."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminURLFieldWidget,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.text import capfirst
from taggit.managers import TaggableManager

from reviews.admin.parts.badges import badge
from reviews.admin.parts.fields import (
    CarefulAutocomplete,
    LineFormField,
    ProseFormField,
    TagsFormField,
    TagsWidget,
)
from reviews.admin.parts.listing import ListingMixin
from reviews.admin.parts.moments.fields import Moment, OutletMoment
from reviews.admin.parts.moments.widgets import MomentWidget
from reviews.admin.parts.pages import DeskPage
from reviews.admin.parts.rows import MOST_READ, OwnedFormSet, RowChoiceField, RowForm
from reviews.admin.parts.saving.claiming import ClaimingMixin
from reviews.admin.parts.searching import SearchMixin
from reviews.admin.parts.typing import BaseModelAdmin, ModelAdmin, ModelForm, TabularInline
from reviews.desk import addresses
from reviews.models import Critic, Film, Person, Tag
from reviews.models.fields import ProseField, validate_web_address
from reviews.models.shared.queryset import PublicQuerySet
from reviews.rules.slugs import slugify

FORM_FIELDS: dict[type[Any], dict[str, Any]] = {
    # Django's own lines, too: the names of accounts and roles.
    models.CharField: {"form_class": LineFormField},
    ProseField: {"form_class": ProseFormField, "widget": AdminTextareaWidget},
    models.DateTimeField: {"form_class": OutletMoment, "widget": MomentWidget},
    # The link beside the field leads only to addresses that public pages would link to.
    models.URLField: {
        "assume_scheme": "https",
        "widget": AdminURLFieldWidget(validator_class=lambda: validate_web_address),
    },
    TaggableManager: {"form_class": TagsFormField, "widget": TagsWidget},
}


class DeskModelForm(ModelForm):
    """A form in which an address left empty is made from the title or name."""

    slug_source = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.slug_source and "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.slug_source and "slug" in self.fields and "slug" not in self.errors:
            typed = self.cleaned_data.get("slug") or slugify(self.cleaned_data.get(self.slug_source) or "")
            if typed:
                self.cleaned_data["slug"] = typed
            elif self.slug_source not in self.errors:
                self.add_error("slug", "Type an address: none can be made from the name.")
        return cleaned


class FormFields(BaseModelAdmin):
    """Our form fields for our model fields; moments say in which zone they are typed."""

    formfield_overrides = FORM_FIELDS

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        # No lookups through reverse relations: related copy or embargoes may be hidden from this user. Django would
        # allow them, and accepts "+" for a relation without a reverse name.
        name = lookup.partition(LOOKUP_SEP)[0]
        return not self._is_from_elsewhere(name) and super().lookup_allowed(lookup, value, request)

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        return not self._is_from_elsewhere(to_field) and super().to_field_allowed(request, to_field)

    def _is_from_elsewhere(self, name: str) -> bool:
        return isinstance(self.opts.fields_map.get(name), ForeignObjectRel)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, Moment):
            field.name_the_zone()
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False  # Nobody deletes a film from the form of a review.
            field.widget.can_view_related = (
                field.widget.can_view_related and not field.widget.can_change_related
            )
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = CarefulAutocomplete(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class DeskModelAdmin(ClaimingMixin, ListingMixin, SearchMixin, FormFields, ModelAdmin):
    """A noun's admin: filters show no counts, and "view on site" links lead only to pages that readers can open."""

    pages: tuple[type[DeskPage], ...] = ()
    """The noun's own pages. One with the name of a page of Django's replaces it."""

    empty_list = ""
    """The text of an empty list."""

    def get_urls(self) -> list[URLPattern]:
        ours = [pattern for page in self.pages for pattern in page(self).urls()]
        names = {pattern.name for pattern in ours}
        return [*ours, *(pattern for pattern in super().get_urls() if pattern.name not in names)]

    def view_on_site(self, obj: models.Model) -> str | None:
        # As saved: a form with errors may show an address that does not exist.
        saved: Any = public_row_of(obj) if hasattr(obj, "get_absolute_url") else None
        return str(saved.get_absolute_url()) if saved else None


class NounAdmin(DeskModelAdmin):
    """A noun that is public while a public review names it. Its saves are public at once."""

    public_while = "a public review names it"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        queryset = super().get_queryset(request)
        if isinstance(queryset, PublicQuerySet):
            queryset = queryset.annotate(
                readers_see=models.Exists(self.model.objects.public().filter(pk=models.OuterRef("pk")))
            )
        return queryset

    @admin.display(description="visibility")
    def is_public(self, noun: Any) -> str:
        return badge("live", "Public") if noun.readers_see else badge("hidden", "Not public")

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        if readers_can_open(obj):
            return "Readers see the change now."
        return f"Readers do not see it: they do while {self.public_while}."

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data and isinstance(obj, Critic | Film | Person | Tag):
            addresses.keep(obj, form.initial["slug"])


def readers_can_open(noun: models.Model) -> bool:
    """Whether readers can open the noun's page now; False if it has none."""
    return public_row_of(noun) is not None


def public_row_of(noun: models.Model) -> models.Model | None:
    """The noun as saved; None if readers cannot open its page now."""
    public = getattr(type(noun)._default_manager.all(), "public", None)
    row: models.Model | None = public().filter(pk=noun.pk).first() if public else None
    return row


class OwnedInline(FormFields, TabularInline):
    """Rows that belong to one noun; permission to change the noun includes them."""

    form = RowForm
    formset = OwnedFormSet
    template = "admin/edit_inline/desk_rows.html"
    extra = 0
    empty_rows = ""
    """The text shown while there is no row: what a row is and why to add one."""

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # Without JavaScript, a link reloads the form with one empty row.
        return 1 if request.GET.get("more") == self.model._meta.model_name else self.extra

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{"absolute_max": MOST_READ, **kwargs})

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return self.formset.most

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **{"form_class": RowChoiceField, **kwargs})

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                # A row is too narrow for the links beside a choice.
                field.widget.can_change_related = field.widget.can_view_related = False
            # Table cells have no labels: name them by the column's heading, for screen readers.
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = capfirst(str(field.label))
        return field

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self._owner().has_view_permission(request, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        owner = self._owner()
        return bool(
            owner.has_add_permission(request) if obj is None else owner.has_change_permission(request, obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def _owner(self) -> Any:
        return self.admin_site.get_model_admin(self.parent_model)


class ReadOnlyAdmin(DeskModelAdmin):
    """Records that the desk's verbs write: read-only here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
