"""The URLs of an admin: its own pages, and those of Django's that they do not replace."""

from collections import Counter

import pytest
from django.contrib import admin

from reviews.admin.parts.base import DeskModelAdmin

ADMINS = {
    model.__name__: desk for model, desk in admin.site._registry.items() if isinstance(desk, DeskModelAdmin)
}


class TestAddresses:
    @pytest.mark.parametrize("noun", ADMINS)
    def test_have_a_name_each_and_lead_to_one_page(self, noun: str) -> None:
        patterns = ADMINS[noun].get_urls()
        names = Counter(pattern.name for pattern in patterns if pattern.name)
        routes = Counter(str(pattern.pattern) for pattern in patterns)
        assert {name: count for name, count in (names + routes).items() if count > 1} == {}
