"""The copy of a PostgreSQL database: another database, gone afterwards; and what is said where it may not be made."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from reviews.audit.copying import CannotCopy, copied, switched_to
from reviews.audit.copying.postgresql import copied_database
from reviews.models import Film
from reviews.seeding.factories import make_film

pytestmark = pytest.mark.django_db(transaction=True)

LIMITED = "leak_audit_test_limited"


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, settings: Any) -> None:
    settings.VAR_DIR = tmp_path


def copies() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'leak_audit_')")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def limited() -> Iterator[Any]:
    """A connection of an account that may read everything and create no database."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {LIMITED} LOGIN IN ROLE pg_read_all_data")
    theirs = connection.copy()
    options = {name: value for name, value in theirs.settings_dict["OPTIONS"].items() if name != "user"}
    theirs.settings_dict = {**theirs.settings_dict, "USER": LIMITED, "OPTIONS": options}
    yield theirs
    theirs.close()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE {LIMITED}")


def test_is_another_database_and_gone_afterwards() -> None:
    make_film(title="Of the site")
    with copied() as copy:
        assert copies() == {copy["NAME"]}
        with switched_to(copy):
            Film.objects.update(title="Written to the copy")
            assert Film.objects.get().title == "Written to the copy"
    assert copies() == set()
    assert Film.objects.get().title == "Of the site"


def test_of_a_killed_audit_is_removed_by_the_next() -> None:
    with copied() as copy:
        left = f"{copy['NAME'].rpartition('_')[0]}_dead"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{left}"')
    with copied() as copy:
        assert copies() == {copy["NAME"]}


def test_is_gone_when_the_audit_is_interrupted() -> None:
    with pytest.raises(KeyboardInterrupt), copied():
        raise KeyboardInterrupt
    assert copies() == set()


def test_is_made_by_one_audit_at_a_time_wherever_it_runs(tmp_path: Any, settings: Any) -> None:
    with copied():
        settings.VAR_DIR = tmp_path / "another"
        with pytest.raises(CannotCopy, match="Another leak audit of this site is running"), copied():
            pass


def test_an_account_that_may_create_no_database_is_told_what_to_do(limited: Any) -> None:
    said = f"ALTER ROLE {LIMITED} CREATEDB; or run the audit with a DATABASE_URL of an account that may"
    with pytest.raises(CannotCopy, match=said), copied_database(limited):
        pass
    assert copies() == set()
