"""The foot of a card: who says what of the film, or how its critics sit."""

from collections.abc import Callable
from functools import partial

from reviews.drawing.cards.contents import Byline, Card, Line, Stands
from reviews.drawing.cards.faces import Weight
from reviews.drawing.cards.house import COLOURS, INK, LINE, SOFT
from reviews.drawing.cards.panels import draw_seat
from reviews.drawing.cards.setting import fitted
from reviews.drawing.cards.sheet import Sheet
from reviews.drawing.signs import MOST_SEATS, SEAT, SEAT_HEIGHT, SEAT_WIDTH, SIGNS, SIZE

Drawn = Callable[[float], None]
"""Draws a foot whose lower edge is at a ``y``."""
_SEATS_HIGH = 112
_BETWEEN = 6
"""Between two stands."""
_COUNTS = range(32, 15, -2)


def foot(sheet: Sheet, card: Card, x: int, width: int) -> tuple[int, Drawn]:
    """The height of a card's foot in pixels, and what draws it."""
    match card.foot:
        case Byline() as byline:
            return 96, partial(_byline, sheet, byline, card.language, x, width)
        case Stands() as stands:
            return 60 + _SEATS_HIGH + 62, partial(_stands, sheet, stands, card.language, x, width)
        case Line() as line:
            return 96 if line.words else 0, partial(_line, sheet, line, card.language, x, width)


def _byline(sheet: Sheet, of: Byline, language: str, x: int, width: int, lower: float) -> None:
    stand = COLOURS[of.verdict.name if of.verdict else "unstated"]
    scale = 2.25
    top = lower - 40 * scale
    draw_seat(sheet, of.monogram, x - 2 * scale, top, scale, stand, language)
    after = x + round(36 * scale) + 22
    room = width - (after - x)
    if of.rating:
        rating = fitted(of.rating, Weight.HEAVY, language, width=250, height=62, sizes=range(56, 26, -2))
        label = fitted(of.rating_label, Weight.ITALIC, language, width=250, height=40, sizes=(26, 24, 22))
        if rating:
            sheet.words(label, x + width, top + 2, SOFT, at_end=True)
            sheet.words(rating, x + width, lower - 4 - rating.height, INK, at_end=True)
            room -= max(rating.width, label.width if label else 0) + 24
    before = fitted(of.label, Weight.ITALIC, language, width=room, height=44, sizes=(28,))
    left = room - (before.width + 9 if before else 0)
    name = fitted(of.critic, Weight.BOLD, language, width=left, height=50, sizes=range(34, 23, -2))
    upper = round(top + 2 if of.verdict else top + 23 * scale - (name.height if name else 0) / 2)
    if before:
        sheet.words(before, after, upper + (name.leading - before.leading) / 2 if name else upper, SOFT)
    sheet.words(name, after + (before.width + 9 if before else 0), upper, INK)
    if of.verdict is None:
        return
    label = fitted(of.verdict.label, Weight.ITALIC, language, width=room, height=44, sizes=(28, 26, 24, 22))
    line = lower - 4 - 22
    if label:
        sheet.words(label, after, line - label.height / 2, SOFT)
        after += label.width + 12
    sheet.shape(SIGNS[of.verdict.name], after, line - 11, 22 / SIZE, SIZE, stand)
    word = fitted(of.verdict.word, Weight.HEAVY, language, width=room, height=50, sizes=(32,))
    if word:
        sheet.words(word, after + 34, line - word.height / 2, stand)


def _stands(sheet: Sheet, of: Stands, language: str, x: int, width: int, lower: float) -> None:
    caption = fitted(of.caption, Weight.BOLD, language, width=width, height=44, sizes=range(30, 19, -2))
    top = lower - 62 - _SEATS_HIGH
    sheet.words(caption, x, top - 52, INK)
    wide = (width + _BETWEEN) / len(of.stands)
    most = max(1, *(stand.count for stand in of.stands))
    is_crowd = sum(stand.count for stand in of.stands) > MOST_SEATS
    across, seat = _seating(most, wide - 2 * _BETWEEN)
    floor = top + _SEATS_HIGH
    for number, stand in enumerate(of.stands):
        colour = COLOURS[stand.name]
        left = x + number * wide
        sheet.rectangle(left, floor, wide - _BETWEEN, 5, colour if stand.count else LINE)
        if is_crowd and stand.count:
            high = max(_SEATS_HIGH * stand.count / most, 2)
            sheet.rectangle(left + wide * 0.3, floor - high, wide * 0.4 - _BETWEEN, high, colour)
        elif not is_crowd:
            _seats(sheet, stand.count, across, seat, left + (wide - _BETWEEN) / 2, floor - 7, colour)
        count = fitted(
            str(stand.count), Weight.HEAVY, language, width=round(wide - 40), height=50, sizes=_COUNTS
        )
        if count:
            begin = left + (wide - _BETWEEN - count.width - 32) / 2
            sheet.words(count, begin, floor + 12, INK if stand.count else SOFT)
            sheet.shape(SIGNS[stand.name], begin + count.width + 10, floor + 19, 22 / SIZE, SIZE, colour)


def _seats(
    sheet: Sheet, count: int, across: int, wide: float, middle: float, floor: float, colour: str
) -> None:
    """Seats in rows, from the floor upwards, each row around the middle."""
    high = wide * SEAT_HEIGHT / SEAT_WIDTH
    for place in range(count):
        row, column = divmod(place, across)
        in_row = min(across, count - row * across)
        left = middle + (column - in_row / 2) * wide
        sheet.shape(
            SEAT, left, floor - high * (row + 1) + 2 * row, 0.94 * wide / SEAT_WIDTH, SEAT_WIDTH, colour
        )


def _seating(most: int, wide: float) -> tuple[int, float]:
    """How many seats of the fullest stand are beside each other, and how wide each is."""
    for seat in range(44, 8, -2):
        across = max(int(wide / seat), 1)
        if -(-most // across) * seat * SEAT_HEIGHT / SEAT_WIDTH <= _SEATS_HIGH:
            return across, float(seat)
    return max(int(wide / 10), 1), 10.0


def _line(sheet: Sheet, of: Line, language: str, x: int, width: int, lower: float) -> None:
    words = fitted(of.words, Weight.ITALIC, language, width=width, height=84, sizes=range(36, 23, -2))
    if words:
        sheet.words(words, x, lower - 4 - words.height, SOFT)
