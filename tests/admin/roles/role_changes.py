"""What a request changed at the desk: all rows compared, or rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.db import connection, transaction
from django.test import Client

from reviews.models import Autosave


@contextmanager
def undone() -> Iterator[None]:
    """Roll back whatever is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows(*, but: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """All rows of the desk and its accounts."""
    stored = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label in ("auth", "reviews") and model._meta.label not in but:
                table, key = model._meta.db_table, model._meta.pk.column
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{key}"')
                stored[model._meta.label] = cursor.fetchall()
    return stored


def unchanged(client: Client, path: str, posted: dict[str, Any], *, follow: bool = False) -> Any:
    """The response to a POST that must change nothing. A form that is refused is autosaved for its sender alone."""
    kept = Autosave._meta.label
    before, typed = rows(but=(kept,)), typed_by_others(client)
    response = client.post(path, posted, follow=follow)
    assert rows(but=(kept,)) == before
    assert typed_by_others(client) == typed
    return response


def typed_by_others(client: Client) -> list[Any]:
    """The autosaves of everybody but this client's account."""
    return [*Autosave.objects.exclude(owner=client.session.get(SESSION_KEY)).order_by("pk").values()]
