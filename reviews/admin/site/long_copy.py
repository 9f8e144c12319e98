"""How much copy a desk request is about: the copy that its URL names, or that is selected in a list.

The site asks this before every view (``site.py``), so that no view has to remember to take a turn.
"""

from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.db.models import F, Max, Model, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Length
from django.http import HttpRequest

from reviews.admin.parts.values import is_key
from reviews.admin.site.turns import LONG
from reviews.models import Autosave, Edition, Review, Revision
from reviews.models.fields import ProseField
from reviews.rules.numbers import whole_number

NAMED = ("revision", "from", "to")
"""The query parameters that name revisions."""


def length_of(site: AdminSite, request: HttpRequest) -> int:
    """The characters that a request is about, as far as its user may see them; editions and revisions, too.

    Not exact: pages read one text of a record, and this counts all of them.
    """
    model, keys = _model_of(site, request), _keys_in(request)
    kept = _of_kept(request) if model is Review else 0
    texts = _texts_of(model) if model else []
    if model is None or not texts or not keys:
        return kept
    if request.POST.get("select_across", "0") != "0":
        return LONG
    named: QuerySet[Any] = site.get_model_admin(model).get_queryset(request).order_by().filter(pk__in=keys)
    lengths = [Length(F(name)) for name in texts]
    if model is Review:
        lengths += _of_versions(request)
    characters: Any = sum((Coalesce(length, 0) for length in lengths), start=Value(0))
    counted: int = sum(named.annotate(characters=characters).values_list("characters", flat=True))
    return kept + counted


def _of_kept(request: HttpRequest) -> int:
    """The characters of an autosave that the URL asks to show (``?kept=…``)."""
    if not (form := request.GET.get("kept")):
        return 0
    try:
        kept = Autosave.objects.filter(owner=request.user.pk, form=UUID(form))
    except ValueError:
        return 0
    counted: int | None = kept.aggregate(most=Max(Length(Cast("posted", TextField()))))["most"]
    return counted or 0


def _of_versions(request: HttpRequest) -> list[Any]:
    """The lengths of a review's longest edition, and of its longest revision of those that the request names."""
    of_it = Q(review=OuterRef("pk"))
    numbers = [number for name in NAMED if (number := whole_number(request.GET.get(name, "")))]
    written = Length(Cast("document", TextField()))
    editions = Edition.objects.filter(of_it).order_by().annotate(characters=Length("body"))
    revisions = Revision.objects.filter(of_it, number__in=numbers).order_by().annotate(characters=written)
    return [Subquery(each.order_by("-characters").values("characters")[:1]) for each in (editions, revisions)]


def _texts_of(model: type[Model]) -> list[str]:
    """The fields that hold text of any length."""
    fields = model._meta.concrete_fields
    return [field.name for field in fields if isinstance(field, ProseField) and field.max_length is None]


def _model_of(site: AdminSite, request: HttpRequest) -> type[Model] | None:
    """The model that an address is about. The names of its routes begin with its own."""
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    found = [
        model
        for model in site._registry
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
    ]
    return max(found, key=lambda model: len(model._meta.model_name or ""), default=None)


def _keys_in(request: HttpRequest) -> list[str]:
    named = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
    keys = [unquote(named)] if named else request.POST.getlist(ACTION_CHECKBOX_NAME)
    return [key for key in keys if is_key(key)]
