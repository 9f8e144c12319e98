"""The limits of copy, and that copy over a limit may only become shorter."""

import pytest

from reviews.text import excess, excess_of_paste, is_within
from reviews.text.limits import LONGEST_COPY, MOST_LINES, MOST_MARKS, lines_of, marks_of


class TestCopy:
    def test_has_two_hundred_thousand_characters_at_most(self) -> None:
        assert not excess("a" * 200_000)
        assert excess("a" * 200_001).startswith("This is 1 characters over the limit of 200,000")

    def test_has_four_thousand_lines_that_are_not_empty_at_most(self) -> None:
        assert not excess("a\n \n\n" * 4_000)
        assert "1 lines that are not empty over the limit of 4,000" in excess("a\n" * 4_001)
        assert lines_of("a\r\n\r\n \t\nb") == 2

    def test_has_twenty_thousand_marks_of_markdown_at_most(self) -> None:
        assert not excess("a*" * 20_000)
        assert excess("![" * 10_001).startswith("This is 2 Markdown characters")
        assert not excess("[" * 50_000, "[" * 50_001)

    def test_that_is_longer_already_may_become_shorter_and_no_longer(self) -> None:
        before = "a" * 300_000
        assert not excess(before, before)
        assert not excess("a" * 299_999, before)
        assert excess("a" * 300_001, before)
        lines = "a\n" * 5_000
        assert not excess(lines[:-2], lines)
        assert excess(lines + "a\n", lines)

    @pytest.mark.parametrize("copy", ["", "a", "a" * 200_000, "a\n" * 4_000])
    def test_within_both_is_within(self, copy: str) -> None:
        assert is_within(copy)
        assert not is_within(copy + "a" * 200_001)

    def test_leave_room_for_a_book_of_reviews(self) -> None:
        paragraph = (
            "The *first* hour waits for the **second**, as [she said](https://example.org/a) of `Alien`,[^1] and the "
            "camera keeps its distance from all that it is shown; nobody looks out of a window, and nobody asks. "
        ) * 3
        section = "## A part\n\n" + f"{paragraph}\n\n" * 5 + "> A line.\n\n- One\n- Two\n\n"
        book = section * (LONGEST_COPY // len(section))
        assert is_within(book)
        assert marks_of(book) < MOST_MARKS * 0.7
        assert lines_of(book) < MOST_LINES / 4


class TestPastes:
    def test_have_two_megabytes_at_most_whatever_the_script(self) -> None:
        assert not excess_of_paste(("<p title='" + "é" * 900 + "'>a") * 1_000)
        assert "2 bytes over the limit of 2,000,000" in excess_of_paste("é" * 1_000_001)

    def test_have_fifteen_thousand_tags_at_most(self) -> None:
        assert not excess_of_paste("<b>" * 15_000)
        assert "1 tags over the limit of 15,000" in excess_of_paste("<b>" * 15_001)

    def test_have_words_for_copy_at_its_limit_and_as_many_spaces(self) -> None:
        assert not excess_of_paste("<p>" + "a" * 400_000 + "</p>")
        assert "1 characters over the limit of 400,000" in excess_of_paste("a<p>" + "a" * 400_000 + "</p>")

    def test_have_no_tag_longer_than_any_that_is_written(self) -> None:
        assert not excess_of_paste("<" + "a" * 20_000 + ">")
        assert "1 characters in one tag over the limit of 20,000" in excess_of_paste("<" + "a" * 20_001)

    def test_take_a_lone_surrogate(self) -> None:
        assert not excess_of_paste("\ud800")
