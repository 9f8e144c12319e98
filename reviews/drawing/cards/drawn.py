"""Draws a card."""

import io

from reviews.drawing.cards.contents import HEIGHT, WIDTH, Card
from reviews.drawing.cards.faces import Weight
from reviews.drawing.cards.feet import foot
from reviews.drawing.cards.house import INK, MARGIN, PANEL, RULE, SOFT
from reviews.drawing.cards.panels import panel
from reviews.drawing.cards.setting import Setting, fitted
from reviews.drawing.cards.sheet import Sheet

_TITLE_SIZES = range(128, 38, -2)
_MASTHEAD = 62
"""The height of the outlet's name."""


def draw(card: Card) -> bytes:
    """The card as a PNG of ``WIDTH`` × ``HEIGHT`` pixels. Whoever asks makes sure that one is drawn at a time.

    What no font has is left out. What the page is of is set large where its title is left out.
    """
    sheet = Sheet(is_leftwards=card.is_leftwards)
    sheet.paste(panel(card.panel, card.language), 0, 0)
    x = PANEL + MARGIN
    width = WIDTH - MARGIN - x
    top = MARGIN - 14
    outlet = fitted(
        card.outlet, Weight.HEAVY, card.language, width=width, height=_MASTHEAD, sizes=range(46, 21, -2)
    )
    sheet.words(outlet, x, top + (_MASTHEAD - (outlet.height if outlet else 0)) / 2, INK)
    top += _MASTHEAD
    sheet.rectangle(x, top, width, RULE, INK)
    top += RULE + 26
    kicker = fitted(card.kicker, Weight.BOLD, card.language, width=width, height=40, sizes=(28, 26, 24, 22))
    high, draw_foot = foot(sheet, card, x, width)
    lower = HEIGHT - MARGIN + 4
    below = top + kicker.height + 8 if kicker else top
    title = _titled(card.title, card.language, width, round(lower - high - 26 - below))
    if title:
        sheet.words(kicker, x, top, SOFT)
        sheet.words(title, x, below, INK)
    else:
        sheet.words(_titled(card.kicker, card.language, width, round(lower - high - 26 - top)), x, top, INK)
    draw_foot(lower)
    written = io.BytesIO()
    sheet.image.save(written, "PNG", compress_level=6)
    return written.getvalue()


def _titled(words: str, language: str, width: int, height: int) -> Setting | None:
    return fitted(words, Weight.HEAVY, language, width=width, height=height, sizes=_TITLE_SIZES, leading=1.0)
