"""The rows of an invented film: its production data, its embargoes, and who reviews it when."""

import datetime as dt
import random

from reviews.models import Embargo, Film, Franchise
from reviews.models.shared.person import Job
from reviews.rules.slugs import slugify
from reviews.seeding.factories import (
    make_aspect,
    make_credit,
    make_embargo,
    make_film,
    make_franchise,
    make_release,
)
from reviews.seeding.invented import names, plan, prose
from reviews.seeding.invented.cast import Cast
from reviews.seeding.invented.plan import uid
from reviews.seeding.invented.reviews import Shared, add_review
from reviews.seeding.invented.states import SeededState, state_of
from reviews.seeding.rows import Batch

BILLING = (Job.DIRECTOR, Job.WRITER, Job.CINEMATOGRAPHER, Job.ACTOR, Job.ACTOR, Job.ACTOR)
HIDDEN_EVERY, EMBARGOED_EVERY, ONCE_EMBARGOED_EVERY, OWN_ASPECT_EVERY, FRANCHISE_EVERY = 37, 17, 5, 8, 19
"""What is hidden has no divisor in common with the lists of names, or it would be all that begins with one word."""


def add_film(batch: Batch, cast: Cast, number: int, *, first_review: int, how_many: int) -> None:
    """Add a film with its production data, embargoes and reviews, which are numbered from ``first_review``."""
    chance = random.Random(f"film {number}")
    released = cast.as_of - dt.timedelta(days=60 + int(4000 * chance.random() ** 2))
    title = plan.film_title(number)
    film = make_film(
        into=batch,
        uid=uid("film", number),
        title=title,
        original_title=plan.original_title(number),
        slug=slugify(title),
        release_year=released.year,
        runtime_minutes=chance.randrange(74, 190),
        synopsis=prose.articled(
            f"A {chance.choice(prose.QUALITIES)} {chance.choice(prose.NOUNS)} comes between two friends."
        ),
        countries=chance.choice(("Ruritania", "Ruritania, Graustark", "Syldavia", "Freedonia, Sylvania")),
        franchise=_franchise(batch, number, title),
    )
    make_release(
        film,
        into=batch,
        uid=uid("release", number),
        date=released.date(),
        certificate=chance.choice(("U", "PG", "12A", "15", "18")),
        distributor=chance.choice(names.DISTRIBUTORS),
    )
    for position, person in enumerate(chance.sample(cast.people, len(BILLING)), 1):
        job = BILLING[position - 1]
        character = f"The {chance.choice(names.OWNERS)}" if job == Job.ACTOR else ""
        make_credit(
            into=batch,
            uid=uid("credit", number, position),
            film=film,
            person=person,
            job=job,
            character=character,
            position=position,
        )
    own_aspect = None
    if number % OWN_ASPECT_EVERY == 1:
        thing = chance.choice(names.THINGS)
        own_aspect = make_aspect(
            into=batch,
            uid=uid("own aspect", number),
            name=f"The {thing.lower()}",
            slug=slugify(thing),
            position=1,
            film=film,
        )
    shared = Shared(batch, cast, film, own_aspect, _embargo(batch, cast, film, number, released))
    critics = chance.sample(cast.critics, how_many)
    if how_many > 4 and number % 6 == 2:
        critics[-1] = critics[0]  # A second look.
    for place, critic in enumerate(critics):
        state = SeededState.DRAFT if number % HIDDEN_EVERY == 6 else state_of(first_review + place)
        second = "-second-look" if critic in critics[:place] else ""
        planned_for = released + dt.timedelta(hours=chance.randrange(-96, 240), minutes=chance.randrange(60))
        add_review(
            shared,
            first_review + place,
            state,
            planned_for=planned_for,
            critic=critic,
            slug=f"{film.slug}-{critic.slug}{second}",
        )


def is_under_embargo(number: int) -> bool:
    """Whether an embargo on the film with this number has not lifted yet."""
    return number % EMBARGOED_EVERY == 3


def _franchise(batch: Batch, number: int, title: str) -> Franchise | None:
    """The franchise that this film begins or continues, if any."""
    if number % FRANCHISE_EVERY == 0:
        name, slug = f"{title} and after", f"{slugify(title)}-and-after"
        return make_franchise(into=batch, uid=uid("franchise", number), name=name, slug=slug)
    begun = batch.rows[Franchise]
    return begun[-1] if begun and number % FRANCHISE_EVERY == 1 else None


def _embargo(batch: Batch, cast: Cast, film: Film, number: int, released: dt.datetime) -> dt.datetime | None:
    """Agree an embargo on some films; return when it lifts."""
    if is_under_embargo(number):
        lifts_at = cast.as_of + dt.timedelta(days=2 + number % 30, hours=number % 24)
        make_embargo(
            film,
            lifts_at - dt.timedelta(days=7),
            into=batch,
            uid=uid("social embargo", number),
            covers=Embargo.Covers.SOCIAL,
            terms="Enthusiasm without spoilers is welcome after this.",
        )
    elif number % ONCE_EMBARGOED_EVERY == 4:
        lifts_at = released - dt.timedelta(days=1)
    else:
        return None
    make_embargo(film, lifts_at, into=batch, uid=uid("embargo", number), zone="Europe/London")
    return lifts_at
