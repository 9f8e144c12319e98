"""Connections to SQLite that are kept between requests: opening one takes half as long as a plain list of reviews.

Each thread has its own. What a request leaves behind ends with it: a statement that it has not read to the end would
show later requests the site as it was then, and a transaction would keep everybody else from writing. A connection is
closed, and the next query opens another, if its file has been replaced or removed since (a restore), if another process
opened it, or if a transaction was left open.
"""

import os
from typing import Any
from weakref import WeakSet

from django.core.signals import request_finished, request_started

from reviewsite.sqlite_file import PrivateConnection

Opened = tuple[int, int, int]
"""A process, and the device and number of a file, which a file that replaces it does not have."""


class KeptConnection(PrivateConnection):
    """A connection that knows which file it has open, and which of its cursors are in use."""

    def __init__(self, database: Any, *args: Any, **kwargs: Any) -> None:
        self._path = str(database)
        self._cursors: WeakSet[Any] = WeakSet()
        # Before it is opened: of a file that is replaced meanwhile, this is the older one, so it is opened again.
        self._opened = _opened(self._path)
        super().__init__(database, *args, **kwargs)
        if self._opened is None:
            self._opened = _opened(self._path)

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        made = super().cursor(*args, **kwargs)
        self._cursors.add(made)
        return made

    @property
    def is_current(self) -> bool:
        """Whether this process opened it, and its file is still the one at its path."""
        return self._opened == _opened(self._path)

    def end_reading(self) -> None:
        """Close every cursor, whoever still has it."""
        for cursor in list(self._cursors):
            cursor.close()


def _opened(path: str) -> Opened | None:
    """What is at a path, for this process; None if nothing is."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return os.getpid(), found.st_dev, found.st_ino


def connect() -> None:
    """Look at kept connections when a request starts and when it ends. Called once, when the app is ready."""
    request_started.connect(_close_unusable, dispatch_uid="reviewsite.sqlite_connections.started")
    request_finished.connect(_close_unusable, dispatch_uid="reviewsite.sqlite_connections.finished")


def _close_unusable(**kwargs: Any) -> None:
    from django.db import connections

    for base in connections.all(initialized_only=True):
        opened = base.connection
        # Tests ask for pages within a transaction. Of a request that ends in one, Django closes the connection.
        if not isinstance(opened, KeptConnection) or base.in_atomic_block:
            continue
        opened.end_reading()
        if opened.in_transaction or not opened.is_current:
            base.close()
