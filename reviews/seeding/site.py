"""Many rows at once, past the desk's verbs: public sites of any size for tests that count."""

import datetime as dt
from uuid import uuid4

from django.db import connection

from reviews.models import (
    Aspect,
    Correction,
    Credit,
    Critic,
    Edition,
    EditionJudgement,
    EditionTag,
    Film,
    Franchise,
    Outlet,
    Person,
    Release,
    Review,
    Tag,
)
from reviews.seeding.factories import MOMENT

TAGS = 6


def make_site(reviews: int) -> None:
    """A public site with this many reviews, a fifth as many films and a tenth as many critics.

    The first film is reviewed by everybody. Every review has two tags and two judgements that name the second
    person, every fifth a correction. Ten films at most make a franchise.
    """
    Outlet.objects.get_or_create(defaults={"name": "The Test Reel", "time_zone": "Europe/London"})
    number = max(reviews // 5, 2)
    franchises = Franchise.objects.bulk_create(
        [Franchise(name=f"Franchise {n:04}", slug=f"franchise-{n}") for n in range(-(-number // 10))]
    )
    films = Film.objects.bulk_create(
        [
            Film(
                title=f"Film {n:04}",
                sort_title=f"film {n:04}",
                slug=f"film-{n}",
                release_year=1950 + n % 70,
                franchise=franchises[n // 10],
            )
            for n in range(number)
        ]
    )
    critics = Critic.objects.bulk_create(
        [
            Critic(name=f"Critic {n:04}", sort_name=f"critic {n:04}", slug=f"critic-{n}")
            for n in range(max(reviews // 10, 2))
        ]
    )
    people = Person.objects.bulk_create(
        [
            Person(name=f"Person Name{n:04}", sort_name=f"person {n:04}", slug=f"person-{n}")
            for n in range(len(films) + 2)
        ]
    )
    Credit.objects.bulk_create(
        Credit(film=film, person=people[n + role], job=job, position=role)
        for n, film in enumerate(films)
        for role, job in enumerate(("director", "writer", "actor"))
    )
    Release.objects.bulk_create(
        Release(film=film, territory="GB", date=dt.date(2025, 6, 6)) for film in films
    )
    _make_editions(reviews, films, critics)
    if connection.vendor == "postgresql":
        # Its plans follow statistics, and those of a moment ago may be of empty tables: then a page takes minutes.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _make_editions(number: int, films: list[Film], critics: list[Critic]) -> None:
    tags = Tag.objects.bulk_create([Tag(name=f"Tag {n}", slug=f"tag-{n}") for n in range(TAGS)])
    aspects = Aspect.objects.bulk_create(
        [Aspect(name=f"Aspect {n}", slug=f"aspect-{n}", position=n) for n in (1, 2)]
    )
    said = [
        {
            "film": films[0] if n % 3 == 0 else films[n % len(films)],
            "critic": critics[n % len(critics)],
            "headline": f"Headline {n}",
            "slug": f"review-{n}",
            "standfirst": f"Standfirst {n}.",
            "verdict": n % 5 - 2,
        }
        for n in range(number)
    ]
    reviews = Review.objects.bulk_create([Review(status="approved", **fields) for fields in said])
    editions = Edition.objects.bulk_create(
        [
            Edition(
                review=review,
                review_uid=review.uid,
                number=1,
                star_scale=5,
                body_html="<p>The fights are clear.</p>",
                **fields,
                **dict.fromkeys(
                    ("planned_for", "visible_from", "first_visible_from"), MOMENT - dt.timedelta(hours=n + 1)
                ),
            )
            for n, (review, fields) in enumerate(zip(reviews, said, strict=True))
        ]
    )
    EditionTag.objects.bulk_create(
        EditionTag(edition=edition, tag=tags[(n + step) % TAGS])
        for n, edition in enumerate(editions)
        for step in (0, 1)
    )
    EditionJudgement.objects.bulk_create(
        EditionJudgement(edition=edition, uid=uuid4(), aspect=aspect, stance=1, evidence="Name0001 fights")
        for edition in editions
        for aspect in aspects
    )
    Correction.objects.bulk_create(
        Correction(edition=edition, note="Mended.", at=edition.visible_from) for edition in editions[::5]
    )
