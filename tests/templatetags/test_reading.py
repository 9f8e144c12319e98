"""Filters for readers' templates."""

import datetime as dt

import pytest
from django.template.loader import render_to_string

from reviews.models import Edition
from reviews.rules.argument import tally
from reviews.templatetags import reading


class TestTallyLine:
    @pytest.mark.parametrize(
        ("verdicts", "line"),
        [
            ([2, 1, 1, 0, -2], "Five critics: three for, one mixed, one against."),
            ([0], "One critic: one mixed."),
            ([1, None], "Two critics: one for, one without a verdict."),
            ([-1] * 12, "12 critics: 12 against."),
            ([1] * 1200, "1,200 critics: 1,200 for."),
            ([None], "One critic: one without a verdict."),
        ],
    )
    def test_it_counts_in_words_and_always_says_how_many(self, verdicts: list[int | None], line: str) -> None:
        assert reading.register.filters["tally_line"](tally(verdicts)) == line


class TestCounts:
    @pytest.mark.parametrize(
        ("reviews", "words"), [(1, "1 review"), (999, "999 reviews"), (1234567, "1,234,567 reviews")]
    )
    def test_have_separators_of_thousands(self, reviews: int, words: str) -> None:
        shown = render_to_string("reviews/includes/lists/review_count.html", {"reviews": reviews})
        assert shown.strip() == words


class TestRating:
    def test_a_rating_of_zero_is_a_rating(self) -> None:
        given = reading.rating(Edition(rating="0/5", star_scale=5))
        assert given is not None
        assert reading.register.filters["spoken"](given) == "0 out of 5 stars"

    def test_unrated_is_not(self) -> None:
        assert reading.rating(Edition(rating="", star_scale=5)) is None

    def test_what_no_longer_reads_as_one_breaks_no_page(self) -> None:
        assert reading.rating(Edition(rating="eleven", star_scale=5)) is None


class TestVerdict:
    def test_mixed_is_a_verdict_and_none_is_not(self) -> None:
        assert reading.verdict(Edition(verdict=0)) is not None
        assert reading.verdict(Edition(verdict=None)) is None


class TestExact:
    def test_moments_are_to_the_second_as_html_wants_them(self) -> None:
        moment = dt.datetime(2025, 6, 6, 12, 0, 1, 123456, tzinfo=dt.UTC)
        assert reading.exact(moment) == "2025-06-06T12:00:01+00:00"

    def test_days_have_no_time(self) -> None:
        assert reading.exact(dt.date(2025, 6, 6)) == "2025-06-06"


def test_the_outlets_markdown_is_safe() -> None:
    html = reading.markdown("# Us\n\n<script>alert(1)</script>")
    assert "<h2>Us</h2>" in html
    assert "<script" not in html
