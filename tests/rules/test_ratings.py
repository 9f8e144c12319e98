"""Ratings as critics type them: how they are parsed and stored."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.ratings import GRADES, LETTERS, Rating, RatingError, parse

LONG = 10_000


def read(text: str, *, star_scale: int = 5) -> Rating:
    rating = parse(text, star_scale=star_scale)
    assert rating is not None
    return rating


def refusal(text: str, *, star_scale: int = 5) -> str:
    with pytest.raises(RatingError) as caught:
        parse(text, star_scale=star_scale)
    return str(caught.value)


def every_rating() -> list[str]:
    return [
        *GRADES,
        *(f"{Decimal(halves) / 2}/{maximum}" for maximum in (4, 5) for halves in range(2 * maximum + 1)),
        *(f"{Decimal(tenths) / 10}/10" for tenths in range(101)),
        *(f"{points}/100" for points in range(101)),
    ]


class TestUnrated:
    @pytest.mark.parametrize("text", ["", " ", "\t\r\n", "\u00a0\u2003", "\u200b", "\ufeff \u200e"])
    def test_blank_text_is_unrated(self, text: str) -> None:
        assert parse(text, star_scale=5) is None

    @pytest.mark.parametrize("text", ["0/5", "0/10", "0/100", "F", "☆☆☆☆☆", "0 stars"])
    def test_zero_is_a_rating_and_not_unrated(self, text: str) -> None:
        assert read(text).score == Decimal("0.00")

    def test_a_rating_of_zero_is_true(self) -> None:
        assert bool(read("0/5"))

    @pytest.mark.parametrize("text", ["unrated", "Not rated", "n/a", "-", "–", "NONE"])
    def test_a_word_for_unrated_is_answered_with_leaving_it_empty(self, text: str) -> None:
        assert refusal(text) == "Leave the rating empty for a review without one."

    @given(st.text(st.characters(categories=("Zs", "Zl", "Zp"))))
    def test_every_unicode_space_is_blank(self, text: str) -> None:
        assert parse(text, star_scale=4) is None


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "scale", "value", "score"),
        [
            ("3.5/5", "stars-5", "3.5", "70.00"),
            ("3.5/4", "stars-4", "3.5", "87.50"),
            ("5/5", "stars-5", "5", "100.00"),
            ("0/4", "stars-4", "0", "0.00"),
            ("7/10", "points-10", "7", "70.00"),
            ("7.3/10", "points-10", "7.3", "73.00"),
            ("10/10", "points-10", "10", "100.00"),
            ("78/100", "points-100", "78", "78.00"),
            ("100/100", "points-100", "100", "100.00"),
        ],
    )
    def test_a_number_is_read_on_the_scale_it_names(
        self, text: str, scale: str, value: str, score: str
    ) -> None:
        rating = read(text)
        assert (rating.scale.key, str(rating.value), str(rating.score)) == (scale, value, score)

    @pytest.mark.parametrize("star_scale", [4, 5])
    def test_the_outlets_stars_do_not_change_a_scale_that_is_named(self, star_scale: int) -> None:
        assert read("3/4", star_scale=star_scale).scale.key == "stars-4"
        assert read("3/5", star_scale=star_scale).scale.key == "stars-5"

    @pytest.mark.parametrize(
        "text",
        [
            "3½/5",
            "3 ½/5",
            "3 1/2/5",
            "3 1/2 / 5",
            "3,5/5",
            "3.50/5",
            " 3.5 / 5 ",
            "3.5\u00a0/\u20095",
            "3.5⁄5",
            "3.5∕5",
            "3.5 out of 5",
            "3.5 OUT OF 5",
            "3.5/5 stars",
            "3.5 out of 5 stars",
            "3.5 stars",
            "3½ stars",
            "3.5★",
            "03.5/5",
        ],
    )
    def test_ways_of_typing_the_same_rating_agree(self, text: str) -> None:
        rating = read(text)
        assert (rating.scale.key, rating.value, rating.score) == ("stars-5", Decimal("3.5"), Decimal("70.00"))

    @pytest.mark.parametrize("text", ["½/5", ".5/5", "0.5/5", "0,5/5", "0½/5"])
    def test_half_a_star_needs_no_nought(self, text: str) -> None:
        assert read(text).value == Decimal("0.5")

    def test_one_star_is_in_the_singular(self) -> None:
        assert read("1 star", star_scale=4).plain == "1/4"

    @pytest.mark.parametrize(
        ("text", "value"), [("3.0/5", "3"), ("100.0/100", "100"), ("10/10", "10"), ("0.0/5", "0")]
    )
    def test_a_value_has_no_trailing_zeros_and_no_exponent(self, text: str, value: str) -> None:
        assert str(read(text).value) == value


class TestStars:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("★", "1"),
            ("★★★", "3"),
            ("★★★½", "3.5"),
            ("★★★ ½", "3.5"),
            ("★★★1/2", "3.5"),
            ("★★★ 1/2", "3.5"),
            ("★ ★ ★ ½", "3.5"),
            ("★★★⯨", "3.5"),
            ("½", "0.5"),
            ("***½", "3.5"),
            ("⭐⭐⭐", "3"),
            ("⭐\ufe0f⭐\ufe0f⭐\ufe0f", "3"),
            ("🌟🌟", "2"),
        ],
    )
    @pytest.mark.parametrize("star_scale", [4, 5])
    def test_bare_stars_take_the_outlets_scale(self, text: str, value: str, star_scale: int) -> None:
        rating = read(text, star_scale=star_scale)
        assert rating.value == Decimal(value)
        assert rating.scale.key == f"stars-{star_scale}"

    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("★★☆☆☆", "2/5"),
            ("★★☆☆", "2/4"),
            ("★★½☆☆", "2.5/5"),
            ("★★½☆", "2.5/4"),
            ("½☆☆☆", "0.5/4"),
            ("☆☆☆☆☆", "0/5"),
            ("☆☆☆☆", "0/4"),
            ("★ ★ ☆ ☆ ☆", "2/5"),
            ("★★ ☆☆", "2/4"),
        ],
    )
    @pytest.mark.parametrize("star_scale", [4, 5])
    def test_hollow_stars_fix_the_scale(self, text: str, plain: str, star_scale: int) -> None:
        assert read(text, star_scale=star_scale).plain == plain

    @pytest.mark.parametrize(("text", "plain"), [("★★★/5", "3/5"), ("★★★½ / 4", "3.5/4"), ("★★★☆☆/5", "3/5")])
    def test_stars_may_name_their_scale(self, text: str, plain: str) -> None:
        assert read(text, star_scale=4).plain == plain

    def test_any_other_star_scale_is_a_mistake_of_the_caller(self) -> None:
        with pytest.raises(ValueError, match="4 or 5") as caught:
            parse("★★★", star_scale=10)
        assert not isinstance(caught.value, RatingError)


class TestLetters:
    @pytest.mark.parametrize(
        ("grade", "score"),
        [
            ("A+", "100.00"),
            ("A", "100.00"),
            ("A-", "91.67"),
            ("B+", "83.33"),
            ("B", "75.00"),
            ("B-", "66.67"),
            ("C+", "58.33"),
            ("C", "50.00"),
            ("C-", "41.67"),
            ("D+", "33.33"),
            ("D", "25.00"),
            ("D-", "16.67"),
            ("F", "0.00"),
        ],
    )
    def test_each_grade_has_its_score(self, grade: str, score: str) -> None:
        rating = read(grade)
        assert (rating.scale, rating.value, str(rating.score)) == (LETTERS, grade, score)

    @pytest.mark.parametrize("text", ["B-", "B−", "B–", "B—", "B\u2011", "B -", "b-", "B minus", "b MINUS"])
    def test_every_kind_of_minus_is_a_minus(self, text: str) -> None:
        assert read(text).value == "B-"

    @pytest.mark.parametrize("text", ["B+", "b+", "B +", "B＋", "B plus"])
    def test_every_kind_of_plus_is_a_plus(self, text: str) -> None:
        assert read(text).value == "B+"

    @pytest.mark.parametrize("text", ["F+", "F-", "f−"])
    def test_f_takes_no_sign(self, text: str) -> None:
        assert "F takes no plus or minus" in refusal(text)

    @pytest.mark.parametrize("text", ["Z", "E", "G+", "z-"])
    def test_other_letters_are_refused_with_the_valid_grades(self, text: str) -> None:
        assert "is not a grade: type A, B, C or D" in refusal(text)


class TestTextAsWritten:
    @pytest.mark.parametrize("text", ["3,5 / 5", "★★★ 1/2", "b−", "3.50/5", "★★☆☆☆", "⭐\ufe0f⭐\ufe0f"])
    def test_the_text_is_kept_as_it_was_written(self, text: str) -> None:
        assert read(text).text == text

    @pytest.mark.parametrize("text", [" 3/5", "3/5\n", "\ufeff3/5\u200b", "\u00a03/5\t"])
    def test_the_text_is_trimmed(self, text: str) -> None:
        assert read(text).text == "3/5"

    @pytest.mark.parametrize("star_scale", [4, 5])
    def test_reading_the_kept_text_again_gives_the_same_rating(self, star_scale: int) -> None:
        for text in [*every_rating(), " ★★★½ ", "b−"]:
            rating = read(text, star_scale=star_scale)
            assert read(rating.text, star_scale=star_scale) == rating


class TestPlain:
    def test_bare_stars_are_spelled_with_the_scale_they_took(self) -> None:
        assert read("★★★", star_scale=4).plain == "3/4"

    @pytest.mark.parametrize("star_scale", [4, 5])
    def test_the_plain_form_reads_alike_under_either_star_scale(self, star_scale: int) -> None:
        for text in [*every_rating(), "★★★½", "★★☆☆", "½", "3,5 stars"]:
            rating = read(text, star_scale=4)
            again = read(rating.plain, star_scale=star_scale)
            assert (again.scale, again.value, again.score) == (rating.scale, rating.value, rating.score)
