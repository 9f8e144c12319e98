"""The copy of a PostgreSQL database: a new one beside it, filled by pg_dump and psql, which keep the site running.

It is never made as a copy of a template, for which PostgreSQL would need the site to be disconnected.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from django.db import Error

from reviews.audit.copying.refusals import CannotCopy

VARIABLES = {"client_encoding": "PGCLIENTENCODING", "channel_binding": "PGCHANNELBINDING"}
"""The names of libpq's variables that are not PG and the parameter's name."""
PASSED_ON = (
    "host",
    "hostaddr",
    "port",
    "user",
    "sslmode",
    "sslcert",
    "sslkey",
    "sslrootcert",
    "passfile",
    *VARIABLES,
)
GRANT = (
    "The account “{user}” may not create a database, and the audit writes to a copy of the site’s own. Let it: "
    "ALTER ROLE {user} CREATEDB; or run the audit with a DATABASE_URL of an account that may."
)


@contextmanager
def copied_database(connection: Any) -> Iterator[Mapping[str, Any]]:
    """Copy the database into a new one, which is dropped at the end. Yields Django's settings for the copy."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            name = beside.settings_dict["NAME"] or beside.connection.info.dbname
            prefix = f"leak_audit_{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}_"
            _alone(cursor, prefix)
            for left in _left_by_others(cursor, prefix):
                _drop(cursor, left)
            copy = f"{prefix}{secrets.token_hex(4)}"
            try:
                _create(cursor, copy, beside.connection.info.user)
                _fill(beside.connection.info, copy)
                yield {**connection.settings_dict, "NAME": copy}
            finally:
                _drop(cursor, copy)
    finally:
        beside.close()


def _alone(cursor: Any, prefix: str) -> None:
    """Take the lock of this site's audits, wherever they run. PostgreSQL takes it back with the connection."""
    cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [prefix])
    if not cursor.fetchone()[0]:
        raise CannotCopy("Another leak audit of this site is running. Wait until it has ended.")


def _left_by_others(cursor: Any, prefix: str) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return [name for (name,) in cursor.fetchall()]


def _create(cursor: Any, name: str, user: str) -> None:
    try:
        cursor.execute(f'CREATE DATABASE "{name}"')
    except Error as error:
        if getattr(error.__cause__, "sqlstate", "") == "42501":
            raise CannotCopy(GRANT.format(user=user)) from error
        raise CannotCopy(f"A database for the copy cannot be created: {error}") from error


def _drop(cursor: Any, name: str) -> None:
    with suppress(Error):
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _fill(info: Any, copy: str) -> None:
    # In a terse message there is no line of the data.
    variables = {**os.environ, **_variables(info)}
    try:
        with subprocess.Popen(
            [_program("pg_dump"), "--no-owner", "--no-privileges", "--no-comments"],
            env=variables | {"PGDATABASE": info.dbname},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as dump:
            load = subprocess.run(
                [
                    _program("psql"),
                    "--no-psqlrc",
                    "--quiet",
                    "--set=VERBOSITY=terse",
                    "--single-transaction",
                    "--set=ON_ERROR_STOP=1",
                ],
                env=variables | {"PGDATABASE": copy},
                stdin=dump.stdout,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
            )
            said = (dump.stderr.read() if dump.stderr else b"") + load.stderr
    except OSError as error:
        raise CannotCopy(f"The database cannot be copied: {error}.") from error
    if dump.returncode or load.returncode:
        raise CannotCopy(f"The database cannot be copied: {said.decode(errors='replace').strip()[:1000]}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CannotCopy(
            f"{name} is not installed. On Debian or Ubuntu: sudo apt-get install postgresql-client"
        )
    return found


def _variables(info: Any) -> dict[str, str]:
    """How the programs reach the server: as this process does. A password is passed in no argument."""
    found = {
        VARIABLES.get(name, f"PG{name.upper()}"): value
        for name, value in info.get_parameters().items()
        if name in PASSED_ON
    }
    return found | ({"PGPASSWORD": info.password} if info.password else {})
