"""A critic among colleagues, read from public editions: each of them once a film, by their latest public review."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reviews.argument import (
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
from reviews.models.aspect import Aspect
from reviews.models.critic import Critic
from reviews.models.edition import Edition, EditionJudgement

LATEST_FILMS = 100
"""A critic is laid beside colleagues on so many films at most: those written about last."""

MOST_CONTRARY = 3

Colleagues = dict[int, dict[int, tuple[int, Verdict | None]]]
"""The latest public edition by each colleague, and its verdict, by film."""

Held = dict[int, dict[Aspect, Stance]]
"""What editions hold of the aspects that every film has."""


@dataclass(frozen=True)
class Contrary:
    """A review whose verdict lies far from the middle of the others' on its film, and those others."""

    edition: Edition
    verdict: Verdict
    others: Tally


class Standing:
    """Where a critic stands: on all films they have written about, and beside colleagues. Three queries."""

    def __init__(self, critic: Critic) -> None:
        self._latest = _latest_by(critic)
        self._told = self._latest[:LATEST_FILMS]
        films = [edition.film_id for edition in self._told]
        self._colleagues = _colleagues_on(films, critic)
        self._held = _held_on(films)

    @cached_property
    def tally(self) -> Tally:
        """The verdicts, each film's once."""
        return tally(edition.verdict for edition in self._latest)

    @cached_property
    def digests(self) -> int:
        """How many of the stated verdicts are our reading of a review published elsewhere."""
        return sum(edition.is_digest and edition.verdict is not None for edition in self._latest)

    @property
    def compared(self) -> int:
        """How many of the films were looked up among colleagues' reviews: all, or the latest of many."""
        return len(self._told)

    @cached_property
    def calibration(self) -> Calibration[Aspect]:
        """How often the critic parts from colleagues, on the verdict and on the aspects that every film has."""
        # By slug and not by uid, which the database would have to spell out once a judgement.
        aspects = {aspect for held in self._held.values() for aspect in held}
        in_order = sorted(aspects, key=lambda aspect: (aspect.position, aspect.slug))
        in_common = [self._in_common(edition) for edition in self._told if self._colleagues[edition.film_id]]
        return calibrate(in_common, in_order)

    @cached_property
    def contrary(self) -> list[Contrary]:
        """The reviews whose verdicts lie furthest from the middle of the others', newest first among equals."""
        by_distance: list[tuple[int, Contrary]] = []
        for edition in self._told:
            verdicts = [verdict for _edition, verdict in self._colleagues[edition.film_id].values()]
            own = _verdict(edition.verdict)
            distance = contrariness(own, verdicts)
            if own is not None and distance >= CONTRARY_FROM:
                by_distance.append((distance, Contrary(edition, own, tally(verdicts))))
        by_distance.sort(key=lambda each: -each[0])
        return [contrary for _distance, contrary in by_distance[:MOST_CONTRARY]]

    def _in_common(self, edition: Edition) -> InCommon[Aspect]:
        colleagues = self._colleagues[edition.film_id].values()
        stances: dict[Aspect, list[Stance]] = {}
        for colleague, _verdict_of_theirs in colleagues:
            for aspect, stance in self._held.get(colleague, {}).items():
                stances.setdefault(aspect, []).append(stance)
        return InCommon(
            _verdict(edition.verdict),
            self._held.get(edition.pk, {}),
            [verdict for _edition, verdict in colleagues],
            stances,
        )


def _latest_by(critic: Critic) -> list[Edition]:
    """The latest review of each film by a critic, newest first."""
    written = Edition.objects.public().by(critic).newest_first().select_related("film")
    said = written.only(
        "verdict", "provenance", "slug", "headline", "film__title", "film__slug", "film__release_year"
    )
    latest: dict[int, Edition] = {}
    for edition in said:
        latest.setdefault(edition.film_id, edition)
    return list(latest.values())


def _colleagues_on(films: Sequence[int], critic: Critic) -> Colleagues:
    latest: Colleagues = {film: {} for film in films}
    rows = Edition.objects.public().filter(film__in=films).exclude(critic=critic).newest_first()
    for film, colleague, edition, verdict in rows.values_list("film_id", "critic_id", "pk", "verdict"):
        latest[film].setdefault(colleague, (edition, _verdict(verdict)))
    return latest


def _held_on(films: Sequence[int]) -> Held:
    """What public editions of these films hold, earlier ones of a critic's too."""
    public = Edition.objects.public().filter(film__in=films).order_by()
    judgements = EditionJudgement.objects.filter(edition__in=public.values("pk"), aspect__film=None)
    aspects: dict[int, Aspect] = {}
    held: Held = {}
    columns = "edition_id", "stance", "aspect_id", "aspect__position", "aspect__slug", "aspect__name"
    for edition, stance, pk, position, slug, name in judgements.values_list(*columns):
        if pk not in aspects:
            aspects[pk] = Aspect(pk=pk, position=position, slug=slug, name=name)
        held.setdefault(edition, {})[aspects[pk]] = Stance(stance)
    return held


def _verdict(number: int | None) -> Verdict | None:
    return None if number is None else Verdict(number)
