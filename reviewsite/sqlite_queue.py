"""Writers to SQLite wait in a queue.

SQLite lets whoever asks at the right moment have the lock; where many wait, one of them may never be lucky, and is told
"database is locked" after its timeout. Here one at a time asks SQLite, and the others wait for that with ``flock``,
which the kernel hands on in the order in which it was asked for, and takes back from a process that dies. The lock is
held while a transaction begins, and no longer.
"""

import os
from collections.abc import Callable
from typing import Any

from django.db.backends.signals import connection_created

try:
    import fcntl
except ImportError:  # Windows: writers wait as SQLite has them.
    fcntl = None  # type: ignore[assignment]


def connect() -> None:
    """Let the writers on every connection to SQLite queue. Called once, when the app is ready."""
    connection_created.connect(_queue_on, dispatch_uid="reviewsite.sqlite_queue")


def _queue_on(sender: Any, connection: Any, **kwargs: Any) -> None:
    if connection.vendor != "sqlite" or fcntl is None or connection.is_in_memory_db():
        return
    # A connection that is opened again keeps its place.
    if not any(isinstance(wrapper, InTurn) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(InTurn(f"{connection.settings_dict['NAME']}-queue"))


class InTurn:
    """Begins a transaction when it is its turn; runs everything else at once. ``path`` is the queue's file."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if not sql.startswith("BEGIN"):
            return execute(sql, params, many, context)
        # A file of its own for each that waits: flock knows open files, not threads.
        place = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(place, fcntl.LOCK_EX)
            return execute(sql, params, many, context)
        finally:
            os.close(place)
