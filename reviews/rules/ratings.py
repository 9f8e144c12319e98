"""Ratings: what a critic typed, its scale, and its score from 0 to 100.

The text stays as written, and readers see it. The score is for comparison only (sorting, filters) and never shown. An
unrated review has no rating, ``None``, which is not the rating zero: ``0/5`` is a rating with a falsy score, so test
against ``None``.
"""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

MAX_LENGTH = 32
"""The longest rating, in characters: enough for ``3.5 out of 5 stars`` and for ten stars with spaces."""


class RatingError(ValueError):
    """What was typed is not a rating. The message is one sentence for the editor who typed it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One way of rating: values from 0 to ``maximum`` in multiples of ``step``. Letters are twelfths."""

    key: str
    maximum: Decimal
    step: Decimal

    @property
    def best(self) -> str:
        """The best value as structured data writes it (schema.org ``bestRating``): ``5``, ``A+``."""
        return "A+" if self is LETTERS else str(self.maximum)

    @property
    def worst(self) -> str:
        """The worst value (schema.org ``worstRating``, which means 1 when it is left out): ``0``, ``F``."""
        return "F" if self is LETTERS else "0"


STARS_4 = Scale("stars-4", Decimal(4), Decimal("0.5"))
STARS_5 = Scale("stars-5", Decimal(5), Decimal("0.5"))
POINTS_10 = Scale("points-10", Decimal(10), Decimal("0.1"))
POINTS_100 = Scale("points-100", Decimal(100), Decimal(1))
LETTERS = Scale("letters", Decimal(12), Decimal(1))

GRADES: Mapping[str, Decimal] = MappingProxyType(
    {
        grade: Decimal(twelfths)
        for grade, twelfths in (
            # A+ and A are both full marks, and no grade is one twelfth: the usual values of letter grades.
            ("A+", 12), ("A", 12), ("A-", 11),
            ("B+", 10), ("B", 9), ("B-", 8),
            ("C+", 7), ("C", 6), ("C-", 5),
            ("D+", 4), ("D", 3), ("D-", 2),
            ("F", 0),
        )
    }
)  # fmt: skip
"""Letter grades, best first, in twelfths of full marks."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as given.

    ``text`` is as written, trimmed. ``value`` is a plain decimal on the scale (``3.5``) or a grade (``B+``).
    ``score`` is from 0 to 100 with two places, for comparison only. Ratings do not order themselves.
    """

    text: str
    scale: Scale
    value: Decimal | str
    score: Decimal

    @property
    def plain(self) -> str:
        """The rating with its scale spelled out, ``3.5/5`` or ``B+``: it means the same under any star scale."""
        return self.value if isinstance(self.value, str) else f"{self.value}/{self.scale.maximum}"


def parse(text: str, *, star_scale: int) -> Rating | None:
    """Parse what a critic or editor typed: ``3.5/5``, ``★★★½``, ``★★☆☆☆``, ``B+``, ``7/10``, ``78/100``.

    Bare stars, and ``3.5 stars``, are out of ``star_scale`` (4 or 5); with hollow stars, the number of stars is the
    scale. Steps are halves for stars, tenths for points out of 10, whole numbers for points out of 100. Blank text is
    unrated: ``None``.

    Raises RatingError for anything else, and ValueError for a star scale other than 4 or 5.
    """
    if star_scale not in (4, 5):
        raise ValueError("The star scale is 4 or 5.")
    text = text.strip(_EDGES)
    if not text:
        return None
    if len(text) > MAX_LENGTH:
        raise RatingError(f"A rating has at most {MAX_LENGTH} characters: {_EXAMPLES}.")
    typed = _simplified(text)
    if typed.casefold() in _UNRATED:
        raise RatingError("Leave the rating empty for a review without one.")
    if letter := _LETTER.fullmatch(typed):
        return _letter_rating(text, letter)
    if stars := _STARS.fullmatch(typed):
        return _star_rating(text, stars, star_scale)
    if number := _NUMBER.fullmatch(typed):
        return _number_rating(text, number, star_scale)
    if any(character.isalpha() or character.isdecimal() for character in text if not character.isascii()):
        raise RatingError(f"{_quoted(text)} needs the letters A to F or the digits 0 to 9: {_EXAMPLES}.")
    raise RatingError(f"{_quoted(text)} is not a rating: {_EXAMPLES}.")


