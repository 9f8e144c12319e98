"""The scales as data, and ratings in words."""

from decimal import Decimal

import pytest

from reviews.rules.ratings import (
    GRADES,
    LETTERS,
    POINTS_10,
    POINTS_100,
    STARS_4,
    STARS_5,
    Scale,
    rating_in_words,
)
from tests.rules.test_ratings import every_rating, read

LONG = 10_000


class TestSpoken:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("★★★½", "3.5 out of 5 stars"),
            ("★★☆☆", "2 out of 4 stars"),
            ("0/5", "0 out of 5 stars"),
            ("7/10", "7 out of 10"),
            ("78/100", "78 out of 100"),
            ("B+", "B plus"),
            ("b−", "B minus"),
            ("F", "F"),
        ],
    )
    def test_a_rating_is_said_in_words(self, text: str, words: str) -> None:
        assert rating_in_words(read(text)) == words

    def test_the_words_are_a_rating_too(self) -> None:
        for text in every_rating():
            rating = read(text)
            again = read(rating_in_words(rating))
            assert (again.scale, again.value) == (rating.scale, rating.value)


SCALES = (STARS_4, STARS_5, POINTS_10, POINTS_100, LETTERS)


class TestScales:
    @pytest.mark.parametrize(
        ("scale", "key", "best", "worst"),
        [
            (STARS_4, "stars-4", "4", "0"),
            (STARS_5, "stars-5", "5", "0"),
            (POINTS_10, "points-10", "10", "0"),
            (POINTS_100, "points-100", "100", "0"),
            (LETTERS, "letters", "A+", "F"),
        ],
    )
    def test_best_and_worst_are_for_structured_data(
        self, scale: Scale, key: str, best: str, worst: str
    ) -> None:
        assert (scale.key, scale.best, scale.worst) == (key, best, worst)

    @pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.key)
    def test_the_best_is_100_and_the_worst_is_0(self, scale: Scale) -> None:
        suffix = "" if scale is LETTERS else f"/{scale.best}"
        assert read(scale.best + suffix).score == 100
        assert read(scale.worst + suffix).score == 0

    def test_the_data_cannot_be_changed_by_its_readers(self) -> None:
        with pytest.raises(TypeError):
            GRADES["E"] = Decimal(1)  # type: ignore[index]
