"""Which ratings are refused, with which message, and in linear time."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.ratings import MAX_LENGTH, RatingError, parse
from tests.rules.test_ratings import read, refusal

LONG = 10_000


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("6/5", "above the top of its scale: type 5/5 at most"),
            ("11/10", "above the top of its scale: type 10/10 at most"),
            ("5/4", "above the top of its scale: type 4/4 at most"),
            ("10.1/10", "above the top of its scale"),
            ("9" * 28 + "/5", "above the top of its scale"),
            ("3.3/5", "stars go by halves, such as 3/5 or 3.5/5"),
            ("3.3/4", "stars go by halves, such as 3/4 or 3.5/4"),
            ("3¾/5", "stars go by halves"),
            ("★★★¾", "stars go by halves"),
            ("¼", "stars go by halves"),
            ("7.55/10", "points out of 10 go by tenths"),
            ("78.5/100", "points out of 100 are whole numbers"),
            ("1,000/5", "between two steps"),
            ("1.000/5", "between two steps"),
            ("4." + "0" * 27 + "1/5", "between two steps"),
            ("7/12", "rate out of 4, 5, 10 or 100"),
            ("3/05", "rate out of 4, 5, 10 or 100"),
            ("1/2", "rate out of 4, 5, 10 or 100"),
            ("1/0", "rate out of 4, 5, 10 or 100"),
            ("8", "Say what “8” is out of"),
            ("3½", "Say what “3½” is out of"),
            ("78%", "Say what “78%” is out of"),
            ("-1/5", "is below zero"),
            ("−1/5", "is below zero"),
            ("-0/5", "is below zero"),
            ("★★★★★★", "is more than 5 stars: type 5 at most."),
            ("★★★★★½", "is more than 5 stars: type 5 at most."),
            ("★★★★★★★/5", "above the top of its scale: type 5/5 at most"),
            ("☆☆☆", "has 3 stars, full and hollow together: type 4 or 5 in all"),
            ("★★★★★☆", "has 6 stars, full and hollow together"),
            ("★★★☆☆/4", "has 5 stars, full and hollow together: type 4 in all"),
            ("★★★/10", "Stars are out of 4 or 5"),
            ("five stars", "is not a rating: type it like 3.5/5, ★★★½, B+, 7/10 or 78/100"),
            ("stars", "is not a rating"),
            ("/5", "is not a rating"),
            ("3./5", "is not a rating"),
            ("./5", "is not a rating"),
            ("+3/5", "is not a rating"),
            ("3/5/5", "is not a rating"),
            ("7/10%", "is not a rating"),
            ("3 1/20", "is not a rating"),
            ("★★★1/20", "is not a rating"),
            ("☆★", "is not a rating"),
            ("★½★", "is not a rating"),
            ("NaN", "is not a rating"),
            ("NaN/5", "is not a rating"),
            ("Infinity/5", "is not a rating"),
            ("1e3/5", "is not a rating"),
            ("1_0/10", "is not a rating"),
            ("3\n/5", "is not a rating"),
            ("3\x00/5", "is not a rating"),
            ("３/5", "needs the letters A to F or the digits 0 to 9"),
            ("3/５", "needs the letters A to F or the digits 0 to 9"),
            ("٣/٥", "needs the letters A to F or the digits 0 to 9"),
            ("3 ſtars", "needs the letters A to F or the digits 0 to 9"),
            ("В+", "needs the letters A to F or the digits 0 to 9"),
            ("Ａ", "needs the letters A to F or the digits 0 to 9"),
            ("★" * LONG, f"at most {MAX_LENGTH} characters"),
        ],
    )
    def test_the_message_says_what_is_wrong(self, text: str, says: str) -> None:
        assert says in refusal(text)

    def test_five_stars_at_an_outlet_of_four_are_told_how_to_name_the_scale(self) -> None:
        assert refusal("★★★★★", star_scale=4).endswith("type 4 at most, or 5/5 if it was given out of five.")

    @pytest.mark.parametrize(
        "text", ["6/5", "Z", "F+", "7/12", "8", "☆☆☆", "five stars", "３/5", "-", "★" * LONG]
    )
    def test_the_message_is_one_sentence(self, text: str) -> None:
        message = refusal(text)
        assert message.endswith(".")
        assert ". " not in message
        assert "\n" not in message

    @pytest.mark.parametrize("text", ["\x00", "3\u202e/5", "\ud800", "a\nb"])
    def test_what_cannot_be_shown_is_not_repeated_in_the_message(self, text: str) -> None:
        message = refusal(text)
        assert message.isprintable()
        assert message.encode()

    @given(
        st.text() | st.text("★⭐☆½¼*0123456789./,%- ABFstar+−outf\ufe0f\u00a0", max_size=40),
        st.sampled_from([4, 5]),
    )
    def test_any_text_is_a_rating_or_a_rating_error(self, text: str, star_scale: int) -> None:
        try:
            rating = parse(text, star_scale=star_scale)
        except RatingError:
            return
        if rating is None:
            return
        assert Decimal(0) <= rating.score <= Decimal(100)
        assert rating.score.as_tuple().exponent == -2
        assert rating.text in text
        again = read(rating.plain, star_scale=star_scale)
        assert (again.scale, again.value, again.score) == (rating.scale, rating.value, rating.score)


class TestLongInput:
    @pytest.mark.parametrize("length", [MAX_LENGTH + 1, LONG])
    @pytest.mark.parametrize("piece", ["★", "☆", "9", "1/2", "½", "*", "★ 1/2", "B", "3.5/5"])
    def test_long_input_is_refused_for_its_length(self, piece: str, length: int) -> None:
        assert f"at most {MAX_LENGTH} characters" in refusal((piece * length)[:length])

    def test_space_around_a_rating_does_not_count(self) -> None:
        assert read(" " * LONG + "3/5" + " " * LONG).text == "3/5"

    def test_the_longest_rating_is_read(self) -> None:
        text = "3.5" + " " * (MAX_LENGTH - 5) + "/5"
        assert len(text) == MAX_LENGTH
        assert read(text).value == Decimal("3.5")
