"""An invented film with five critics, on which the page of rules shows what each rule does.

The rules themselves compute the results, and the sentences are those of every other page.
"""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import ngettext

from reviews.models.public.edition import Edition
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.critic import Critic
from reviews.public.reading import summary
from reviews.public.reading.words import spelled, verdict_word
from reviews.rules import argument
from reviews.rules.argument import Disagreement, Position, Stance, StanceCount, Tally, Verdict

_VERDICTS = {
    "A": Verdict.PAN,
    "B": Verdict.MIXED,
    "C": Verdict.POSITIVE,
    "D": Verdict.POSITIVE,
    "E": Verdict.RAVE,
}
_STANCES = {"+": Stance.PRAISE, "o": Stance.MIXED, "-": Stance.CRITICISM}
_SAID = {  # Critics A to E, in order; a full stop means no judgement.
    "Music": ".+++.",
    "Lead performance": "-++++",
    "Story": "----+",
    "Ending": "-o+-+",
}


@dataclass(frozen=True)
class ExampleLine:
    """An aspect, and the stance of each critic or None. ``lone`` is who stands alone."""

    aspect: Aspect
    stances: dict[str, Stance]
    held: list[tuple[Stance | None, bool]]

    @property
    def count(self) -> StanceCount:
        return argument.count_stances(self.stances.values())


class WorkedExample:
    """The results of the rules for five critics. No queries."""

    def __init__(self) -> None:
        self.seats = [
            Edition(critic=Critic(uid=UUID(int=number), name=name), verdict=verdict)
            for number, (name, verdict) in enumerate(_VERDICTS.items())
        ]
        lines = [self._line(number, name, said) for number, (name, said) in enumerate(_SAID.items(), 1)]
        self.lines = sorted(lines, key=lambda line: line.count.contest, reverse=True)

    @property
    def count(self) -> str:
        return summary.count_line(self._tally)

    @property
    def middle(self) -> str:
        return summary.middle_line(self._tally)

    @property
    def share(self) -> str:
        return summary.share_line(self._tally)

    @property
    def order(self) -> str:
        """The aspects, the most contested first."""
        return summary.aspects_listed([line.aspect for line in self.lines])

    @property
    def alone(self) -> list[str]:
        """Who stands alone on what."""
        told = []
        for line in self.lines:
            if name := argument.lone_voice(line.stances):
                against = next(stance for other, stance in line.stances.items() if other != name)
                others = line.count.spoken - 1
                told.append(summary.lone_line(name, line.aspect, line.stances[name], against, others=others))
        return told

    @property
    def dissent(self) -> list[str]:
        """Who dissents."""
        return [summary.dissent_line([name]) for name in argument.dissenters(_VERDICTS)]

    @property
    def parted(self) -> list[tuple[str, str]]:
        """Who parts company with the others, and on what."""
        rows = {line.aspect: line.stances for line in self.lines}
        partings = [(name, argument.partings(name, rows)) for name in _VERDICTS]
        return [(name, summary.aspects_listed(aspects)) for name, aspects in partings if aspects]

    @cached_property
    def sharpest(self) -> Disagreement[Edition, Aspect] | None:
        """The two who disagree most."""
        return argument.sharpest([self._position(seat) for seat in self.seats])

    @property
    def contrary(self) -> list[str]:
        """Whose verdict is contrary, and how far it is from the middle of the others'."""
        told = []
        for name, verdict in _VERDICTS.items():
            steps = argument.contrariness(
                verdict, [given for other, given in _VERDICTS.items() if other != name]
            )
            if steps >= argument.CONTRARY_FROM:
                sentence = ngettext(
                    "%(name)s’s %(verdict)s lies %(steps)s step from the middle of the others.",
                    "%(name)s’s %(verdict)s lies %(steps)s steps from the middle of the others.",
                    steps,
                )
                words = {"verdict": verdict_word(verdict), "steps": spelled(steps)}
                told.append(sentence % (words | {"name": name}))
        return told

    @cached_property
    def _tally(self) -> Tally:
        return argument.tally(_VERDICTS.values())

    def _line(self, number: int, name: str, said: str) -> ExampleLine:
        stances = {
            critic: _STANCES[sign] for critic, sign in zip(_VERDICTS, said, strict=True) if sign in _STANCES
        }
        lone = argument.lone_voice(stances)
        held = [(stances.get(critic), critic == lone) for critic in _VERDICTS]
        # With a key, so that it can be a dictionary key; it is never saved.
        return ExampleLine(Aspect(pk=number, name=name), stances, held)

    def _position(self, seat: Edition) -> Position[Edition, Aspect]:
        name = seat.critic.name
        stances = {line.aspect: line.stances[name] for line in self.lines if name in line.stances}
        return Position(seat, _VERDICTS[name], stances)
