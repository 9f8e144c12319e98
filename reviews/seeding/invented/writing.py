"""Write an invented archive, some films at a time."""

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import reset_queries

from reviews.seeding.invented import plan
from reviews.seeding.invented.cast import write_cast
from reviews.seeding.invented.films import add_film
from reviews.seeding.rows import ROWS_AT_ONCE, Batch

YOUNG = 100_000
"""New objects after which Python looks for circles among them. By default 700, which takes a fifth of the time."""


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Let many rows be made without looking for circles of objects after every few of them."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@collected_seldom()
def seed(reviews: int, *, as_of: dt.datetime, progress: Callable[[int], None]) -> None:
    """Write an archive of so many reviews, as of a moment (aware); the same arguments give the same rows.

    Calls ``progress`` with the number of reviews written, after each transaction. If interrupted, it leaves whole
    films. Raises plan.SeedError if the number is too small or large, or if a seeded archive exists already.
    """
    counts = plan.reviews_per_film(reviews)
    cast = write_cast(reviews, as_of=as_of)
    written = 0
    for films in plan.batches(counts, ROWS_AT_ONCE):
        batch = Batch()
        for number in films:
            add_film(batch, cast, number, first_review=written, how_many=counts[number])
            written += counts[number]
        batch.write()
        # With DEBUG on, Django keeps the text of every statement.
        reset_queries()
        progress(written)
