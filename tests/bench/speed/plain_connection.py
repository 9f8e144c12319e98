"""The plain list's connection to the database, which is kept open, whatever the site's settings say of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import load_backend


class PlainConnection:
    """The site's own connection, or one to another database of the same kind, by its name."""

    def __init__(self, database: str = "") -> None:
        self._sites: Any = connections[DEFAULT_DB_ALIAS]
        settings = self._sites.settings_dict
        self._own: Any = (
            load_backend(settings["ENGINE"]).DatabaseWrapper({**settings, "NAME": database}, DEFAULT_DB_ALIAS)
            if database
            else self._sites
        )

    @contextmanager
    def used(self, is_used: bool = True) -> Iterator[None]:
        """Every query of the block goes through this connection; through the site's if it is not to be used."""
        if not is_used:
            yield
            return
        self._own.ensure_connection()
        closes, self._own.close_at = self._own.close_at, None
        connections[DEFAULT_DB_ALIAS] = self._own
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = self._sites
            self._own.close_at = closes
