"""The argument of films, from public editions: each critic counts once per film, with their latest public review."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import F

from reviews.models.public.edition import Edition, EditionJudgement
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.film import Film
from reviews.public.reading import summary
from reviews.public.reading.critic_order import in_critic_order
from reviews.rules.argument import (
    Disagreement,
    Position,
    Stance,
    StanceCount,
    Tally,
    Verdict,
    count_stances,
    dissenters,
    lone_voice,
    partings,
    sharpest,
    tally,
)

Judgements = Mapping[Edition, list[EditionJudgement]]


@dataclass(frozen=True)
class Latest:
    """The latest public review of a film by each of its critics, newest first.

    ``earlier`` are reviews that a later one by the same critic replaces.
    """

    editions: tuple[Edition, ...]
    earlier: frozenset[UUID]

    @cached_property
    def tally(self) -> Tally:
        """The verdicts, one per critic."""
        return tally(edition.verdict for edition in self.editions)


def latest_each(editions: Iterable[Edition]) -> Latest:
    """Of public reviews of one film, newest first: the latest by each critic."""
    latest: dict[int, Edition] = {}
    earlier = {
        edition.review_uid
        for edition in editions
        if latest.setdefault(edition.critic_id, edition) is not edition
    }
    return Latest(tuple(latest.values()), frozenset(earlier))


def latest_on(film: Film) -> Latest:
    """The latest public reviews of a film. One query."""
    return latest_each(Edition.objects.public().of(film).newest_first().for_seats())


def judgements_on(film: Film, editions: Iterable[Edition]) -> Judgements:
    """The judgements of these reviews of a film, in the outlet's order of aspects: the general aspects come first.

    The reviews are its critics' latest public editions. One query, whose size does not depend on their number.
    """
    by_pk = {edition.pk: edition for edition in editions}
    said: dict[Edition, list[EditionJudgement]] = {edition: [] for edition in by_pk.values()}
    latest = Edition.objects.public().latest_by_each().of(film).order_by()
    judgements = EditionJudgement.objects.filter(edition__in=latest.values("pk")).select_related("aspect")
    for judgement in judgements.order_by(*IN_OUTLET_ORDER):
        if edition := by_pk.get(judgement.edition_id):
            judgement.edition = edition
            said[edition].append(judgement)
    return said


IN_OUTLET_ORDER = (
    F("aspect__film_id").asc(nulls_first=True),
    "aspect__position",
    "aspect__uid",
    "uid",
)
"""Judgements in the order in which the outlet shows aspects, on every database."""


def position(edition: Edition, judgements: Iterable[EditionJudgement]) -> Position[Edition, Aspect]:
    """A review as a position for the rules."""
    verdict = None if edition.verdict is None else Verdict(edition.verdict)
    return Position(edition, verdict, {each.aspect: Stance(each.stance) for each in judgements})


@dataclass(frozen=True)
class ArgumentRow:
    """An aspect, and the stances of the critics who judge it, in the order of the seats."""

    aspect: Aspect
    said: Mapping[Edition, EditionJudgement]

    @cached_property
    def stances(self) -> dict[Edition, Stance]:
        return {edition: Stance(judgement.stance) for edition, judgement in self.said.items()}

    @cached_property
    def count(self) -> StanceCount:
        return count_stances(self.stances.values())

    @cached_property
    def lone(self) -> Edition | None:
        """The lone voice, or None."""
        return lone_voice(self.stances)

    @property
    def is_the_films_own(self) -> bool:
        """Whether the aspect belongs to this film only."""
        return self.aspect.film_id is not None


@dataclass(frozen=True)
class Dissent:
    """A critic who dissents from the rest on the film."""

    edition: Edition
    rows: Sequence[ArgumentRow]

    @cached_property
    def aspects(self) -> list[Aspect]:
        """The aspects on which they part company with the others."""
        return partings(self.edition, {row.aspect: row.stances for row in self.rows})


class FilmArgument:
    """The stances of a film's critics, aspect by aspect. Two queries, fewer for data that is passed in."""

    def __init__(
        self, film: Film, latest: Latest | None = None, judgements: Judgements | None = None
    ) -> None:
        self.latest = latest_on(film) if latest is None else latest
        self._judgements = judgements_on(film, self.latest.editions) if judgements is None else judgements
        self.seats = in_critic_order(self.latest.editions)

    @cached_property
    def rows(self) -> list[ArgumentRow]:
        """The aspects that any review judges, in the outlet's order."""
        said: dict[Aspect, dict[Edition, EditionJudgement]] = {}
        for edition in self.seats:
            for judgement in self._judgements[edition]:
                said.setdefault(judgement.aspect, {})[edition] = judgement
        rows = [ArgumentRow(aspect, by_critic) for aspect, by_critic in said.items()]
        return sorted(rows, key=lambda row: (row.is_the_films_own, row.aspect.position, row.aspect.uid))

    @cached_property
    def rows_by_contest(self) -> list[ArgumentRow]:
        """The same, the most contested first; those without disagreement by how many agree."""
        return sorted(self.rows, key=lambda row: row.count.contest, reverse=True)

    @cached_property
    def lone_voices(self) -> list[ArgumentRow]:
        """The rows with a lone voice."""
        return [row for row in self.rows if row.lone]

    @cached_property
    def dissent(self) -> list[Dissent]:
        """The dissenters, in the order of their reviews, newest first."""
        verdicts = {position.critic: position.verdict for position in self._positions}
        return [Dissent(edition, self.rows) for edition in dissenters(verdicts)]

    @cached_property
    def told(self) -> list[str]:
        """Sentences on who dissents, and who stands alone on what."""
        if len(self.dissent) > summary.MOST_NAMED:
            told = [summary.dissent_line([each.edition.critic.name for each in self.dissent])]
        else:
            told = [summary.dissent_line([each.edition.critic.name], each.aspects) for each in self.dissent]
        return told + [_alone(row) for row in self.lone_voices]

    def line(self, film: Film) -> str:
        """The argument in one line, for share cards."""
        names = [each.edition.critic.name for each in self.dissent]
        aspects = self.dissent[0].aspects if len(self.dissent) == 1 else ()
        alone = _alone(self.lone_voices[0]) if self.lone_voices else ""
        return summary.argument_line(str(film), self.latest.tally, dissenters=names, on=aspects, lone=alone)

    @cached_property
    def sharpest(self) -> Disagreement[Edition, Aspect] | None:
        """The two who disagree most."""
        return sharpest(self._positions)

    @cached_property
    def _positions(self) -> list[Position[Edition, Aspect]]:
        return [position(edition, self._judgements[edition]) for edition in self.latest.editions]


def _alone(row: ArgumentRow) -> str:
    lone = row.lone
    if lone is None:
        raise ValueError(f"Nobody stands alone on {row.aspect}.")
    against = next(stance for edition, stance in row.stances.items() if edition != lone)
    return summary.lone_line(
        lone.critic.name, row.aspect, row.stances[lone], against, others=row.count.spoken - 1
    )
