"""Generated histories of a small site, and what readers saw on the way."""

import datetime as dt
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from reviews import clock
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.models import Critic, Embargo, Film, Review
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_credit,
    make_critic,
    make_film,
    make_franchise,
    make_judgement,
    make_outlet,
    make_person,
    make_review,
)
from reviews.text import one_line
from tests.admin.time.reading import Seen, by_readers

HOUR = dt.timedelta(hours=1)
BODY = (
    "The camera waits.\n\nThe fights are clear, and the script does less. "
    "See [the film](/films/film-0/), and [all](../../films/)."
)
PAGES = (
    *(
        "/",
        "/films/",
        "/critics/",
        "/reviews/",
        "/archive/",
        "/archive/2025/",
        "/archive/2025/06/",
        "/people/",
    ),
    *(
        "/franchises/",
        "/tags/",
        "/corrections/",
        "/how-we-count/",
        "/feed.xml",
        "/sitemap.xml",
        "/robots.txt",
    ),
    *("/sitemap-reviews.xml", "/sitemap-films.xml", "/sitemap-archive.xml", "/tags/a/", "/tags/a/feed.xml"),
    *("/people/person-0/", "/franchises/series/", "/films/film-0/side-by-side/", "/films/film-0/feed.xml"),
    *(f"/films/film-{n}/" for n in (0, 1)),
    *(f"/critics/critic-{n}/" for n in (0, 1, 2)),
    *("/no/such/page/", "/films", "/critics/critic-0/feed.xml"),
)


class History:
    """A site that a newsroom changes by chance; ``archive`` is what readers saw of some pages at some moments."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = MOMENT
        self.written = 0
        self.embargoes: list[Embargo] = []
        self.slugs: list[str] = []
        self.archive: dict[tuple[dt.datetime, str], Seen] = {}
        make_outlet()
        series = make_franchise(name="Series", slug="series")
        self.films: list[Film] = []
        for number in range(2):
            film = make_film(title=f"Film {number}", slug=f"film-{number}", franchise=series)
            person = make_person(name=f"Person {number}", slug=f"person-{number}")
            make_credit(film=film, person=person, job="director", character="")
            self.films.append(film)
        self.critics: list[Critic] = [
            make_critic(name=f"Critic {number}", slug=f"critic-{number}") for number in range(3)
        ]
        aspect = make_aspect(name="Fights", slug="fights")
        self.reviews: list[Review] = []
        for number in range(5):
            review = make_review(
                film=self.films[number % 2],
                critic=self.critics[number % 3],
                headline=f"Headline of {number}",
                slug=f"review-{number}",
                body=BODY,
                verdict=self.chance.choice([-2, -1, 0, 1, 2]),
                tags=("A", "B") if number % 2 else ("B",),
            )
            make_judgement(
                review, aspect=aspect, stance=self.chance.choice([-1, 1]), evidence="fights are clear"
            )
            self.reviews.append(review)
            self.slugs.append(review.slug)

    def live(self, steps: int, *, watched: bool = True) -> None:
        """Let so many things happen; if it is ``watched``, readers look in between."""
        for _ in range(steps):
            with clock.frozen_at(self.now):
                self._do(self.chance.choice(VERBS))
            if self.chance.random() < 0.4 and watched:
                self._look()
            self.now += self.chance.choice([dt.timedelta(microseconds=1), HOUR / 60, HOUR, 5 * HOUR])

    def addresses(self, count: int) -> list[str]:
        """Some addresses of the site, those of reviews among them."""
        one, other = sorted(self.chance.sample(self.slugs, 2))
        reviews = [f"/reviews/{slug}/" for slug in self.slugs]
        pages = [
            *self.chance.sample(PAGES, count),
            *self.chance.sample(reviews, min(len(reviews), count // 2)),
        ]
        return [*pages, f"/side-by-side/{one}/{other}/"]

    def _look(self) -> None:
        for path in self.addresses(3):
            self.archive[self.now, path] = by_readers(path, self.now)

    def _do(self, verb: Callable[["History"], Any]) -> None:
        with suppress(PublishingError, EmbargoError):
            verb(self)

    def review(self) -> Review:
        return Review.objects.get(pk=self.chance.choice(self.reviews).pk)

    def later(self) -> dt.datetime:
        return self.now + self.chance.choice([1, 2, 6, 30]) * HOUR

    def rewritten(self) -> Review:
        review = self.review()
        self.written += 1
        review.headline = one_line(f"Headline, text {self.written}")
        review.verdict = self.chance.choice([-2, 0, 1])
        review.rights_until = self.later() if self.chance.random() < 0.2 else None
        if self.chance.random() < 0.3:
            review.slug = f"moved-{self.written}"
            self.slugs.append(review.slug)
        review.save()
        return review

    def note(self) -> publishing.Note | None:
        return publishing.Note("fact", "It was 1995.") if self.chance.random() < 0.5 else None

    def publish(self) -> None:
        publishing.publish(self.rewritten(), note=self.note())

    def schedule(self) -> None:
        publishing.publish(self.rewritten(), at=self.later(), note=self.note())

    def reschedule(self) -> None:
        publishing.retime(self.review(), self.later())

    def unschedule(self) -> None:
        publishing.unschedule(self.review())

    def withdraw(self) -> None:
        withdrawing.withdraw(self.review(), because="Asked.")

    def withdraw_and_say_so(self) -> None:
        withdrawing.withdraw(self.review(), note="A quotation was wrong.", because="Asked.")

    def explain(self) -> None:
        withdrawing.explain(self.review(), "A quotation was wrong.")

    def reinstate(self) -> None:
        withdrawing.reinstate(self.review())

    def impose(self) -> None:
        embargo = Embargo(film=self.chance.choice(self.films), lifts_at=self.later(), zone="UTC")
        embargoes.impose(embargo)
        self.embargoes.append(embargo)

    def move(self) -> None:
        if self.embargoes:
            moved, _ = embargoes.move(self.chance.choice(self.embargoes), self.later(), because="Asked.")
            self.embargoes.append(moved)

    def lift(self) -> None:
        if self.embargoes:
            embargoes.lift(self.chance.choice(self.embargoes), because="Asked.")


VERBS: tuple[Callable[[History], Any], ...] = (
    *(History.publish, History.publish, History.publish, History.schedule, History.schedule),
    *(History.reschedule, History.unschedule, History.withdraw, History.withdraw_and_say_so),
    *(History.explain, History.reinstate, History.impose, History.impose, History.move, History.lift),
)
