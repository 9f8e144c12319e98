"""The argument of films, from public editions: each critic counts once per film, with their latest public review."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self, cast
from uuid import UUID

from django.utils.translation import get_language

from reviews.models.public.edition import Edition, EditionJudgement
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.film import Film
from reviews.public import fragment_cache
from reviews.public.reading import summary
from reviews.public.reading.argument_source import JUDGED, SEAT, ArgumentSource, Row, source_of
from reviews.public.reading.critic_order import in_critic_order
from reviews.rules.argument import (
    Disagreement,
    Position,
    Stance,
    StanceCount,
    Tally,
    Verdict,
    count_stances,
    disagreement,
    dissenters,
    lone_voice,
    partings,
    sharpest,
    tally,
)


class Latest:
    """The latest public review of a film by each of its critics, newest first.

    ``earlier`` are the reviews that a later one by the same critic replaces.
    """

    def __init__(self, seats: Iterable[Row]) -> None:
        latest: dict[int, Row] = {}
        self.earlier: frozenset[UUID] = frozenset(
            seat[_REVIEW_UID] for seat in seats if latest.setdefault(seat[_CRITIC], seat) is not seat
        )
        self._seats = list(latest.values())

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        return tuple(cast(Edition, SEAT.copy(seat)) for seat in self._seats)

    @cached_property
    def tally(self) -> Tally:
        """The verdicts, one per critic."""
        return tally(seat[_VERDICT] for seat in self._seats)


_REVIEW_UID, _CRITIC, _VERDICT = (SEAT.paths.index(name) for name in ("review_uid", "critic_id", "verdict"))


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
    """The stances of a film's critics, aspect by aspect, worked out from a source. No queries."""

    def __init__(self, source: ArgumentSource) -> None:
        self.source = source
        self.latest = Latest(source.seats)

    @classmethod
    def of(cls, film: Film) -> Self:
        """The argument of a film. Two queries."""
        return cls(source_of(film))

    @property
    def is_on_aspects(self) -> bool:
        """Whether any critic judges an aspect."""
        return bool(self.source.judged)

    @cached_property
    def seats(self) -> list[Edition]:
        """The reviews in the order of the critics."""
        return in_critic_order(self.latest.editions)

    @cached_property
    def rows(self) -> list[ArgumentRow]:
        """The aspects that any review judges, in the outlet's order."""
        said: dict[Aspect, dict[Edition, EditionJudgement]] = {}
        for edition in self.seats:
            for judgement in self._judgements(edition):
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
        key = ("line", self.source.stamp, get_language(), str(film))
        return fragment_cache.FRAGMENTS.get(key, lambda: self._line(str(film)))

    def _line(self, film: str) -> str:
        names = [each.edition.critic.name for each in self.dissent]
        aspects = self.dissent[0].aspects if len(self.dissent) == 1 else ()
        alone = _alone(self.lone_voices[0]) if self.lone_voices else ""
        return summary.argument_line(film, self.latest.tally, dissenters=names, on=aspects, lone=alone)

    @cached_property
    def sharpest(self) -> Disagreement[Edition, Aspect] | None:
        """The two who disagree most."""
        # With many critics there are very many pairs, so the primary keys of the two are cached.
        pair = fragment_cache.FRAGMENTS.get(("sharpest", self.source.stamp), self._sharpest_pair)
        both = [
            self._position(edition) for edition in self.latest.editions if str(edition.pk) in pair.split()
        ]
        return disagreement(*both) if both else None

    def _sharpest_pair(self) -> str:
        found = sharpest(self._positions)
        return f"{found.one.pk} {found.other.pk}" if found else ""

    @property
    def ends(self) -> tuple[Edition, ...]:
        """The two who disagree most, the more favourable first; empty if no two are opposed."""
        return (self.sharpest.one, self.sharpest.other) if self.sharpest else ()

    @cached_property
    def _positions(self) -> list[Position[Edition, Aspect]]:
        return [self._position(edition) for edition in self.latest.editions]

    def _position(self, edition: Edition) -> Position[Edition, Aspect]:
        return position(edition, self._judgements(edition))

    def _judgements(self, edition: Edition) -> list[EditionJudgement]:
        """The judgements of an edition, in the outlet's order of aspects: the general aspects come first."""
        made = []
        for row in self._judged.get(edition.pk, ()):
            judgement = cast(EditionJudgement, JUDGED.copy(row))
            judgement._state.fields_cache["edition"] = edition
            made.append(judgement)
        return made

    @cached_property
    def _judged(self) -> dict[int, list[Row]]:
        judged: dict[int, list[Row]] = {}
        for row in self.source.judged:
            judged.setdefault(row[_EDITION], []).append(row)
        return judged


_EDITION = JUDGED.paths.index("edition_id")


def _alone(row: ArgumentRow) -> str:
    lone = row.lone
    if lone is None:
        raise ValueError(f"Nobody stands alone on {row.aspect}.")
    against = next(stance for edition, stance in row.stances.items() if edition != lone)
    return summary.lone_line(
        lone.critic.name, row.aspect, row.stances[lone], against, others=row.count.spoken - 1
    )
