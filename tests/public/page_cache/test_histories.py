"""Whatever the desk does and however the clock runs, a kept page says what a page made now would say."""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from reviews import clock
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.desk.verbs.locks import locked
from reviews.models import Embargo, Film, PublicState, Review
from reviews.models.public import state
from reviews.public import page_cache
from reviews.seeding.factories import MOMENT, make_critic, make_film, make_outlet, make_review
from tests.gate.night import NIGHT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_are_kept")]

HISTORIES, STEPS = (100 if NIGHT else 6), 12
REVIEWS, FILMS = 3, 2
MINUTE = dt.timedelta(minutes=1)
PAGES = (
    "/",
    "/reviews/",
    "/feed.xml",
    "/corrections/",
    "/sitemap-reviews.xml",
    *(f"/films/film-{n}/" for n in range(FILMS)),
    *(f"/reviews/review-{n}/" for n in range(REVIEWS)),
)


def review(random: Random) -> Review:
    return Review.objects.get(slug=f"review-{random.randrange(REVIEWS)}")


def soon(random: Random) -> dt.datetime:
    return clock.now() + random.randrange(4) * MINUTE


def publish(random: Random) -> None:
    chosen = review(random)
    chosen.standfirst = f"Standfirst {random.random()}."
    chosen.save()
    publishing.publish(chosen, at=soon(random))


def correct(random: Random) -> None:
    chosen = review(random)
    chosen.headline = f"Headline {random.random()}"
    chosen.save()
    publishing.publish(chosen, at=soon(random), note=publishing.Note("fact", "It was 1995."))


def retime(random: Random) -> None:
    publishing.retime(review(random), soon(random))


def cancel(random: Random) -> None:
    publishing.unschedule(review(random))


def withdraw(random: Random) -> None:
    withdrawing.withdraw(review(random), note=random.choice(["", "It was wrong."]))


def reinstate(random: Random) -> None:
    withdrawing.reinstate(review(random))


def film(random: Random) -> Film:
    return Film.objects.get(slug=f"film-{random.randrange(FILMS)}")


def impose(random: Random) -> None:
    embargoes.impose(Embargo(film=film(random), lifts_at=soon(random), zone="UTC"))


def embargo(random: Random) -> Embargo:
    return random.choice(list(Embargo.objects.order_by("pk")))


def move(random: Random) -> None:
    embargoes.move(embargo(random), soon(random), because="Asked to.")


def lift(random: Random) -> None:
    embargoes.lift(embargo(random), because="Asked to.")


def fix(random: Random) -> None:
    chosen = film(random)
    chosen.synopsis = f"Synopsis {random.random()}."
    with locked(chosen.pk):
        chosen.save()


DEEDS: list[Callable[[Random], None]] = [
    publish,
    publish,
    correct,
    retime,
    cancel,
    withdraw,
    reinstate,
    impose,
    move,
    lift,
    fix,
]


def told(settings: Any, *, kept: bool) -> dict[str, tuple[int, bytes]]:
    settings.PAGE_CACHE = kept
    answers = {path: Client().get(path) for path in PAGES}
    return {path: (answer.status_code, answer.content) for path, answer in answers.items()}


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_a_kept_page_says_what_one_made_now_would(
    seed: int, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "KNOWN_FOR", 0)
    random, now, done = Random(seed), MOMENT, []
    with clock.frozen_at(now):
        PublicState.objects.ensure()
        make_outlet()
        films, critic = [make_film(slug=f"film-{n}") for n in range(FILMS)], make_critic()
        for n in range(REVIEWS):
            make_review(slug=f"review-{n}", film=films[n % FILMS], critic=critic)
    page_cache.forget()
    for _ in range(STEPS):
        deed = random.choice(DEEDS)
        now += random.choice([0, 0, 0.5, 1, 2]) * MINUTE
        with clock.frozen_at(now):
            if random.random() < 0.5:
                # Else nobody asks for anything between two deeds, and a moment may come unseen.
                told(settings, kept=True)
            try:
                with transaction.atomic():
                    deed(random)
            except (PublishingError, embargoes.EmbargoError, IndexError):
                pass
            else:
                done.append(deed.__name__)
            assert told(settings, kept=True) == told(settings, kept=False), (now, done)
