"""The cast of an invented archive: the critics, people, tags and aspects that its films share."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction

from reviews.models import Aspect, Critic, Film, Person, Tag
from reviews.rules.slugs import slugify
from reviews.seeding.factories import make_critic, make_person
from reviews.seeding.invented import names
from reviews.seeding.invented.plan import MOST, SeedError, film_title, reviews_per_film, uid
from reviews.seeding.rows import Batch

UNKNOWN_CRITIC = 11
ORGANISATIONS = 24
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Cast:
    """What the films of an archive share. ``openings`` and ``closings`` are how many halves of bodies there are.

    ``as_of`` is the moment (aware) at which the archive is in its described state.
    """

    as_of: dt.datetime
    critics: list[Critic]
    people: list[Person]
    tags: list[Tag]
    aspects: list[Aspect]
    openings: int
    closings: int


def sizes(reviews: int) -> tuple[int, int, int, int]:
    """How many critics, people, openings and closings an archive of so many reviews has."""
    return (
        min(MOST + reviews // 50, names.CRITICS),
        min(30 + reviews // 30, names.PEOPLE),
        min(max(reviews // 25, 60), 1500),
        min(max(reviews // 20, 60), 2500),
    )


def critic(number: int) -> dict[str, Any]:
    """The fields of a critic, numbered from 0: most are persons, some organisations, one could not be established."""
    name, kind = names.critic(number), Critic.Kind.PERSON
    house, rest = divmod(number, ORGANISATIONS)
    if number == UNKNOWN_CRITIC:
        name, kind = "An unsigned hand", Critic.Kind.UNKNOWN
    elif rest == ORGANISATIONS - 1 and house < len(names.LATIN.critics):
        name, kind = f"The {names.LATIN.critics[house]} Weekly", Critic.Kind.ORGANISATION
    return {
        "uid": uid("critic", number),
        "name": name,
        "slug": slugify(name),
        "kind": kind,
        "bio": f"{name} does not exist, and has opinions." if kind == Critic.Kind.PERSON else "",
    }


def person(number: int) -> dict[str, Any]:
    """The fields of somebody in the credits, numbered from 0."""
    name = names.person(number)
    return {"uid": uid("person", number), "name": name, "slug": slugify(name)}


def write_cast(reviews: int, *, as_of: dt.datetime) -> Cast:
    """Write the shared rows. Raises SeedError if any of the archive exists already."""
    how_many_critics, how_many_people, openings, closings = sizes(reviews)
    batch = Batch()
    critics = [make_critic(into=batch, **critic(number)) for number in range(how_many_critics)]
    people = [make_person(into=batch, **person(number)) for number in range(how_many_people)]
    films = len(reviews_per_film(reviews))
    _refuse_taken(Film, [slugify(film_title(number)) for number in range(films)])
    _refuse_taken(Critic, [each.slug for each in critics])
    _refuse_taken(Person, [each.slug for each in people])
    with transaction.atomic():
        batch.write()
        return Cast(
            as_of=as_of,
            critics=critics,
            people=people,
            tags=[_tag(name) for name in names.TAGS],
            aspects=[_aspect(position, name) for position, name in enumerate(names.ASPECTS, 1)],
            openings=openings,
            closings=closings,
        )


def _refuse_taken(model: type[M], slugs: list[str]) -> None:
    for start in range(0, len(slugs), 500):
        taken: Any = model._default_manager.filter(slug__in=slugs[start : start + 500]).first()
        if taken:
            raise SeedError(
                f"The {model._meta.verbose_name} “{taken}” is here already: seed a database that has no seeded archive."
            )


def _tag(name: str) -> Tag:
    slug = slugify(name)
    return Tag.objects.get_or_create(slug=slug, defaults={"name": name, "uid": uid("tag", slug)})[0]


def _aspect(position: int, name: str) -> Aspect:
    """A general aspect, the existing one if there is one."""
    slug = slugify(name)
    return Aspect.objects.get_or_create(
        slug=slug, film=None, defaults={"name": name, "position": position, "uid": uid("aspect", slug)}
    )[0]
