"""Rows of an invented archive on their way to the database."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from reviews.models import (
    Aspect,
    Correction,
    Credit,
    Edition,
    EditionJudgement,
    EditionTag,
    Embargo,
    Film,
    Franchise,
    Judgement,
    Release,
    Review,
    ReviewTag,
)

ROWS_AT_ONCE = 1000


@dataclass
class Batch:
    """Rows to write, in an order in which each finds what it refers to."""

    as_of: dt.datetime
    star_scale: int
    rows: dict[type[models.Model], list[Any]] = field(
        default_factory=lambda: {
            model: []
            for model in (
                Franchise,
                Film,
                Release,
                Credit,
                Embargo,
                Aspect,
                Review,
                ReviewTag,
                Judgement,
                Edition,
                EditionTag,
                EditionJudgement,
                Correction,
            )
        }
    )

    def add(self, row: models.Model) -> None:
        self.rows[type(row)].append(row)

    def write(self) -> None:
        """Write all of it in one transaction."""
        with transaction.atomic():
            for model, rows in self.rows.items():
                model._default_manager.bulk_create(rows, batch_size=ROWS_AT_ONCE)