def rating_in_words(rating: Rating) -> str:
    """The rating in words for a screen reader: ``3.5 out of 5 stars``, ``7 out of 10``, ``B plus``."""
    if isinstance(rating.value, str):
        return rating.value.replace("+", " plus").replace("-", " minus")
    words = f"{rating.value} out of {rating.scale.maximum}"
    return f"{words} stars" if rating.scale in (STARS_4, STARS_5) else words


def plain(text: str, *, star_scale: int) -> str:
    """The rating in a text with its scale spelled out, the same however it was written; the text itself if it has
    none."""
    try:
        rating = parse(text, star_scale=star_scale)
    except RatingError:
        return text
    return rating.plain if rating else ""


_EXAMPLES = "type it like 3.5/5, ★★★½, B+, 7/10 or 78/100"
_UNRATED = frozenset({"unrated", "not rated", "no rating", "none", "n/a", "nr", "-", "--"})
_FRACTIONS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
_BY_MAXIMUM = {"4": STARS_4, "5": STARS_5, "10": POINTS_10, "100": POINTS_100}
_STEPS = {
    STARS_4: "stars go by halves, such as 3/4 or 3.5/4",
    STARS_5: "stars go by halves, such as 3/5 or 3.5/5",
    POINTS_10: "points out of 10 go by tenths, such as 7/10 or 7.5/10",
    POINTS_100: "points out of 100 are whole numbers, such as 78/100",
}

_SPACES = " \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
_BREAKS = string.whitespace + "\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_PASTED = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # Invisible characters that are often copied with text.
)
_EDGES = _SPACES + _BREAKS + _PASTED

# One spelling for characters that look the same to the person typing. Variation selectors (U+FE0E, U+FE0F)
# only choose between the text and emoji forms of a star.
_SAME = str.maketrans(
    {
        **dict.fromkeys("★⭐🌟*", "★"),
        **dict.fromkeys("☆✩", "☆"),
        **dict.fromkeys("⯨⯪", "½"),
        **dict.fromkeys("/⁄∕／", "/"),
        **dict.fromkeys("-−–—‐‑﹣－", "-"),
        **dict.fromkeys("+＋", "+"),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys("\ufe0e\ufe0f", None),
    }
)

# Each pattern gets at most MAX_LENGTH characters. ASCII only: \d would match digits of every script.
_FLAGS = re.ASCII | re.IGNORECASE
_HALF_AFTER_STAR = re.compile(r"(?<=★) ?1/2")
_HALF_AFTER_NUMBER = re.compile(r"(?<=[0-9]) 1/2")
_OUT_OF = r"(?: ?(?:/|out of) ?(?P<maximum>[0-9]+))"
_LETTER = re.compile(r"(?P<letter>[A-Z])(?: ?(?P<sign>[+-])| (?P<word>plus|minus))?", _FLAGS)
_STARS = re.compile(
    rf"(?=.*[★☆]|.$)(?P<filled>(?:★ ?)*)(?P<part>[¼½¾]?) ?(?P<hollow>(?:☆ ?)*){_OUT_OF}?", _FLAGS
)
_NUMBER = re.compile(
    r"(?P<minus>-? ?)(?=[0-9¼½¾.,])(?P<whole>[0-9]*)(?: ?(?P<part>[¼½¾])|[.,](?P<decimals>[0-9]+))?"
    rf"(?:{_OUT_OF}?(?P<stars> ?(?:stars?|★))?| ?%)",
    _FLAGS,
)


