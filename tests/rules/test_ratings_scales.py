"""The scales as data, and ratings in words."""

from decimal import Decimal

import pytest

from reviews.rules.ratings import GRADES, LETTERS, SCALES, rating_in_words
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


class TestScales:
    def test_each_scale_is_filed_under_its_key(self) -> None:
        assert list(SCALES) == ["stars-4", "stars-5", "points-10", "points-100", "letters"]
        assert all(key == scale.key for key, scale in SCALES.items())

    @pytest.mark.parametrize(
        ("key", "best", "worst"),
        [
            ("stars-4", "4", "0"),
            ("stars-5", "5", "0"),
            ("points-10", "10", "0"),
            ("points-100", "100", "0"),
            ("letters", "A+", "F"),
        ],
    )
    def test_best_and_worst_are_for_structured_data(self, key: str, best: str, worst: str) -> None:
        assert (SCALES[key].best, SCALES[key].worst) == (best, worst)

    @pytest.mark.parametrize("key", SCALES)
    def test_the_best_is_100_and_the_worst_is_0(self, key: str) -> None:
        scale = SCALES[key]
        suffix = "" if scale is LETTERS else f"/{scale.best}"
        assert read(scale.best + suffix).score == 100
        assert read(scale.worst + suffix).score == 0

    def test_the_data_cannot_be_changed_by_its_readers(self) -> None:
        with pytest.raises(TypeError):
            SCALES["stars-3"] = LETTERS  # type: ignore[index]
        with pytest.raises(TypeError):
            GRADES["E"] = Decimal(1)  # type: ignore[index]
