"""A database of its own for each test: none of these touches the one that the others share."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.migrating import Database, scratch


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    with django_db_blocker.unblock(), scratch() as database:
        yield database
