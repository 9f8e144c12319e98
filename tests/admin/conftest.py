"""Fixtures for tests of two users at the desk."""

import pytest
from django.test import Client

from tests.admin.pages import signed_in


@pytest.fixture
def mine() -> Client:
    return signed_in("", first_name="Pauline")


@pytest.fixture
def theirs() -> Client:
    return signed_in("", first_name="Ruth")
