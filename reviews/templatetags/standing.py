"""Where a critic stands, drawn and in sentences. Pure: none of it asks the database for anything."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from reviews.models.shared.aspect import Aspect
from reviews.public.reading import summary
from reviews.rules.argument import Calibration, Parted, Tally, Verdict

register = template.Library()

register.filter(summary.films_line)
register.filter(summary.in_common_line)
register.filter(summary.parted_line)
register.simple_tag(summary.parting_rule)

MARK = 12
"""How wide the place of a mark in a strip is; of that, 2 keep it apart from the next."""

FEWEST_PLACES, MOST_MARKS = 20, 100
"""A strip has so many places at least, for a mark is to stay one; of more than 100 none could be told apart."""


@dataclass(frozen=True)
class Strip:
    """A line of marks, one for each film: ``marked`` is where the dark ones end, ``end`` where all do."""

    width: int
    marked: int
    end: int
    is_solid: bool


def _strip(times: int, films: int, longest: int) -> Strip:
    """Strips that are drawn to one scale have the same ``longest``."""
    return Strip(MARK * max(longest, FEWEST_PLACES), MARK * times, MARK * films, longest > MOST_MARKS)


@dataclass(frozen=True)
class StandingPlace:
    """Where a critic stands on films, one of the five verdicts or none, and on how many of them."""

    name: str
    label: str
    count: int
    strip: Strip


@register.filter
def spread(tally: Tally) -> list[StandingPlace]:
    """The five verdicts with a critic's films that have them, rave first; and those without, if there are any."""
    counted = [(verdict.name.lower(), verdict.label, count) for verdict, count in reversed(tally.by_verdict)]
    if tally.unstated:
        counted.append(("unstated", _("No verdict"), tally.unstated))
    longest = max(count for _name, _label, count in counted)
    return [
        StandingPlace(name, label, count, _strip(count, count, longest)) for name, label, count in counted
    ]


@dataclass(frozen=True)
class Parting:
    """How often a critic parts from colleagues on something; ``aspect`` is ``None`` for the verdict."""

    aspect: Aspect | None
    parted: Parted
    strip: Strip


@register.filter
def partings(calibration: Calibration[Aspect]) -> list[Parting]:
    """The figures of a calibration, the verdict's first."""
    figures: list[tuple[Aspect | None, Parted]] = [*calibration.aspects]
    if calibration.verdict:
        figures.insert(0, (None, calibration.verdict))
    longest = max((parted.films for _aspect, parted in figures), default=0)
    return [
        Parting(aspect, parted, _strip(parted.times, parted.films, longest)) for aspect, parted in figures
    ]


@register.filter
def reading_line(tally: Tally, digests: int) -> str:
    """How many of the verdicts are our reading of a review published elsewhere; empty for none."""
    return summary.reading_line(digests, tally.stated)


@register.filter
def contrary_line(others: Tally, verdict: Verdict) -> str:
    """How far a verdict lies from the middle of the others'."""
    return summary.contrary_line(verdict, others)
