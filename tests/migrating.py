"""A database that is brought to any migration, filled as it was then, and brought forward."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

ALIAS = "scratch"


class Database:
    """A database by its alias: the tests' own, or an empty one on the same engine (``scratch``)."""

    def __init__(self, using: str) -> None:
        self.using = using
        self._states: dict[str, Any] = {}

    def migrate(self, name: str = "") -> None:
        """Bring it to a migration of ours (default: the newest), with the receivers of ``post_migrate``."""
        target = ["reviews", *([name] if name else [])]
        call_command("migrate", *target, database=self.using, verbosity=0, interactive=False)

    def apps(self, at: str = "") -> Any:
        """The models as they were at a migration of ours (default: the newest)."""
        if at not in self._states:
            loader = MigrationExecutor(connections[self.using]).loader
            targets = [("reviews", at)] if at else loader.graph.leaf_nodes()
            self._states[at] = loader.project_state(targets).apps
        return self._states[at]

    def model(self, label: str, name: str, at: str = "") -> Any:
        """The manager of one of them; it reads this database."""
        return self.apps(at).get_model(label, name)._default_manager.db_manager(self.using)


@contextmanager
def scratch() -> Iterator[Database]:
    """An empty database; it is gone afterwards. For tests: the fixture ``database`` of ``tests/migrations``."""
    settings = deepcopy(connections.databases["default"])
    # Not its name: where no other test of a run asks for the default database, that is the developer's.
    settings["TEST"] = {**settings["TEST"], "NAME": f"{_name_in_tests()}_{ALIAS}"}
    connections.databases[ALIAS] = settings
    connection = connections[ALIAS]
    creation: Any = connection.creation
    name = creation._create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield Database(ALIAS)
    finally:
        connection.close()
        creation._destroy_test_db(name, verbosity=0)
        del connections.databases[ALIAS], connections[ALIAS]


def _name_in_tests() -> str:
    creation: Any = connections["default"].creation
    settings = creation.connection.settings_dict
    return str(settings["TEST"]["NAME"] or creation._get_test_db_name())
