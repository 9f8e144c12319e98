"""A critic and colleagues with known figures, and what the critic's page says."""

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from reviews.desk.document.documents import document_with
from reviews.models import Aspect, Critic, Edition, Film, Review
from reviews.rules.argument import Stance, Verdict
from reviews.seeding.factories import MOMENT, make_aspect, make_critic, make_film, make_judgement, make_review
from reviews.seeding.rows import Batch, EditionWindow
from tests.desk.reading import DAY
from tests.reading import Document, read

PRAISE, MIXED, CRITICISM = Stance.PRAISE, Stance.MIXED, Stance.CRITICISM
RAVE, POSITIVE, NEUTRAL, NEGATIVE, PAN = sorted(Verdict, reverse=True)

EVIDENCE = "fights"
BODY = f"The {EVIDENCE}."
LONG_AGO = MOMENT - 30 * DAY


class Colleagues:
    """Ada Lens, the critic of the page, and four colleagues; two general aspects."""

    def __init__(self, **about_ada: Any) -> None:
        self.ada = make_critic(**{"name": "Ada Lens", "slug": "ada"} | about_ada)
        self.others = [make_critic() for _ in range(4)]
        self.action = make_aspect(name="Action", position=1)
        self.music = make_aspect(name="Music", position=2)
        self.moments = (LONG_AGO + dt.timedelta(hours=hour) for hour in itertools.count())

    def write(
        self,
        film: Film,
        critic: Critic,
        verdict: Verdict | None,
        held: Mapping[Aspect, Stance] | None = None,
        **fields: Any,
    ) -> Review:
        """A review at the desk, which no reader sees."""
        review = make_review(film=film, critic=critic, verdict=verdict, **fields)
        for aspect, stance in (held or {}).items():
            make_judgement(review, aspect=aspect, stance=stance)
        return review

    def say(
        self,
        film: Film,
        critic: Critic,
        verdict: Verdict | None,
        held: Mapping[Aspect, Stance] | None = None,
        *,
        at: dt.datetime | None = None,
        **fields: Any,
    ) -> Edition:
        """A public review, later than those before it. Written without the desk's verbs, which take more queries."""
        at = at or next(self.moments)
        said: dict[str, Any] = {"body": BODY, "status": Review.Status.APPROVED, "publish_at": at}
        review = make_review(film=film, critic=critic, verdict=verdict, **said | fields)
        batch = Batch()
        judgements = [
            make_judgement(review, into=batch, aspect=aspect, stance=stance, evidence=EVIDENCE)
            for aspect, stance in (held or {}).items()
        ]
        edition = batch.add_edition(review, document_with(review, [], judgements), EditionWindow.since(at))
        batch.write()
        return edition

    def film(
        self,
        verdict: Verdict | None,
        *others: Verdict | None,
        held: Mapping[Aspect, Stance] | None = None,
        theirs: Mapping[Aspect, Stance] | None = None,
        **fields: Any,
    ) -> Film:
        """A film reviewed by Ada and by one colleague for each of ``others``, all with the stances ``theirs``."""
        film = make_film(**fields)
        for critic, other in zip(self.others, others, strict=False):
            self.say(film, critic, other, theirs)
        self.say(film, self.ada, verdict, held)
        return film

    def films(self, number: int, *verdicts: Verdict | None, **said: Any) -> list[Film]:
        return [self.film(*verdicts, **said) for _ in range(number)]


def page() -> Document:
    return read("/critics/ada/")


def said(document: Document | None = None) -> str:
    """All the page's words about the critic's verdicts."""
    document = document or page()
    return " ".join([*document.texts(".//div[@class='standing']"), *contrary(document)])


def strips(document: Document | None = None) -> list[str]:
    """The lines of marks in words, those of the verdicts first."""
    return (document or page()).texts(".//ul[@class='strips']/li")


def figures(document: Document | None = None) -> list[str]:
    """How often the critic parts company with colleagues, line by line."""
    return [line for line in strips(document) if " of " in line]


def contrary(document: Document | None = None) -> list[str]:
    return (document or page()).texts(".//div[@class='contraries']/article")
