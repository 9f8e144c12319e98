"""The plain list is read from a database without statistics, while pages are read from one with them."""

from pathlib import Path

import pytest
from django.db import connection

from tests.bench.speed.plain_connection import PlainConnection


def asked() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return str(connection.settings_dict["NAME"])


@pytest.mark.django_db
def test_queries_of_the_block_go_to_the_other_database_and_all_others_to_the_sites(tmp_path: Path) -> None:
    sites = asked()
    other = str(tmp_path / "other.sqlite3") if connection.vendor == "sqlite" else "postgres"
    plain = PlainConnection(other)
    with plain.used(is_used=False):
        assert asked() == sites
    with plain.used():
        assert asked() == other
        assert connection.close_at is None
        connection.close()
    assert asked() == sites


@pytest.mark.django_db
def test_the_sites_connection_is_kept_open_in_the_block_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked()
    monkeypatch.setattr(connection, "close_at", 5.0)
    with PlainConnection().used():
        assert connection.close_at is None
    assert connection.close_at == 5.0
