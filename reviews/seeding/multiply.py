"""Public sites of tens of thousands of reviews, copied from a small one by SQL in a second or two."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from reviews.desk import counting
from reviews.models import (
    Correction,
    Credit,
    Critic,
    Edition,
    EditionJudgement,
    EditionTag,
    Film,
    Franchise,
    Person,
    PublicState,
    Release,
    Review,
)

COPIED: Sequence[type[models.Model]] = (
    Franchise,
    Film,
    Critic,
    Person,
    Credit,
    Release,
    Review,
    Edition,
    EditionTag,
    EditionJudgement,
    Correction,
)
"""The models to copy, each after those it refers to. All copies share tags, aspects and the outlet."""

STEP = 1_000_000
"""The difference between the keys of one copy and those of the next."""

_NAMES = {"slug", "name", "title", "sort_name", "sort_title"}


def multiply(times: int, *, hours: int, waiting: int = 0) -> None:
    """Multiply the site by ``times``, each copy ``hours`` older than the last; ``waiting`` more are in the future."""
    shifts = [-number * hours for number in range(1, times)] + [
        number * hours for number in range(1, waiting + 1)
    ]
    values = ", ".join(f"({number}, {shift})" for number, shift in enumerate(shifts, 1))
    with connection.cursor() as cursor:
        for model in COPIED:
            fields = model._meta.concrete_fields
            columns = ", ".join(f'"{field.column}"' for field in fields)
            copied = ", ".join(_expression(field) for field in fields)
            table = f'"{model._meta.db_table}"'
            cursor.execute(
                f"WITH copies(n, hours) AS (VALUES {values}) INSERT INTO {table} ({columns}) "
                f"SELECT {copied} FROM {table}, copies"
            )
    PublicState.objects.move(is_seen=True)
    # The copies say that they are counted.
    counting.forget()
    counting.settle()


def _expression(field: Any) -> str:
    column, is_sqlite = f'"{field.column}"', connection.vendor == "sqlite"
    if field.primary_key or (field.is_relation and field.related_model in COPIED):
        return f"{column} + n * {STEP}"
    if isinstance(field, models.UUIDField):
        # The same for a review and its edition, but different in every copy, and as random at its beginning: from that
        # the sitemap tells how many rows there are.
        digits = column if is_sqlite else f"replace({column}::text, '-', '')"
        rest = "printf('%08x', n)" if is_sqlite else "lpad(to_hex(n), 8, '0')"
        turned = f"substr({digits}, n % 24 + 1, 24 - n % 24) || substr({digits}, 1, n % 24) || {rest}"
        return turned if is_sqlite else f"({turned})::uuid"
    if isinstance(field, models.DateTimeField):
        return (
            f"datetime({column}, hours || ' hours')" if is_sqlite else f"{column} + hours * interval '1 hour'"
        )
    return f"{column} || '-' || n" if field.name in _NAMES else column
