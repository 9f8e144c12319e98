"""The next moment at which readers see something else by the clock alone, against a search through all moments."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given
from hypothesis import strategies as st

from reviews import clock
from reviews.desk.document.documents import document_with
from reviews.models import Correction, Edition, Film, Review
from reviews.models.public.moments import next_change
from reviews.seeding.factories import (
    MOMENT,
    make_correction,
    make_critic,
    make_embargo,
    make_film,
    make_review,
)
from reviews.seeding.rows import Batch, EditionWindow

pytestmark = pytest.mark.django_db

HOURS = range(-3, 6)
ALL_HOURS = range(-3, 8)
HOUR, INSTANT = dt.timedelta(hours=1), dt.timedelta(microseconds=1)


def at(hours: int | None) -> dt.datetime | None:
    return None if hours is None else MOMENT + hours * HOUR


def seen(moment: dt.datetime) -> tuple[Any, ...]:
    """What readers see then: editions, notes, and what earlier verdicts are read from."""
    return tuple(
        sorted(rows.values_list("pk", flat=True))
        for rows in (
            Edition.objects.public(moment).order_by(),
            Correction.objects.public(moment).order_by(),
            Correction.objects.in_force(moment).order_by(),
            Edition.objects.formerly_public(moment).order_by(),
        )
    )


def searched(after: dt.datetime) -> dt.datetime | None:
    moments = (MOMENT + hours * HOUR for hours in ALL_HOURS)
    return next((each for each in moments if each > after and seen(each) != seen(each - INSTANT)), None)


hours = st.sampled_from(HOURS)
windows = st.lists(hours, min_size=1, max_size=4).map(sorted)
embargoes = st.lists(st.tuples(st.sampled_from(["reviews", "social"]), hours, st.none() | hours), max_size=3)
notes = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["fact", "withdrawal"]), hours), max_size=2)
histories = st.lists(st.tuples(windows, st.booleans(), notes), min_size=1, max_size=3)


def write(
    film: Film, review: Review, bounds: list[int], ends: bool, noted: list[tuple[int, str, int]]
) -> None:
    """Editions of a review with windows one after the other, the last of which may have no end."""
    batch, editions = Batch(), []
    for number, opens in enumerate(bounds, 1):
        last = number == len(bounds)
        until = (at(opens + 1) if ends else None) if last else at(bounds[number])
        window = EditionWindow(MOMENT, MOMENT + opens * HOUR, until, at(bounds[0]))
        document = document_with(review, [], [], star_scale=5)
        editions.append(batch.add_edition(review, document, window, number=number))
    batch.write()
    for place, kind, hour in noted:
        make_correction(editions[place % len(editions)], kind=kind, at=at(hour))


@example([([], [([-1], False, [(0, "withdrawal", -2)])])], -3)
@given(st.lists(st.tuples(embargoes, histories), min_size=1, max_size=2), hours)
def test_it_is_the_first_moment_at_which_anything_changes(films: list[Any], after: int) -> None:
    with transaction.atomic(), clock.frozen_at(MOMENT):
        critic = make_critic()
        for agreed, reviews in films:
            film = make_film()
            for covers, lifts, ended in agreed:
                because = "" if ended is None else "Asked to."
                make_embargo(
                    film, MOMENT + lifts * HOUR, covers=covers, ended_at=at(ended), ended_because=because
                )
            for bounds, ends, noted in reviews:
                write(film, make_review(film=film, critic=critic), bounds, ends, noted)
        moment = MOMENT + after * HOUR
        assert next_change(moment) == searched(moment)
        transaction.set_rollback(True)