def _simplified(text: str) -> str:
    typed = re.sub(" +", " ", text.translate(_SAME))
    return _HALF_AFTER_NUMBER.sub("½", _HALF_AFTER_STAR.sub("½", typed))


def _letter_rating(text: str, typed: re.Match[str]) -> Rating:
    sign = typed["sign"] or {"plus": "+", "minus": "-", "": ""}[(typed["word"] or "").lower()]
    grade = typed["letter"].upper() + sign
    if grade in GRADES:
        return Rating(text, LETTERS, grade, _score(GRADES[grade], LETTERS))
    if grade[0] == "F":
        raise RatingError("F takes no plus or minus: type F, or D- for the grade above it.")
    raise RatingError(
        f"{_quoted(text)} is not a grade: type A, B, C or D, alone or with plus or minus, or F."
    )


def _star_rating(text: str, typed: re.Match[str], star_scale: int) -> Rating:
    filled, part, hollow = typed["filled"].count("★"), typed["part"], typed["hollow"].count("☆")
    value = filled + _FRACTIONS.get(part, Decimal(0))
    maximum = typed["maximum"]
    if maximum not in (None, "4", "5"):
        raise RatingError(
            f"Stars are out of 4 or 5: write {_quoted(text)} with digits, such as 7/10 or 78/100."
        )
    if hollow:
        drawn = str(filled + bool(part) + hollow)
        if drawn not in ("4", "5") or maximum not in (None, drawn):
            wanted = f"{maximum} in all" if maximum else "4 or 5 in all"
            raise RatingError(f"{_quoted(text)} has {drawn} stars, full and hollow together: type {wanted}.")
        maximum = drawn
    elif maximum is None and value > star_scale:
        other = ", or 5/5 if it was given out of five" if value == 5 else ""
        raise RatingError(
            f"{_quoted(text)} is more than {star_scale} stars: type {star_scale} at most{other}."
        )
    return _checked(text, value, _BY_MAXIMUM[maximum or str(star_scale)])


def _number_rating(text: str, typed: re.Match[str], star_scale: int) -> Rating:
    if typed["minus"].strip():
        raise RatingError(f"{_quoted(text)} is below zero: the lowest rating is 0, such as 0/5.")
    maximum = typed["maximum"] or (str(star_scale) if typed["stars"] else None)
    if maximum is None:
        raise RatingError(f"Say what {_quoted(text)} is out of, such as 3.5/5, 7/10 or 78/100.")
    if maximum not in _BY_MAXIMUM:
        raise RatingError(f"{_quoted(text)} is not on a known scale: rate out of 4, 5, 10 or 100.")
    decimals = typed["decimals"] or "0"
    value = Decimal(f"{typed['whole'] or 0}.{decimals}") + _FRACTIONS.get(typed["part"], Decimal(0))
    # Three decimals are a thousands separator or a typing error, even if they are zeros.
    return _checked(text, value, _BY_MAXIMUM[maximum], exact=len(decimals) <= 2)


def _checked(text: str, value: Decimal, scale: Scale, *, exact: bool = True) -> Rating:
    if value > scale.maximum:
        raise RatingError(
            f"{_quoted(text)} is above the top of its scale: type {scale.best}/{scale.best} at most."
        )
    if not exact or value % scale.step:
        raise RatingError(f"{_quoted(text)} is between two steps: {_STEPS[scale]}.")
    return Rating(text, scale, _shortest(value), _score(value, scale))


def _shortest(value: Decimal) -> Decimal:
    """The same number without trailing zeros or an exponent: 3.50 is 3.5, and 100 stays 100."""
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _score(value: Decimal, scale: Scale) -> Decimal:
    return (value * 100 / scale.maximum).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _quoted(text: str) -> str:
    return "“" + "".join(character if character.isprintable() else "\ufffd" for character in text) + "”"
