"""Releases without a date that an earlier release let in twice."""

import pytest
from django.core.management.base import CommandError

from reviews.models import Release
from tests.migrating import Database

# Released migrations are not edited: only a later one, or Django, can break this.
pytestmark = pytest.mark.in_turn

BEFORE, AFTER = "0005_founding_roles", "0006_a_release_is_once"


def test_those_that_agree_become_one_and_others_are_named_and_stay(database: Database) -> None:
    database.migrate(BEFORE)
    film, other = (
        database.model("reviews", "Film", BEFORE).create(title=title, slug=title.lower())
        for title in ("Alien", "Heat")
    )
    releases = database.model("reviews", "Release", BEFORE)
    for fields in ({}, {"certificate": "15"}, {"distributor": "Vertigo"}, {"medium": "disc"}):
        releases.create(film=film, territory="GB", **fields)
    releases.create(film=film, territory="US")
    for certificate in ("15", "18"):
        releases.create(film=other, territory="GB", certificate=certificate)

    with pytest.raises(CommandError, match=r"“Heat” \(heat\): GB, cinema\. With the version") as refused:
        database.migrate(AFTER)
    assert "Alien" not in str(refused.value)
    assert releases.count() == 7, "nothing is done by halves"

    releases.get(certificate="18").delete()
    database.migrate(AFTER)
    assert list(
        releases.order_by("film", "territory", "medium").values_list(
            "film__slug", "territory", "medium", "certificate", "distributor"
        )
    ) == [
        ("alien", "GB", "cinema", "15", "Vertigo"),
        ("alien", "GB", "disc", "", ""),
        ("alien", "US", "cinema", "", ""),
        ("heat", "GB", "cinema", "15", ""),
    ]
    assert "release_once_undated" in {constraint.name for constraint in Release._meta.constraints}


def test_those_of_films_of_one_title_and_year_are_not_mixed_up(database: Database) -> None:
    """Nor are those of films without a year: each is merged with its own film's, in whatever order they were added."""
    database.migrate(BEFORE)
    releases = database.model("reviews", "Release", BEFORE)
    for year in (1998, None):
        films = [
            database.model("reviews", "Film", BEFORE).create(
                title="Godzilla",
                sort_title="godzilla",
                slug=f"godzilla-{year}-{number}",
                release_year=year,
            )
            for number in (1, 2)
        ]
        for certificate in ("", "15"):
            for film in films:
                releases.create(film=film, territory="GB", certificate=certificate)
    database.migrate(AFTER)
    left = releases.order_by("film__slug").values_list("film__slug", "certificate")
    assert list(left) == [
        ("godzilla-1998-1", "15"),
        ("godzilla-1998-2", "15"),
        ("godzilla-None-1", "15"),
        ("godzilla-None-2", "15"),
    ]


def test_what_differs_in_case_or_spelling_differs(database: Database) -> None:
    database.migrate(BEFORE)
    releases = database.model("reviews", "Release", BEFORE)
    for number, (one, other) in enumerate(
        (("Vertigo", "VERTIGO"), ("Pathé", "Pathe\u0301"), ("A24", "A24 "))
    ):
        film = database.model("reviews", "Film", BEFORE).create(title=f"Film {number}", slug=f"film-{number}")
        for distributor in (one, other):
            releases.create(film=film, territory="GB", distributor=distributor)
    with pytest.raises(CommandError) as refused:
        database.migrate(AFTER)
    assert all(f"“Film {number}” (film-{number}): GB, cinema" in str(refused.value) for number in range(3))
    assert releases.count() == 6
    releases.all().delete()
