"""What the site sets on its connections to PostgreSQL."""

import pytest
from django.db import connection

ASKED = {"postgresql": "SHOW jit", "sqlite": "SELECT 'off'"}
"""SQLite compiles nothing anyway."""


@pytest.mark.django_db
def test_statements_are_not_compiled_to_machine_code() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ASKED[connection.vendor])
        assert cursor.fetchall() == [("off",)]
