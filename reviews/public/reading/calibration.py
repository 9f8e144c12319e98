"""A critic compared with colleagues, from public editions: each counts once per film, with their latest review."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self, cast

from reviews.models.content import Provenance
from reviews.models.public.edition import Edition
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.critic import Critic
from reviews.public.reading.standing_source import TOLD, Row, StandingSource, counts_of, source_of
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

LATEST_FILMS = 25
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


def films_tally(critic: Critic) -> Tally:
    """A critic's verdicts, one per film. One query."""
    return _tally_of(counts_of(critic))


def _tally_of(counts: Iterable[Row]) -> Tally:
    return tally(verdict for verdict, _provenance, films in counts for _ in range(films))


class CriticStanding:
    """A critic's verdicts on all their films, compared with colleagues', worked out from a source. No queries."""

    def __init__(self, source: StandingSource) -> None:
        self.source = source

    @classmethod
    def of(cls, critic: Critic) -> Self:
        """The standing of a critic. Usually five queries."""
        return cls(source_of(critic, LATEST_FILMS))

    @cached_property
    def tally(self) -> Tally:
        """The verdicts, one per film."""
        return _tally_of(self.source.counts)

    @cached_property
    def digests(self) -> int:
        """How many of the stated verdicts are our reading of a review published elsewhere."""
        return sum(
            films
            for verdict, provenance, films in self.source.counts
            if provenance == Provenance.DIGEST and verdict is not None
        )

    @property
    def compared(self) -> int:
        """How many of the films were compared with colleagues' reviews: all, or only the latest."""
        return len(self.source.told)

    @cached_property
    def calibration(self) -> Calibration[Aspect]:
        """How often the critic parts company with colleagues, on the verdict and on the general aspects."""
        # By slug, because SQL would repeat a uid for every judgement.
        aspects = {aspect for held in self._held for on in held.values() for aspect in on}
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

    @cached_property
    def _told(self) -> list[Edition]:
        return [cast(Edition, TOLD.copy(row)) for row in self.source.told]

    @cached_property
    def _colleagues(self) -> Verdicts:
        verdicts: Verdicts = {edition.film_id: [] for edition in self._told}
        for film, verdict, critics in self.source.colleagues:
            verdicts[film] += [_verdict(verdict)] * critics
        return verdicts

    @cached_property
    def _held(self) -> tuple[Stances, Stances]:
        """The stances of the critic, and of colleagues."""
        aspects = {
            pk: Aspect(pk=pk, position=position, slug=slug, name=name)
            for pk, position, slug, name in self.source.aspects
        }
        own: Stances = {}
        theirs: Stances = {}
        for mine, film, stance, pk, critics in self.source.judged:
            held = (own if mine else theirs).setdefault(film, {}).setdefault(aspects[pk], [])
            held += [Stance(stance)] * critics
        return own, theirs

    def _in_common(self, edition: Edition) -> InCommon[Aspect]:
        film = edition.film_id
        own, theirs = (held.get(film, {}) for held in self._held)
        alone = {aspect: stance for aspect, (stance,) in own.items()}
        return InCommon(_verdict(edition.verdict), alone, self._colleagues[film], theirs)


def _verdict(number: int | None) -> Verdict | None:
    return None if number is None else Verdict(number)
