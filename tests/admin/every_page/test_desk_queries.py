"""The queries of the desk's pages: within their budgets, and as many for a large archive as for a small one."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from reviews.audit.counting import Count, counted
from reviews.models import Outlet
from reviews.seeding.site import make_site
from tests.admin.every_page.desk_budgets import BUDGETS, allowed
from tests.admin.pages import signed_in
from tests.public.every_page.test_queries import empty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def asked(client: Client) -> dict[str, Count]:
    found = {}
    for path in BUDGETS:
        with counted() as found[path]:
            assert client.get(path).status_code == 200, path
    return found


def test_every_list_has_a_budget() -> None:
    lists = {
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
        if model is not Outlet  # Its list leads to the only one.
    }
    assert lists - BUDGETS.keys() == set(), (
        "Give the new list a budget in tests/admin/every_page/desk_budgets.py."
    )


def test_pages_keep_to_their_budget_at_ten_and_at_two_hundred_reviews() -> None:
    make_site(10)
    client = signed_in("")
    asked(client)  # A process reads the content types once.
    few = asked(client)
    empty()
    make_site(200)
    many = asked(client)
    for path in BUDGETS:
        for count in (few[path], many[path]):
            cost = (count.queries <= allowed(path).queries, count.rows <= allowed(path).rows)
            assert cost == (True, True), f"{path}: {count.queries} queries, {count.rows} rows"
