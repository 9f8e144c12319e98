"""Rows as a database may hold them that an older release or another program wrote: past every check."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models


@contextmanager
def unchecked() -> Iterator[None]:
    """Check constraints of our tables hold nothing inside. For a test whose transaction is taken back."""
    tables = apps.get_app_config("reviews").get_models()
    checks = [
        (model._meta.db_table, each.name)
        for model in tables
        for each in model._meta.constraints
        if isinstance(each, models.CheckConstraint)
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            # What is deferred is looked at first: a table with rows to look at is not altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table, name in checks:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"')
        try:
            yield
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
