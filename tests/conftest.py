"""What every test shares."""

import datetime as dt
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from reviews import clock
from reviews.public import page_cache
from reviews.public.fragment_cache import FRAGMENTS
from reviews.seeding.factories import MOMENT

pytest_plugins = [
    "tests.gate.night",
    "tests.gate.dearest",
    "tests.gate.migrated",
    "tests.gate.portable",
    "tests.measures.composed",
]

# A password is hashed as on the site, without the million rounds that make it slow.
PBKDF2PasswordHasher.iterations = 1


def pytest_collection_finish() -> None:
    """Let the collector look through what tests make, and no more through what is there all the while."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def files_of_pictures(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep files of pictures apart from those of the site that is being developed."""
    pictures: Any = settings.STORAGES["pictures"]
    pictures["OPTIONS"]["location"] = tmp_path_factory.mktemp("pictures")


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep nothing from test to test, and no pages at all: a test that means to measure a page must not be answered
    from what an earlier one made. Those of the page cache switch it on (``pages_are_kept``).
    """
    cache.clear()
    FRAGMENTS.clear()
    page_cache.forget()
    monkeypatch.setattr(settings, "PAGE_CACHE", False)


@pytest.fixture
def pages_are_kept(empty_cache: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch the page cache on, with nothing in it."""
    monkeypatch.setattr(settings, "PAGE_CACHE", True)


@contextmanager
def keeping(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what is written inside, with the clock stopped, until the end; what a test writes is taken back as ever."""
    with blocker.unblock(), transaction.atomic():
        with clock.frozen_at(MOMENT):
            yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what fixtures of this scope write for all tests of a module."""
    with keeping(django_db_blocker):
        yield


@pytest.fixture(scope="class")
def kept_by_class(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what fixtures of this scope write for all tests of a class."""
    with keeping(django_db_blocker):
        yield


@pytest.fixture
def now() -> Iterator[dt.datetime]:
    """The clock, stopped at ``reviews.seeding.factories.MOMENT`` for the whole process."""
    with clock.frozen_at(MOMENT):
        yield MOMENT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much the leak walk compared; the reports come from every worker."""
    comparisons = sum(
        int(str(value))
        for report in terminalreporter.stats.get("passed", [])
        for name, value in getattr(report, "user_properties", [])
        if name == "comparisons"
    )
    if comparisons:
        terminalreporter.write_line(f"The leak walk made {comparisons:,} comparisons.")
