"""Search in lists and suggestions: every word, in any of an admin's search fields.

The number of words is limited, because each adds a condition to the query.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponse
from django.utils.text import smart_split, unescape_string_literal

from reviews.admin.parts.listing import ALPHABETICAL
from reviews.admin.parts.typing import ModelAdmin

QUOTES = ('"', "'")
"""Words between two of these are searched for as they stand."""
MOST_WORDS = 12
"""SQLite refuses expressions 1,000 levels deep; twelve words are enough to find a film."""
LONGEST = 200
"""The most characters that are searched for."""
CUT = f"Your search is too long: only its first {MOST_WORDS} words, up to {LONGEST} characters, are used. Shorten it."


def bounded(search: str) -> str:
    """The search text cut to the limits; the same text if it is within them."""
    words = list(smart_split(search[:LONGEST]))
    return search if len(search) <= LONGEST and len(words) <= MOST_WORDS else " ".join(words[:MOST_WORDS])


class SearchMixin(ModelAdmin):
    """Searches for the first words of a long search, and says so above the list.

    A field of a film or a person is searched in the table of those, which is small, and not in each row of the list.
    """

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        for word in smart_split(bounded(search_term)):
            said = unescape_string_literal(word) if word[0] == word[-1] and word[0] in QUOTES else word
            found = models.Q(pk__in=[])
            for name in self.get_search_fields(request):
                found |= _in_field(self.model, str(name), said)
            queryset = queryset.filter(found)
        return queryset, False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        typed = request.GET.get(SEARCH_VAR, "")
        if request.method == "GET" and self.get_search_fields(request) and bounded(typed) != typed:
            self.message_user(request, CUT, messages.WARNING)
        return super().changelist_view(request, extra_context)


def _in_field(model: type[models.Model], name: str, said: str) -> models.Q:
    """The rows that have the words in a field, or in that of a film or a person (``film__title``)."""
    relation, _, column = name.partition(LOOKUP_SEP)
    related = model._meta.get_field(relation).related_model
    if column and isinstance(related, type) and related in ALPHABETICAL:
        rows: Any = related._default_manager
        return models.Q(
            **{f"{relation}__in": rows.filter(**{f"{column}__icontains": said}).order_by().values("pk")}
        )
    return models.Q(**{f"{name}__icontains": said})
