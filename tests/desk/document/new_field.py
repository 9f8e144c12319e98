"""A field added to the models, to the database and to the table of fields, as by a migration; taken away afterwards."""

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from reviews.desk import revisions
from reviews.desk.document.fields import FIELDS, DocumentField, FormPart, RecordPart
from reviews.models import Edition, Review, Revision
from reviews.models.fields import ProseField
from tests.desk.reading import change, reread

NAME = "sound"


def text() -> Any:
    return ProseField(blank=True, default="", max_length=600)


@contextmanager
def declared(
    make: Callable[[], Any] = text,
    entry: Any = None,
    *,
    on: tuple[type[models.Model], ...] = (Review, Edition),
    table: MutableMapping[str, Any] = FIELDS,
) -> Iterator[None]:
    """The field is there inside. Its column stays until the transaction of the test is rolled back."""
    # PostgreSQL alters no table while foreign keys of its rows are still to be checked.
    connection.check_constraints()
    fields = [(model, make()) for model in on]
    for model, field in fields:
        field.contribute_to_class(model, NAME)
        default = "NULL" if field.null else "NOT NULL DEFAULT ''"
        with connection.cursor() as cursor:
            cursor.execute(
                f"ALTER TABLE {model._meta.db_table} ADD COLUMN {NAME} {field.db_type(connection)} {default}"
            )
    table[NAME] = entry or DocumentField(FormPart.ORIGIN, RecordPart.ORIGIN)
    try:
        yield
    finally:
        del table[NAME]
        for model, field in fields:
            model._meta.local_fields.remove(field)
            model._meta._expire_cache()  # type: ignore[attr-defined]
            for name in (NAME, f"get_{NAME}_display"):
                if name in vars(model):
                    delattr(model, name)


def sound_of(review: Review) -> Any:
    """What is saved in it."""
    return getattr(reread(review), "sound")  # noqa: B009


def written(review: Review, **values: Any) -> Revision | None:
    """Save changes as the desk does."""
    before = revisions.claim(review, revisions.settle(review).number)
    change(reread(review), **values)
    return revisions.record(review, by=None, before=before)
