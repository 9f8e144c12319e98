import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.text import Passage, find_passage, find_passages, plain_text

BODY = (
    "The *ending* is [a “gift”](/a)[^1] — it’s **slow**,\nand 3.5 times too long…\n\n"
    "A second look.\n\n[^1]: Or a curse."
)


def text_of(source: str, passage: str) -> str | None:
    found = find_passage(source, passage)
    return found.text if found else None


class TestFindPassage:
    def test_offsets_are_into_the_plain_text(self) -> None:
        found = find_passage(BODY, "is a “gift”")
        assert found == Passage(11, 22, "is a “gift”", False)
        assert plain_text(BODY)[found.start : found.end] == found.text

    @pytest.mark.parametrize(
        ("passage", "text"),
        [
            ("The ending is a", "The ending is a"),  # across emphasis and a link
            ("gift” — it", None),  # "it" is not the word "it’s"
            ("gift” — it’s slow", "gift” — it’s slow"),  # across a footnote mark
            ("slow, and", "slow, and"),  # across a line end
            ("too long… A second", "too long…\n\nA second"),  # across paragraphs
            ("second look. Or a curse", "second look.\n\nOr a curse"),  # into a footnote
            (plain_text(BODY), plain_text(BODY)),
        ],
    )
    def test_it_runs_across_markup(self, passage: str, text: str | None) -> None:
        assert text_of(BODY, passage) == text

    def test_the_first_occurrence_counts(self) -> None:
        found = find_passage("art and art", "art")
        assert found is not None
        assert found.start == 0

    @pytest.mark.parametrize("passage", ["", " \n\t", "\xa0", "\u200b", "\x00", "\ud800"])
    def test_a_passage_of_nothing_is_not_found(self, passage: str) -> None:
        assert find_passage("a b \u200b", passage) is None

    def test_several_are_found_in_their_order(self) -> None:
        found = find_passages(BODY, ["second look", "nowhere", "The"])
        assert [passage and passage.text for passage in found] == ["second look", None, "The"]

    @given(st.text(st.sampled_from("ab' .,…“”\u00ad\u0301é3*電ก็👩\u200d\n"), max_size=40), st.data())
    def test_whole_words_of_the_plain_text_are_always_found(self, source: str, data: st.DataObject) -> None:
        words = plain_text(source).split()
        start = data.draw(st.integers(0, len(words)))
        end = data.draw(st.integers(start, len(words)))
        passage = " ".join(words[start:end])
        found = find_passage(source, passage)
        assert (found is not None) == bool(passage.translate({0xAD: None, 0x200D: None}).strip())
        if found is not None:
            assert plain_text(source)[found.start : found.end] == found.text


class TestFolding:
    @pytest.mark.parametrize(
        ("source", "passage"),
        [
            ("it’s “a” «b» ‘c’", 'it\'s "a" "b" \'c\''),
            ('it\'s \\"a\\"', "it’s “a”"),
            ("10\xa0km\u2009away\n\nnow", " 10 km   away\tnow "),
            ("co\u2011op co\u2010op", "co-op co-op"),
            ("wait… what", "wait... what"),
            ("wait... what", "wait… what"),
            ("un\u00adbe\u200bliev\ufeffable", "unbelievable"),
            ("unbelievable", "un\u00adbelievable"),
            ("Ame\u0301lie", "Amélie"),
            ("Amélie", "Ame\u0301lie"),
            ("\u1112\u1161\u11ab", "한"),
            ("I ❤\ufe0f it", "❤ it"),
        ],
    )
    def test_counts_as_the_same(self, source: str, passage: str) -> None:
        found = find_passage(source, passage)
        assert found is not None
        assert found.text == plain_text(source)[found.start : found.end]

    @pytest.mark.parametrize(
        ("source", "passage"), [("Art", "art"), ("a – b", "a - b"), ("a — b", "a – b"), ("resume", "résumé")]
    )
    def test_counts_as_different(self, source: str, passage: str) -> None:
        assert find_passage(source, passage) is None

    def test_a_match_ends_after_what_completes_its_last_character(self) -> None:
        assert text_of("I ❤\ufe0f it", "I ❤") == "I ❤\ufe0f"
        assert text_of("cafe\u0301 noir", "café") == "cafe\u0301"

    def test_a_letter_with_thousands_of_accents_is_bearable(self) -> None:
        assert find_passage("a" + "\u0300\u0316" * 50_000 + " b", "b") is not None


class TestWordBoundaries:
    @pytest.mark.parametrize(
        ("source", "passage"),
        [
            ("party", "art"),
            ("party", "part"),
            ("apart", "part"),
            ("p*art*y", "art"),
            ("don’t", "don"),
            ("the film’s end", "the film"),
            ("scores 3.5 of 5", "scores 3"),
            ("1,000 films", "000 films"),
            ("wait... now", "wait."),
            ("wait… now", "wait."),
            ("cafe\u0301s", "cafe\u0301"),
            ("cafe\u0301", "cafe"),
            ("👩\u200d🚀", "👩"),
            ("👍🏽", "👍"),
            ("🇫🇷", "🇫"),
        ],
    )
    def test_a_part_of_a_word_is_no_passage(self, source: str, passage: str) -> None:
        assert find_passage(source, passage) is None

    @pytest.mark.parametrize(
        ("source", "passage"),
        [
            ("art, party", "art"),
            ("party art", "art"),
            ("(art)", "art"),
            ("well-made", "made"),
            ("l’amour", "amour"),
            ("the critics’ choice", "the critics’"),
            ("The end.", "The end"),
            ("The end...", "The end"),
            ("3.5/5", "3.5"),
            ("‘Tis over", "‘Tis"),
            ("a 👩\u200d🚀 b", "👩\u200d🚀"),
        ],
    )
    def test_a_whole_word_is_one(self, source: str, passage: str) -> None:
        assert find_passage(source, passage) is not None

    def test_a_later_whole_word_is_found_behind_an_earlier_part(self) -> None:
        found = find_passage("party art", "art")
        assert found is not None
        assert found.start == 6

    @pytest.mark.parametrize(
        ("source", "passage"), [("这部电影很好看", "电影"), ("ภาพยนตร์ดีมาก", "ดีมาก"), ("映画は3本", "3本")]
    )
    def test_scripts_without_spaces_have_passages(self, source: str, passage: str) -> None:
        assert text_of(source, passage) == passage


class TestInSpoiler:
    SOURCE = (
        "Seen.[^1]\n\n::: spoiler Title\nHidden.\n:::\n\nAfter.[^2]\n\n::: spoiler\nx[^1a]\n:::\n\n"
        "[^1]: a\n\n[^1a]: note\n\n[^2]: b"
    )

    @pytest.mark.parametrize(
        ("passage", "hidden"),
        [
            ("Seen", False),
            ("Seen. Title", True),
            ("Title", True),
            ("Hidden", True),
            ("Hidden. After", True),
            ("After.", False),
            ("note", True),
            ("a", False),
        ],
    )
    def test_it_says_whether_a_part_is_folded(self, passage: str, hidden: bool) -> None:
        found = find_passage(self.SOURCE, passage)
        assert found is not None
        assert found.in_spoiler is hidden
