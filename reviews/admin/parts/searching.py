"""Limits the words of a search in lists and suggestions, because each word adds a condition to the query."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.text import smart_split

from reviews.admin.parts.typing import ModelAdmin

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
    """Searches for the first words of a long search, and says so above the list."""

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, bounded(search_term))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        typed = request.GET.get(SEARCH_VAR, "")
        if request.method == "GET" and self.get_search_fields(request) and bounded(typed) != typed:
            self.message_user(request, CUT, messages.WARNING)
        return super().changelist_view(request, extra_context)
