"""Drawings for templates of readers' pages and of the desk. None makes a query."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from reviews import drawing
from reviews.drawing import signs as shapes
from reviews.drawing.monogram import Seat
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
from reviews.rules.argument import Tally

register = template.Library()


@register.filter
def poster(film: Film) -> drawing.Poster:
    """The film's poster."""
    return drawing.poster(film.uid, film.title, year=film.release_year, minutes=film.runtime_minutes)


@register.filter
def monogram(critic: Critic) -> drawing.Monogram:
    """The monogram of a critic."""
    return drawing.monogram(critic.uid, critic.name, Seat(critic.kind))


@register.simple_tag
def signs() -> dict[str, str]:
    """The path of every sign of a verdict or a judgement, by name."""
    return shapes.SIGNS


@register.simple_tag
def seat() -> str:
    """The path of a seat."""
    return shapes.SEAT


@dataclass(frozen=True)
class VerdictStand:
    """The critics with one verdict: ``seats`` to draw one by one, or the ``height`` of a bar in percent."""

    name: str
    label: str
    count: int
    seats: range
    height: int | None

    @property
    def top(self) -> int:
        """The distance of the bar from the top, in percent."""
        return 100 - (self.height or 0)


@register.filter
def seating(tally: Tally) -> list[VerdictStand]:
    """The five verdicts with their critics, pan first; then those without a verdict, if any."""
    counted = [(verdict.name.lower(), verdict.label, count) for verdict, count in tally.by_verdict]
    if tally.unstated:
        counted.append(("unstated", _("No verdict"), tally.unstated))
    tallest = max(count for _name, _label, count in counted)
    is_crowd = tally.total > shapes.MOST_SEATS
    return [
        VerdictStand(
            name,
            label,
            count,
            seats=range(0 if is_crowd else count),
            height=round(100 * count / tallest) if is_crowd else None,
        )
        for name, label, count in counted
    ]


@register.filter
def row(tally: Tally) -> list[str]:
    """One sign per critic, pan first; empty if they are too many to be told apart."""
    if tally.total > shapes.MOST_SEATS:
        return []
    return [verdict.name.lower() for verdict in tally.verdicts] + ["unstated"] * tally.unstated
