"""Questions about local times that occur twice or not at all, with the two moments they may mean."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from reviews.desk.dates import day, time
from reviews.rules.wallclock import Change, Reading, change_at, instants


@dataclass(frozen=True)
class Answer:
    """One of the moments that a typed time may mean. ``value`` names the moment and its question."""

    value: str
    words: str
    at: dt.datetime


@dataclass(frozen=True)
class AmbiguousTime:
    """A question about a local time: ``says`` explains the clock change; ``asks`` is the short form."""

    says: str
    asks: str
    answers: list[Answer]

    def answered(self, value: str) -> Answer | None:
        """The answer with that value; None if it belongs to another question."""
        return next((answer for answer in self.answers if answer.value == value), None)


def ambiguity_of(local: dt.datetime, zone: ZoneInfo) -> AmbiguousTime | None:
    """The question about a local time (naive) in a zone; None if it occurs exactly once."""
    change = change_at(local, zone)
    if change is None:
        return None
    typed = time(local)
    is_one_day = change.before.date() == change.after.date()
    which = typed if is_one_day else f"{typed} on {day(local)}"
    if change.is_forward:
        fate = "does not exist that day" if is_one_day else "does not exist"
        asks = f"{typed} does not exist then: choose what you mean."
        rounds = ("before the change", "after the change")
    else:
        fate, asks = "comes twice", f"{typed} comes twice then: choose which one you mean."
        rounds = ("first time round", "second time round")
    answers = [
        Answer(
            value=f"{local.isoformat()} {zone.key} {reading.at.isoformat()}",
            words=_answer(reading, local, round_),
            at=reading.at,
        )
        for reading, round_ in zip(instants(local, zone), rounds, strict=True)
    ]
    return AmbiguousTime(f"The clocks in {zone.key} {_change(change)}: {which} {fate}.", asks, answers)


def _change(change: Change) -> str:
    verb = "go" if change.is_forward else "go back"
    before, after = time(change.before), time(change.after)
    if change.before.date() == change.after.date():
        return f"{verb} from {before} to {after} on {day(change.after)}"
    return f"{verb} from {before} on {day(change.before)} to {after} on {day(change.after)}"


def _answer(reading: Reading, typed: dt.datetime, round_: str) -> str:
    when = time(reading.local)
    if reading.local.date() != typed.date():
        when = f"{day(reading.local)}, {when}"
    utc = f"{time(reading.at)} UTC"
    if reading.at.date() != reading.local.date():
        utc += f" on {day(reading.at)}"
    return f"{when}, {round_}: {reading.clock}, which is {utc}"
