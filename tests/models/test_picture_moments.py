"""The next moment of pictures by the clock alone, against a search through all moments; and by which plan."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviews import clock
from reviews.models import Critic, Edition, EditionPicture, Film, Person, Picture, PictureFile
from reviews.models.public.edition_picture import shown_files
from reviews.models.public.moments import next_change
from reviews.models.public.picture_moments import picture_moments
from reviews.seeding.factories import (
    MOMENT,
    make_credit,
    make_critic,
    make_embargo,
    make_film,
    make_outlet,
    make_person,
    make_picture,
    make_review,
)
from reviews.seeding.multiply import multiply
from reviews.seeding.site import make_site
from tests.gate.night import NIGHT
from tests.measures.plans import asked, work_of
from tests.models.test_next_change import at, write

pytestmark = pytest.mark.django_db

HOUR, INSTANT = dt.timedelta(hours=1), dt.timedelta(microseconds=1)
PLACES = ("pinned", "poster", "still", "portrait", "person", "nowhere")
hours = st.integers(-2, 4)
windows = st.tuples(hours, st.none() | hours)
pictures = st.tuples(st.sampled_from(PLACES), st.none() | hours, st.none() | hours)
"""Where a picture stands, and when its embargo and its rights end."""


def seen(moment: dt.datetime) -> list[Any]:
    public = Edition.objects.public(moment).order_by().values_list("pk", flat=True)
    return [sorted(public), sorted(shown_files(moment).order_by().values_list("pk", flat=True))]


def searched(after: dt.datetime) -> dt.datetime | None:
    moments = (MOMENT + hour * HOUR for hour in range(-2, 7))
    return next((each for each in moments if each > after and seen(each) != seen(each - INSTANT)), None)


def place(picture: Picture, where: str, film: Film, edition: Edition) -> None:
    if where == "pinned":
        EditionPicture.objects.create(edition=edition, picture=picture, file=picture.file)
    elif where in ("poster", "still"):
        setattr(film, where, picture)
        film.save()
    elif where == "portrait":
        edition.critic.portrait = picture
        edition.critic.save()
    elif where == "person":
        make_credit(film=film, person=make_person(portrait=picture))


@settings(max_examples=200 if NIGHT else 1)
@example((0, None), None, [("still", 1, None)], 0)
@example((0, 2), None, [("pinned", None, 2), ("poster", None, 3)], 1)
@example((-1, None), 1, [("person", 1, 2)], 0)
@example((-1, None), 2, [("portrait", 1, None), ("pinned", None, 2)], 0)
@given(windows, st.none() | hours, st.lists(pictures, min_size=1, max_size=3), hours)
def test_it_is_the_first_moment_at_which_anything_changes(
    window: tuple[int, int | None], lifts: int | None, stand: list[Any], after: int
) -> None:
    with transaction.atomic(), clock.frozen_at(MOMENT):
        opens, closes = window
        film = make_film()
        if lifts is not None:
            make_embargo(film, MOMENT + lifts * HOUR)
        write(film, make_review(film=film, critic=make_critic()), [opens], False, [])
        Edition.objects.update(visible_until=at(closes if closes is None else opens + abs(closes)))
        edition = Edition.objects.get()
        for where, begins, ends in stand:
            if begins is None or ends is None or begins < ends:
                place(make_picture(embargo_until=at(begins), rights_until=at(ends)), where, film, edition)
        moment = MOMENT + after * HOUR
        assert next_change(moment) == searched(moment)
        transaction.set_rollback(True)


def test_a_hidden_picture_has_none(now: dt.datetime) -> None:
    make_picture(embargo_until=now + HOUR, rights_until=now + 2 * HOUR)
    film = make_film(poster=make_picture(embargo_until=now + HOUR))
    write(film, make_review(film=film), [3], False, [])
    assert list(picture_moments(now)) == []


REVIEWS, PICTURES = 400, 1500
MOST = 120
"""Rows that a look for one file may read: a dozen of each place."""


def test_one_file_is_found_by_indexes_and_the_next_moment_without_a_query_for_each_hidden_picture(
    now: dt.datetime,
) -> None:
    make_outlet()
    make_site(REVIEWS // 20)
    multiply(20, hours=20, waiting=20)
    made = fill(now)
    # Where PostgreSQL knows nothing of a table it takes any index of it: a server gathers statistics by itself.
    for statistics in (True,) if connection.vendor == "postgresql" else (False, True):
        if statistics:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        for picture in made[:: PICTURES // 12]:
            with asked() as statements:
                list(shown_files(now).filter(token=picture.file.token).order_by()[:1])
            works = [work_of(each) for each in statements]
            assert [work.rows <= MOST for work in works] == [True], works
        with asked() as statements:
            assert len(list(picture_moments(now))) == 2
        assert len(statements) == 2
        found = [work_of(each) for each in statements]
        # PostgreSQL reads a table of a few critics as a whole for each picture, sooner than an index of it.
        assert all(work.rows < 100 * PICTURES for work in found), found


def fill(now: dt.datetime) -> list[Picture]:
    """Pictures that stand everywhere, and twice as many that stand nowhere and have terms."""
    made = []
    for number in range(PICTURES):
        picture = Picture(
            name=f"still-{number}",
            rights_until=now + number * HOUR / 60 + HOUR,
            embargo_until=now + number * HOUR / 60 if number % 2 else None,
        )
        picture.file = PictureFile(
            picture_uid=picture.uid,
            format="JPEG",
            width=1600,
            height=900,
            upload_width=1600,
            upload_height=900,
            colour="#808080",
            upload_digest=f"{number:064}",
        )
        made.append(picture)
    PictureFile.objects.bulk_create([each.file for each in made])
    Picture.objects.bulk_create(made)
    placed = made[-PICTURES // 3 :]
    for model, column in ((Film, "poster"), (Film, "still"), (Critic, "portrait"), (Person, "portrait")):
        rows: Any = list(model._default_manager.all()[: len(placed)])
        for row, picture in zip(rows, placed[::-1], strict=False):
            setattr(row, column, picture)
        model._default_manager.bulk_update(rows, [column])
    editions = Edition.objects.all()[: len(placed)]
    EditionPicture.objects.bulk_create(
        [EditionPicture(edition=e, picture=p, file=p.file) for e, p in zip(editions, placed, strict=False)]
    )
    return made
