"""Connections to PostgreSQL plan for short statements: it compiles none to machine code.

PostgreSQL compiles a statement that it expects to take long. It is mistaken about ours while it has no statistics, and
then spends a hundred milliseconds on what is answered in one.
"""

from typing import Any

from django.db.backends.signals import connection_created


def connect() -> None:
    """Switch it off on every connection. Called once, when the app is ready."""
    connection_created.connect(_compile_nothing, dispatch_uid="reviewsite.postgresql")


def _compile_nothing(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "postgresql":
        # The driver's own cursor, because this is no query of a page. As a setting in the session it passes a pooler.
        connection.connection.execute("SET jit = off")
