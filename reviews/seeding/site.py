"""A small public site on which every page has content, for tests that count queries, rows and pages of a list."""

import datetime as dt

from django.db import connection

from reviews.desk.document.documents import document_with
from reviews.models import Aspect, Critic, Film, Outlet, Review, ReviewTag, Tag
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_correction,
    make_credit,
    make_critic,
    make_film,
    make_franchise,
    make_judgement,
    make_person,
    make_release,
    make_review,
    make_tag,
)
from reviews.seeding.rows import Batch, EditionWindow

TAGS = 6
PASSAGE = "Name0001 fights"
BODY = f"{PASSAGE}."


def make_site(reviews: int) -> None:
    """A public site with this many reviews, a fifth as many films and a tenth as many critics.

    The first film is reviewed by everybody. Every review has two tags and two judgements that name the second
    person, every fifth a correction. Ten films at most make a franchise.
    """
    Outlet.objects.get_or_create(defaults={"name": "The Test Reel", "time_zone": "Europe/London"})
    batch = Batch()
    films = _films(batch, max(reviews // 5, 2))
    critics = [
        make_critic(into=batch, name=f"Critic {n:04}", slug=f"critic-{n}")
        for n in range(max(reviews // 10, 2))
    ]
    tags = [make_tag(f"Tag {n}", into=batch, slug=f"tag-{n}") for n in range(TAGS)]
    aspects = [make_aspect(into=batch, name=f"Aspect {n}", slug=f"aspect-{n}", position=n) for n in (1, 2)]
    for n in range(reviews):
        film = films[0] if n % 3 == 0 else films[n % len(films)]
        _add_review(
            batch, n, film, critics[n % len(critics)], [tags[n % TAGS], tags[(n + 1) % TAGS]], aspects
        )
    batch.write()
    if connection.vendor == "postgresql":
        # Plans depend on statistics; without new ones, those of empty tables may make a page take minutes.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _films(batch: Batch, number: int) -> list[Film]:
    franchises = [
        make_franchise(into=batch, name=f"Franchise {n:04}", slug=f"franchise-{n}")
        for n in range(-(-number // 10))
    ]
    films = [
        make_film(
            into=batch,
            title=f"Film {n:04}",
            slug=f"film-{n}",
            release_year=1950 + n % 70,
            franchise=franchises[n // 10],
        )
        for n in range(number)
    ]
    people = [
        make_person(into=batch, name=f"Person Name{n:04}", slug=f"person-{n}") for n in range(number + 2)
    ]
    for n, film in enumerate(films):
        make_release(film, into=batch)
        for role, job in enumerate(("director", "writer", "actor")):
            make_credit(into=batch, film=film, person=people[n + role], job=job, character="", position=role)
    return films


def _add_review(
    batch: Batch, n: int, film: Film, critic: Critic, tags: list[Tag], aspects: list[Aspect]
) -> None:
    up = MOMENT - dt.timedelta(hours=n + 1)
    review = make_review(
        into=batch,
        film=film,
        critic=critic,
        headline=f"Headline {n}",
        slug=f"review-{n}",
        standfirst=f"Standfirst {n}.",
        body=BODY,
        verdict=n % 5 - 2,
        status=Review.Status.APPROVED,
        publish_at=up,
    )
    judgements = [make_judgement(review, into=batch, aspect=aspect, evidence=PASSAGE) for aspect in aspects]
    batch.add(*(ReviewTag(content_object=review, tag=tag) for tag in tags))
    edition = batch.add_edition(review, document_with(review, tags, judgements), EditionWindow.since(up))
    if n % 5 == 0:
        make_correction(edition, into=batch, note="Mended.")
