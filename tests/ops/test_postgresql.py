"""What the site sets on its connections to PostgreSQL."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.backends.signals import connection_created

SENT = {"postgresql": ["SET jit = off"], "sqlite": []}
"""SQLite compiles nothing anyway, and does not know the setting."""


class Driver:
    """A driver's connection that notes its statements."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def execute(self, statement: str) -> None:
        self.sent.append(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("vendor", SENT)
def test_statements_are_not_compiled_to_machine_code(vendor: str) -> None:
    driver = Driver()
    made = SimpleNamespace(vendor=vendor, connection=driver, is_in_memory_db=lambda: True)
    connection_created.send(type(connection), connection=made)
    assert driver.sent == SENT[vendor]
    if vendor == connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")
            assert cursor.fetchall() == [("off",)]
