"""The database as an earlier release left it, and on to today's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(name: str | None = None) -> Any:
    """Migrate the app back or on to a migration (None: the newest), and return its models as they were then."""
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.leaf_nodes("reviews") if name is None else [("reviews", name)]
    state = executor.migrate(nodes)
    return state.apps


@contextmanager
def before(name: str) -> Iterator[Any]:
    """The models as they were just before a migration; what was not migrated on inside is afterwards."""
    loader = MigrationExecutor(connection).loader
    (previous,) = [key for key in loader.graph.node_map[("reviews", name)].parents if key.key[0] == "reviews"]
    try:
        yield migrate(previous.key[1])
    finally:
        migrate()
