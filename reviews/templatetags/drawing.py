"""Drawings for templates, readers' and the desk's. Pure: none of them asks the database for anything."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from reviews import drawing
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
    """The mark of a critic."""
    return drawing.monogram(critic.uid, critic.name, Seat(critic.kind))


MOST_SEATS = 40
"""Up to so many critics each is drawn as a seat; the seats of more could not be told apart."""


@dataclass(frozen=True)
class VerdictStand:
    """Those who give one verdict: ``seats`` to draw one by one, or the ``height`` of a bar, in percent."""

    name: str
    label: str
    count: int
    seats: range
    height: int | None

    @property
    def top(self) -> int:
        """Where the bar begins, in percent from above."""
        return 100 - (self.height or 0)


@register.filter
def seating(tally: Tally) -> list[VerdictStand]:
    """The five verdicts with those who give them, pan first; and those who state none, if there are any."""
    counted = [(verdict.name.lower(), verdict.label, count) for verdict, count in tally.by_verdict]
    if tally.unstated:
        counted.append(("unstated", _("No verdict"), tally.unstated))
    tallest = max(count for _name, _label, count in counted)
    is_crowd = tally.total > MOST_SEATS
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
    """The signs of a count, one for each critic, pan first; none where they are too many to be told apart."""
    if tally.total > MOST_SEATS:
        return []
    return [verdict.name.lower() for verdict in tally.verdicts] + ["unstated"] * tally.unstated
