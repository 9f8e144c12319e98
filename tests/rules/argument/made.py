"""Films made without a database, for property tests and benchmarks: reviews as numbers, and their argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from reviews.models import Aspect, Critic, Edition, EditionJudgement, Film
from reviews.public.reading.argument import FilmArgument
from reviews.public.reading.argument_source import JUDGED, SEAT, ArgumentSource
from reviews.rules.argument import Stance, Verdict

FILM = Film(pk=1, title="Film", slug="film")


@dataclass(frozen=True)
class Written:
    """A review of the film: its critic, its verdict, and its stance on each aspect."""

    critic: int
    verdict: Verdict | None
    stances: dict[int, Stance]


def _critic(n: int) -> Critic:
    return Critic(
        pk=n, uid=UUID(int=n), name=f"Critic {n:03}", sort_name=f"critic {n:03}", slug=f"critic-{n}"
    )


def _aspect(n: int) -> Aspect:
    own = FILM if n in (4, 5) else None
    return Aspect(pk=n, uid=UUID(int=n), name=f"Aspect {n}", slug=f"aspect-{n}", position=n % 3, film=own)


def read(written: Sequence[Written]) -> ArgumentSource:
    """What the queries would return for these public reviews, newest first."""
    critics = {each.critic: _critic(each.critic) for each in written}
    aspects = {n: _aspect(n) for each in written for n in each.stances}
    editions = [
        Edition(pk=n, film=FILM, critic=critics[each.critic], verdict=each.verdict, review_uid=UUID(int=n))
        for n, each in enumerate(written)
    ]
    latest: dict[int, Edition] = {}
    for edition in editions:
        latest.setdefault(edition.critic_id, edition)
    judgements = [
        EditionJudgement(
            edition=edition, uid=UUID(int=100 * edition.pk + n), aspect=aspects[n], stance=stance
        )
        for edition in latest.values()
        for n, stance in written[edition.pk].stances.items()
    ]
    return ArgumentSource(
        [SEAT.values(edition) for edition in editions], [JUDGED.values(each) for each in judgements]
    )


def argument_of(written: Sequence[Written]) -> FilmArgument:
    """The argument of a film with these public reviews, newest first."""
    return FilmArgument(read(written))
