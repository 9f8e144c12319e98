import pytest

from reviews.text import reading_minutes, word_count


class TestWordCount:
    @pytest.mark.parametrize(
        ("source", "count"),
        [
            ("", 0),
            ("*One* [two](/a) three-four don't — 3.5 …", 5),
            ("a[^1]\n\n::: spoiler b\nc\n:::\n\n[^1]: d", 4),
            ("電影很好看。", 5),
            ("「東京」で tokyo", 4),
            ("ภาพยนตร์", 2),
            ("Кино и немцы", 3),
        ],
    )
    def test_words_of_every_script(self, source: str, count: int) -> None:
        assert word_count(source) == count


class TestReadingMinutes:
    @pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (238, 1), (476, 2), (1000, 4)])
    def test_minutes_are_whole_and_at_least_one(self, words: int, minutes: int) -> None:
        assert reading_minutes(words) == minutes
