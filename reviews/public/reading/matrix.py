"""The layout of a film's argument: a table of critics by aspects, or a list if there is too little room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _

from reviews.models.public.edition import Edition, EditionJudgement
from reviews.public.reading.argument import ArgumentRow, FilmArgument
from reviews.rules.argument import Stance

BY_CONTEST, IN_OUTLET_ORDER = "contest", "outlet"
"""The values of ``?order=``, the order of the aspects; the first is the default."""

MOST_WITH_WORDS, MOST_ABREAST, MOST_COLUMNS = 6, 14, 40
"""The most critics for a table with room for words, for one with little room, and for one with signs only. With more,
the layout is a list by aspect at every width."""

MOST_NAMED = 40
"""The most critics named under one stance on an aspect; further ones are counted."""


@dataclass(frozen=True)
class Cell:
    """One critic's stance on one aspect; ``judgement`` is None if there is none.

    ``number`` numbers the cells of a page that can be opened, from 1.
    """

    judgement: EditionJudgement | None
    is_lone: bool
    number: int


@dataclass(frozen=True)
class StanceGroup:
    """The critics with one stance on an aspect: some by name, and how many more there are."""

    stance: Stance
    cells: Sequence[Cell]
    more: int

    @property
    def count(self) -> int:
        return len(self.cells) + self.more


class MatrixLine:
    """An aspect as a line of the table (``cells``, one per seat) and as an entry of the list (``stands``).

    ``first`` is the number of its first cell that can be opened.
    """

    def __init__(self, row: ArgumentRow, seats: Sequence[Edition], first: int) -> None:
        self.row = row
        self._numbers = {edition: number for number, edition in enumerate(row.said, first)}
        self.cells = [self._cell(seat) for seat in seats]

    @cached_property
    def stands(self) -> list[StanceGroup]:
        """The stances that at least one critic has, praise first."""
        held = [
            (stance, [seat for seat, said in self.row.stances.items() if said is stance])
            for stance in sorted(Stance, reverse=True)
        ]
        return [
            StanceGroup(
                stance, [self._cell(seat) for seat in seats[:MOST_NAMED]], max(len(seats) - MOST_NAMED, 0)
            )
            for stance, seats in held
            if seats
        ]

    def _cell(self, seat: Edition) -> Cell:
        return Cell(self.row.said.get(seat), seat == self.row.lone, self._numbers.get(seat, 0))


@dataclass(frozen=True)
class MatrixGroup:
    """Lines under one heading; empty if the order mixes general aspects and the film's own."""

    heading: str
    lines: list[MatrixLine]


class Matrix:
    """Critics by aspects, in the order that a reader asked for."""

    def __init__(self, argument: FilmArgument, order: str) -> None:
        self.order = order
        self.seats = argument.seats
        self._next = 1
        self.groups = [
            MatrixGroup(heading, self._lines(rows)) for heading, rows in self._grouped(argument) if rows
        ]

    @property
    def size(self) -> str:
        """The number of critics as a class name: ``is-few``, ``is-some``, ``is-many`` or ``is-crowd``."""
        limits = ((MOST_WITH_WORDS, "is-few"), (MOST_ABREAST, "is-some"), (MOST_COLUMNS, "is-many"))
        return next((name for most, name in limits if len(self.seats) <= most), "is-crowd")

    @property
    def has_columns(self) -> bool:
        """Whether there is a table."""
        return len(self.seats) <= MOST_COLUMNS

    @property
    def has_list(self) -> bool:
        """Whether there is a list by aspect, with names folded, for windows too narrow for so many columns.

        A smaller table turns into a list by CSS.
        """
        return len(self.seats) > MOST_WITH_WORDS

    @property
    def lines(self) -> list[MatrixLine]:
        return [line for group in self.groups for line in group.lines]

    @property
    def cited(self) -> list[Cell]:
        """Every cell that can be opened, once."""
        return [cell for line in self.lines for stand in line.stands for cell in stand.cells]

    def _grouped(self, argument: FilmArgument) -> Iterable[tuple[str, list[ArgumentRow]]]:
        if self.order == BY_CONTEST:
            return [("", argument.rows_by_contest)]
        rows = argument.rows
        return [
            (_("Of every film"), [row for row in rows if not row.is_the_films_own]),
            (_("Of this film alone"), [row for row in rows if row.is_the_films_own]),
        ]

    def _lines(self, rows: Iterable[ArgumentRow]) -> list[MatrixLine]:
        seats = self.seats if self.has_columns else ()
        lines = []
        for row in rows:
            lines.append(MatrixLine(row, seats, self._next))
            self._next += len(row.said)
        return lines


def order_asked(request: HttpRequest) -> str:
    """The order of ``?order=``; the default for anything else."""
    return IN_OUTLET_ORDER if request.GET.get("order") == IN_OUTLET_ORDER else BY_CONTEST
