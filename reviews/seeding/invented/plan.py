"""The plan of an invented archive: how many reviews each film has, and what films are called."""

import datetime as dt
import uuid
from collections.abc import Iterator

from reviews.seeding.invented import names

NAMESPACE = uuid.UUID("5eed5eed-0000-5000-8000-5eed5eed5eed")
FEWEST, MOST = 2, 12
SIZES = (5, 3, 8, 4, 12, 6, 2, 9, 4, 7, 3, 10, 5, 11, 6, 2, 8, 5)
OTHER_TITLE_EVERY = 13


class SeedError(Exception):
    """The archive cannot be seeded; the message is one sentence for the user."""


def uid(*name: object) -> uuid.UUID:
    """The uid of something in the archive, derived from its name here (RFC 9562, version 5)."""
    return uuid.uuid5(NAMESPACE, "/".join(map(str, name)))


def reviews_per_film(reviews: int) -> list[int]:
    """The number of reviews of each film: 2 to 12, few films with many, ``reviews`` in total (at least 2)."""
    if reviews < FEWEST:
        raise SeedError(f"A film has at least {FEWEST} reviews: ask for {FEWEST} or more.")
    counts: list[int] = []
    while reviews:
        count = min(SIZES[len(counts) % len(SIZES)], reviews)
        if reviews - count == 1:
            count += 1 if count < MOST else -1
        counts.append(count)
        reviews -= count
    if len(counts) > names.ENGLISH_TITLES:
        raise SeedError(f"There are names for {names.ENGLISH_TITLES} films only: ask for fewer reviews.")
    return counts


def film_title(number: int) -> str:
    """The title of a film, numbered from 0; one in thirteen is in a script that is not Latin, while they last."""
    other, rest = divmod(number, OTHER_TITLE_EVERY)
    if rest == OTHER_TITLE_EVERY - 1 and other < names.OTHER_TITLES // 2:
        return names.other_title(other)
    return names.title(number)


def original_title(number: int) -> str:
    """The original title of a film that was made in another language; empty for the others."""
    other, rest = divmod(number, OTHER_TITLE_EVERY)
    used = names.OTHER_TITLES // 2
    return names.other_title(used + other) if rest == 4 and used + other < names.OTHER_TITLES else ""


def batches(counts: list[int], size: int) -> Iterator[range]:
    """The numbers of the films to write in one transaction: whole films, with about ``size`` reviews."""
    start = held = 0
    for number, count in enumerate(counts):
        held += count
        if held >= size:
            yield range(start, number + 1)
            start, held = number + 1, 0
    if start < len(counts):
        yield range(start, len(counts))


def midnight(moment: dt.datetime) -> dt.datetime:
    """The beginning of a moment's day in UTC."""
    return moment.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
