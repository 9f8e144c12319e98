"""A critic compared with colleagues, from public editions: each counts once per film, with their latest review."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When

from reviews import clock
from reviews.models.content import Provenance
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition, EditionJudgement, EditionQuerySet
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.critic import Critic
from reviews.rules.argument import (
    CONTRARY_FROM,
    Calibration,
    InCommon,
    Stance,
    Tally,
    Verdict,
    calibrate,
    contrariness,
    tally,
)

LATEST_FILMS = 100
"""A critic is compared on at most this many films: the latest that they reviewed."""

MOST_CONTRARY = 3

Verdicts = dict[int, list[Verdict | None]]
"""The verdicts of colleagues, one each, by film."""

Stances = dict[int, dict[Aspect, list[Stance]]]
"""The stances on the common aspects, by film; one per critic of the film."""


@dataclass(frozen=True)
class Contrary:
    """A review whose verdict is far from the middle of the others' on its film, and those others."""

    edition: Edition
    verdict: Verdict
    others: Tally


class CriticStanding:
    """A critic's verdicts on all their films, compared with colleagues'. Takes four queries.

    They fetch one row for each of the latest films, and counts.
    """

    def __init__(self, critic: Critic) -> None:
        at = clock.now()
        self._counts = _counted(critic.pk, at)
        self._told = _told(LATEST_FILMS)(critic.pk, at)
        films = [edition.film_id for edition in self._told]
        self._colleagues = _verdicts_on(films, critic)
        self._own, self._theirs = _stances_on(films, critic)

    @cached_property
    def tally(self) -> Tally:
        """The verdicts, one per film."""
        return tally(verdict for verdict, _provenance, films in self._counts for _ in range(films))

    @cached_property
    def digests(self) -> int:
        """How many of the stated verdicts are our reading of a review published elsewhere."""
        return sum(
            films
            for verdict, provenance, films in self._counts
            if provenance == Provenance.DIGEST and verdict is not None
        )

    @property
    def compared(self) -> int:
        """How many of the films were compared with colleagues' reviews: all, or only the latest."""
        return len(self._told)

    @cached_property
    def calibration(self) -> Calibration[Aspect]:
        """How often the critic parts company with colleagues, on the verdict and on the general aspects."""
        # By slug, because SQL would repeat a uid for every judgement.
        aspects = {aspect for held in (self._own, self._theirs) for on in held.values() for aspect in on}
        in_order = sorted(aspects, key=lambda aspect: (aspect.position, aspect.slug))
        in_common = [self._in_common(edition) for edition in self._told if self._colleagues[edition.film_id]]
        return calibrate(in_common, in_order)

    @cached_property
    def contrary(self) -> list[Contrary]:
        """The reviews whose verdicts are furthest from the middle of the others', newest first among equals."""
        by_distance: list[tuple[int, Contrary]] = []
        for edition in self._told:
            verdicts = self._colleagues[edition.film_id]
            own = _verdict(edition.verdict)
            distance = contrariness(own, verdicts)
            if own is not None and distance >= CONTRARY_FROM:
                by_distance.append((distance, Contrary(edition, own, tally(verdicts))))
        by_distance.sort(key=lambda each: -each[0])
        return [contrary for _distance, contrary in by_distance[:MOST_CONTRARY]]

    def _in_common(self, edition: Edition) -> InCommon[Aspect]:
        film = edition.film_id
        own = {aspect: stance for aspect, (stance,) in self._own.get(film, {}).items()}
        return InCommon(_verdict(edition.verdict), own, self._colleagues[film], self._theirs.get(film, {}))


def _latest_by(critic: int, at: dt.datetime) -> EditionQuerySet:
    return Edition.objects.public(at).latest_by_each(at).filter(critic=critic)


# How many films have each verdict of a critic, by provenance.
_counted = Prepared(
    lambda critic, at: (
        _latest_by(critic, at).order_by().values_list("verdict", "provenance").annotate(Count("pk"))
    )
)


@cache
def _told(most: int) -> Prepared[Edition]:
    """The latest public reviews by a critic, at most so many, with what lines about them show."""
    shown = ("verdict", "provenance", "slug", "headline", "film__title", "film__slug", "film__release_year")
    return Prepared(
        lambda critic, at: _latest_by(critic, at).newest_first().select_related("film").only(*shown)[:most]
    )


def _verdicts_on(films: Sequence[int], critic: Critic) -> Verdicts:
    """The verdicts of each colleague's latest public review of these films. One row per film and verdict."""
    verdicts: Verdicts = {film: [] for film in films}
    for film, verdict, critics in _verdicts_of_colleagues(films, critic.pk, clock.now()):
        verdicts[film] += [_verdict(verdict)] * critics
    return verdicts


def _stances_on(films: Sequence[int], critic: Critic) -> tuple[Stances, Stances]:
    """The stances of a critic and of colleagues on these films. One row per film, aspect and stance of either."""
    aspects: dict[int, Aspect] = {}
    own: Stances = {}
    theirs: Stances = {}
    rows = _judged_on(films, critic.pk, clock.now())
    for mine, film, stance, pk, position, slug, name, critics in rows:
        aspect = aspects.get(pk)
        if aspect is None:
            aspect = aspects[pk] = Aspect(pk=pk, position=position, slug=slug, name=name)
        held = (own if mine else theirs).setdefault(film, {}).setdefault(aspect, [])
        held += [Stance(stance)] * critics
    return own, theirs


def _latest_on(films: list[int], at: dt.datetime) -> EditionQuerySet:
    return Edition.objects.public(at).latest_by_each(at).filter(film__in=films).order_by()


_verdicts_of_colleagues = Prepared(
    lambda films, critic, at: (
        _latest_on(films, at).exclude(critic=critic).values_list("film", "verdict").annotate(Count("pk"))
    )
)


def _judged(films: list[int], critic: int, at: dt.datetime) -> QuerySet[EditionJudgement, Any]:
    latest = _latest_on(films, at).values("pk")
    judgements = EditionJudgement.objects.filter(edition__in=latest, aspect__film=None)
    is_own = Case(When(edition__critic=critic, then=Value(True)), default=Value(False))
    columns = "edition__film", "stance", "aspect", "aspect__position", "aspect__slug", "aspect__name"
    return judgements.order_by().annotate(is_own=is_own).values_list("is_own", *columns).annotate(Count("pk"))


_judged_on = Prepared(_judged)


def _verdict(number: int | None) -> Verdict | None:
    return None if number is None else Verdict(number)
