"""A critic's verdicts compared with colleagues', as drawings and sentences. None makes a query."""

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
"""The width of a mark in a strip, including a gap of 2."""

FEWEST_PLACES, MOST_MARKS = 20, 100
"""The smallest scale of a strip in marks, so that a mark does not become a bar; and the most separate marks."""


@dataclass(frozen=True)
class Strip:
    """A line of marks, one per film: ``marked`` is where the dark ones end, ``end`` where all do."""

    width: int
    marked: int
    end: int
    is_solid: bool


def _strip(times: int, films: int, longest: int) -> Strip:
    """Strips on the same scale have the same ``longest``."""
    return Strip(MARK * max(longest, FEWEST_PLACES), MARK * times, MARK * films, longest > MOST_MARKS)


@dataclass(frozen=True)
class StandingPlace:
    """One of the five verdicts or none, and on how many films the critic has it."""

    name: str
    label: str
    count: int
    strip: Strip


@register.filter
def spread(tally: Tally) -> list[StandingPlace]:
    """A critic's films by verdict, rave first; then those without one, if any."""
    counted = [(verdict.name.lower(), verdict.label, count) for verdict, count in reversed(tally.by_verdict)]
    if tally.unstated:
        counted.append(("unstated", _("No verdict"), tally.unstated))
    longest = max(count for _name, _label, count in counted)
    return [
        StandingPlace(name, label, count, _strip(count, count, longest)) for name, label, count in counted
    ]


@dataclass(frozen=True)
class Parting:
    """How often a critic parts company with colleagues; ``aspect`` is ``None`` for the verdict."""

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
    """How many of the verdicts are our reading of a review published elsewhere; empty if none."""
    return summary.reading_line(digests, tally.stated)


@register.filter
def contrary_line(others: Tally, verdict: Verdict) -> str:
    """How far a verdict is from the middle of the others'."""
    return summary.contrary_line(verdict, others)
