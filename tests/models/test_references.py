"""Rows with a missing reference, left by another program, are named before an upgrade fails on them."""

from uuid import uuid4

import pytest
from django.core.checks import ERROR, CheckMessage, Tags, run_checks
from django.db import connection

from reviews.audit.planting import undone
from reviews.models import Judgement
from reviews.seeding.factories import make_judgement, make_review

pytestmark = pytest.mark.django_db


def found() -> list[CheckMessage]:
    said = run_checks(tags=[Tags.database], databases=["default"])
    return [message for message in said if message.id == "reviews.E001"]


def test_none_are_found_if_every_reference_is_valid() -> None:
    make_judgement(make_review())
    assert found() == []


def test_each_is_named_with_what_to_do() -> None:
    """PostgreSQL lets no program leave such a row."""
    whole = make_judgement(make_review())
    with undone():
        orphan = Judgement.objects.create(uid=uuid4(), review_id=99, aspect=whole.aspect, stance=1)
        messages = found()
        if connection.vendor != "sqlite":
            assert messages == []
            return
        [message] = messages
        # Not its key, which is random: SQLite numbers the rows itself.
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM reviews_judgement WHERE id = %s", [orphan.pk])
            (row,) = cursor.fetchone()
    assert message.level >= ERROR  # So that migrate does not start.
    assert message.msg == (
        f"Row {row} of reviews_judgement refers to a row of reviews_review that does not exist."
    )
    assert f'"DELETE FROM reviews_judgement WHERE rowid = {row}"' in str(message.hint)
