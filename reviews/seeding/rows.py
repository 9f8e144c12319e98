"""Rows written in bulk as the desk's verbs would have left them, without calling the verbs.

The rows of an edition are made by the desk's own code (:mod:`reviews.desk.document.composition`).
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db import models, transaction

from reviews.desk import counting
from reviews.desk.document.composition import Rendering, composed
from reviews.models import (
    Aspect,
    Correction,
    Credit,
    Critic,
    Edition,
    EditionJudgement,
    EditionPicture,
    EditionTag,
    Embargo,
    Film,
    Franchise,
    Judgement,
    Outlet,
    Person,
    PublicState,
    Release,
    Review,
    ReviewTag,
    Tag,
)
from reviews.rules.document import Document

ROWS_AT_ONCE = 1000
IN_ORDER: tuple[type[models.Model], ...] = (
    Franchise,
    Film,
    Person,
    Critic,
    Release,
    Credit,
    Embargo,
    Tag,
    Aspect,
    Review,
    ReviewTag,
    Judgement,
    Edition,
    EditionTag,
    EditionJudgement,
    EditionPicture,
    Correction,
)
"""Each model after those it refers to."""


@dataclass(frozen=True)
class EditionWindow:
    """When an edition is visible. Moments are aware; a first edition is published when its window opens."""

    planned_for: dt.datetime
    visible_from: dt.datetime
    visible_until: dt.datetime | None = None
    first_visible_from: dt.datetime | None = None

    @classmethod
    def since(cls, moment: dt.datetime) -> "EditionWindow":
        """The window of an only edition, which was published as planned."""
        return cls(moment, moment)


@dataclass
class Batch:
    """Rows to write, each after those it refers to."""

    rows: dict[type[models.Model], list[Any]] = field(
        default_factory=lambda: {model: [] for model in IN_ORDER}
    )

    @cached_property
    def outlet(self) -> Outlet:
        return Outlet.objects.current()

    def add(self, *rows: models.Model) -> None:
        for row in rows:
            self.rows[type(row)].append(row)

    def add_edition(
        self,
        review: Review,
        document: Document,
        window: EditionWindow,
        *,
        number: int = 1,
        rendering: Rendering | None = None,
    ) -> Edition:
        """Add an edition of a review with the content of a document, as composing and publishing it would leave it.

        The review may be unsaved, because it is written first. The caller gives it the status that fits the window.
        """
        composition = composed(replace(document, star_scale=self.outlet.star_scale), review, rendering)
        edition = composition.edition
        edition.number = number
        edition.planned_for = window.planned_for
        edition.visible_from, edition.visible_until = window.visible_from, window.visible_until
        edition.first_visible_from = window.first_visible_from or window.visible_from
        self.add(edition, *composition.tag_rows(), *composition.judgements, *composition.pictures)
        return edition

    def write(self) -> None:
        """Write all of it in one transaction."""
        with transaction.atomic():
            for model, rows in self.rows.items():
                model._default_manager.bulk_create(rows, batch_size=ROWS_AT_ONCE)
            counting.settle()
            # Bulk writes send no signals.
            PublicState.objects.move(is_seen=True)
