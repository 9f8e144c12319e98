"""A queue for writers to SQLite.

SQLite gives its lock to whoever asks at the right moment. With many writers one of them may never get it, and fails
with "database is locked" after its timeout. Here one at a time asks SQLite; the others wait with ``flock``, which the
kernel grants in the order of requests and releases when a process dies. The lock of the queue is held only while a
transaction begins.
"""

import os
from collections.abc import Callable
from typing import Any

from django.db.backends.signals import connection_created

try:
    import fcntl
except ImportError:  # Windows: writers wait as SQLite makes them.
    fcntl = None  # type: ignore[assignment]


def connect() -> None:
    """Make writers on every connection to SQLite queue. Called once, when the app is ready."""
    connection_created.connect(_queue_on, dispatch_uid="reviewsite.sqlite_queue")


def _queue_on(sender: Any, connection: Any, **kwargs: Any) -> None:
    if connection.vendor != "sqlite" or fcntl is None or connection.is_in_memory_db():
        return
    # A connection that is opened again has its wrapper already.
    if not any(isinstance(wrapper, InTurn) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(InTurn(f"{connection.settings_dict['NAME']}-queue"))


class InTurn:
    """Begins a transaction in turn; runs every other statement at once. ``path`` is the queue's file."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if not sql.startswith("BEGIN"):
            return execute(sql, params, many, context)
        # Every waiter opens the file again: a flock belongs to an open file, not to a thread.
        place = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(place, fcntl.LOCK_EX)
            return execute(sql, params, many, context)
        finally:
            os.close(place)
