"""Properties of every merge: no typed text is lost, words stay whole, and the time grows with the length."""

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviews.text import Agreed, Choice, Conflict, Whose, merge, resolved
from reviews.text.characters import clean_characters, splits_a_character
from reviews.text.diff import merging
from reviews.text.diff.merging import merged_by, merged_whole
from reviews.text.diff.tokens import lines_of, text_of, tokens_of
from reviews.text.limits import LONGEST_COPY
from reviews.text.passages.folding import BOUNDARY, fold
from tests.gate.night import in_turn
from tests.text.diff.merged import Merged, base_of, conflicts, everybody, shown, side_of, words, written
from tests.text.shapes import prose as pages_of_prose
from tests.text.test_hostile import SHAPES, SIZE, seconds

BETWEEN = [" ", " ", " ", " ", "\n", "\n\n", "\n\n\n", "\n- ", ", ", ". ", " *", "* ", "—", ".\n\n", "'"]


@st.composite
def prose(draw: st.DrawFn, said: str = "abcde") -> str:
    """Text of few words, so that they recur, with every kind of separator."""
    drawn = draw(st.lists(st.tuples(st.sampled_from(said), st.sampled_from(BETWEEN)), max_size=14))
    return "".join(word + between for word, between in drawn)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text and two people's versions of it, with words of their own and some that both may have typed."""
    pieces = re.findall(r"\w+|\W", draw(prose()))

    def edited(said: str) -> str:
        written = []
        for piece in pieces:
            what = draw(st.sampled_from(["keep"] * 6 + ["drop", "change", "add"]))
            new = draw(st.sampled_from(said))
            added = new + draw(st.sampled_from(BETWEEN)) + piece
            written.append({"keep": piece, "drop": "", "change": new, "add": added}[what])
        return "".join(written)

    return "".join(pieces), edited("mnxa"), edited("tuxa")


plain_texts = edits() | st.tuples(prose(), prose("abcm"), prose("abct"))

anything = st.text(max_size=40) | st.text("aé\u0301🇫🇷👩\u200d🎬️東ดี'’.,-_3 \r\n\u00ad\x00", max_size=40)

three_texts = plain_texts | st.tuples(anything, anything, anything)


class TestLaws:
    @given(three_texts)
    def test_what_one_side_left_alone_is_as_the_other_made_it(self, texts: tuple[str, str, str]) -> None:
        base, text, _ = texts
        by_them, by_me, by_both = merge(base, base, text), merge(base, text, base), merge(base, text, text)
        for merged in (by_them, by_me, by_both):
            assert resolved(merged, []) == clean_characters(text)
        assert everybody(by_them) <= {Whose.NOBODY, Whose.THEIRS}
        assert everybody(by_me) <= {Whose.NOBODY, Whose.MINE}
        assert everybody(by_both) <= {Whose.NOBODY, Whose.BOTH}

    @given(three_texts)
    def test_all_three_can_be_read_from_it(self, texts: tuple[str, str, str]) -> None:
        merged = merge(*texts)
        read = [base_of(merged), *(written(side_of(merged, whose)) for whose in (Whose.MINE, Whose.THEIRS))]
        assert read == [clean_characters(text) for text in texts]

    @given(plain_texts)
    def test_nothing_typed_is_lost(self, texts: tuple[str, str, str]) -> None:
        merged = merge(*texts)
        base, mine, theirs = map(words, texts)
        for whose, typed in ((Whose.MINE, mine), (Whose.THEIRS, theirs)):
            kept = words(" ".join(text for text, is_changed in side_of(merged, whose) if is_changed))
            assert typed - base <= kept

    @given(three_texts)
    def test_swapping_the_sides_swaps_them(self, texts: tuple[str, str, str]) -> None:
        base, mine, theirs = texts
        swap = {Whose.MINE: Whose.THEIRS, Whose.THEIRS: Whose.MINE}
        swapped = tuple(
            Conflict(piece.base, piece.theirs, piece.mine, piece.joint)
            if isinstance(piece, Conflict)
            else Agreed(swap.get(piece.whose, piece.whose), piece.base, piece.text)
            for piece in merge(base, theirs, mine)
        )
        assert merge(base, mine, theirs) == swapped

    @given(three_texts)
    def test_a_piece_is_what_it_says(self, texts: tuple[str, str, str]) -> None:
        for piece in merge(*texts):
            if isinstance(piece, Conflict):
                assert len({piece.base, piece.mine, piece.theirs}) == 3
            else:
                assert (piece.text == piece.base) == (piece.whose is Whose.NOBODY)

    @given(three_texts)
    def test_no_character_is_cut_in_two(self, texts: tuple[str, str, str]) -> None:
        merged = merge(*texts)
        for whose in (Whose.NOBODY, Whose.MINE, Whose.THEIRS):
            pieces = [piece.base for piece in merged]
            if whose is not Whose.NOBODY:
                pieces = [text for text, _ in side_of(merged, whose)]
            position = 0
            for piece in pieces:
                assert not splits_a_character("".join(pieces), position)
                position += len(piece)

    def test_line_ends_are_no_change(self) -> None:
        assert everybody(merge("One.\r\n\r\nTwo.", "One.\n\nTwo.", "One.\r\n\r\nTwo.")) == {Whose.NOBODY}


class TestWords:
    @given(plain_texts)
    def test_no_word_is_cut_in_two(self, texts: tuple[str, str, str]) -> None:
        merged = merge(*texts)
        assert words(" ".join(piece.base for piece in merged)) == words(texts[0])
        for whose, text in ((Whose.MINE, texts[1]), (Whose.THEIRS, texts[2])):
            assert words(" ".join(piece for piece, _ in side_of(merged, whose))) == words(text)


class TestChoices:
    @given(three_texts, st.sampled_from([Whose.MINE, Whose.THEIRS]))
    def test_one_side_throughout_leaves_only_what_the_other_alone_changed(
        self, texts: tuple[str, str, str], whose: Whose
    ) -> None:
        merged = merge(*texts)
        chosen = resolved(merged, [Choice(whose)] * len(conflicts(merged)))
        other = ({Whose.MINE, Whose.THEIRS} - {whose}).pop()
        if other not in everybody(merged):
            assert chosen == written(side_of(merged, whose))

    @given(plain_texts, st.data())
    def test_whatever_is_chosen_no_words_run_together(
        self, texts: tuple[str, str, str], data: st.DataObject
    ) -> None:
        merged = merge(*texts)
        count = len(conflicts(merged))
        choices = data.draw(st.lists(st.sampled_from(list(Choice)), min_size=count, max_size=count))
        known = words(" ".join(texts))
        assert words(resolved(merged, choices)).keys() <= known.keys()

    @given(plain_texts)
    def test_both_keeps_every_word_that_either_typed(self, texts: tuple[str, str, str]) -> None:
        merged = merge(*texts)
        text = words(resolved(merged, [Choice.BOTH] * len(conflicts(merged))))
        base, mine, theirs = map(words, texts)
        assert (mine - base) | (theirs - base) <= text | base


def by_lines(*texts: str) -> Merged:
    merged = merged_by(lines_of, *map(clean_characters, texts))
    assert merged is not None
    return merged


def whole(*texts: str) -> Merged:
    return merged_whole(*map(clean_characters, texts))


class TestCoarser:
    """With too many words or changes, whole lines are compared, and finally the whole texts."""

    ways = st.sampled_from([by_lines, whole])

    @given(ways, three_texts)
    def test_nothing_is_lost(self, way: Callable[..., Merged], texts: tuple[str, str, str]) -> None:
        merged = way(*texts)
        read = [base_of(merged), *(written(side_of(merged, whose)) for whose in (Whose.MINE, Whose.THEIRS))]
        assert read == [clean_characters(text) for text in texts]

    @given(ways, three_texts)
    def test_what_one_side_left_alone_is_as_the_other_made_it(
        self, way: Callable[..., Merged], texts: tuple[str, str, str]
    ) -> None:
        base, text, _ = texts
        for merged in (way(base, base, text), way(base, text, base), way(base, text, text)):
            assert resolved(merged, []) == clean_characters(text)

    @given(ways, plain_texts)
    def test_no_word_is_cut_in_two(self, way: Callable[..., Merged], texts: tuple[str, str, str]) -> None:
        merged = way(*texts)
        assert words(" ".join(piece.base for piece in merged)) == words(texts[0])
        for whose, text in ((Whose.MINE, texts[1]), (Whose.THEIRS, texts[2])):
            assert words(" ".join(piece for piece, _ in side_of(merged, whose))) == words(text)

    BASE = "One two three four five.\n\nSix seven eight nine.\n\nTen eleven twelve."
    MINE = "ONE two three four five.\n\nSix seven eight nine.\n\nTEN eleven twelve."
    THEIRS = "One two three four FIVE.\n\nSix seven EIGHT nine.\n\nTen eleven twelve."

    def test_too_many_changes_are_merged_by_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(merging, "MOST_CHANGES", 3)
        first, second, third = (text.split("\n\n") for text in (self.BASE, self.MINE, self.THEIRS))
        assert shown(merge(self.BASE, self.MINE, self.THEIRS)) == (
            f"[{first[0]}|{second[0]}|{third[0]}]\n\n{{{first[1]}>{third[1]}}}theirs"
            f"\n\n{{{first[2]}>{second[2]}}}mine"
        )

    @pytest.mark.parametrize(("limit", "most"), [("MOST_CHANGES", 2), ("MOST_TOKENS", 8)])
    def test_where_lines_are_too_many_as_well_the_texts_are_one_conflict(
        self, limit: str, most: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(merging, limit, most)
        merged = merge(self.BASE, self.MINE, self.THEIRS)
        assert merged == (Conflict(self.BASE, self.MINE, self.THEIRS, "\n\n"),)

    def test_too_many_tokens_are_merged_by_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(merging, "MOST_TOKENS", 30)
        assert "{Ten eleven twelve.>TEN eleven twelve.}mine" in shown(
            merge(self.BASE, self.MINE, self.THEIRS)
        )

    def test_prose_at_the_limit_is_merged_by_the_word(self) -> None:
        text = pages_of_prose(LONGEST_COPY)
        assert len(tokens_of(text)) < merging.MOST_TOKENS
        assert shown(merge(text, f"New. {text}", text)) == f"{{>New. }}mine{text}"


class TestTokens:
    @given(anything)
    @example("a\u200d'")
    def test_they_are_the_text(self, text: str) -> None:
        assert text_of(tokens_of(clean_characters(text))) == clean_characters(text)

    @given(anything)
    def test_lines_are_the_text(self, text: str) -> None:
        assert text_of(lines_of(clean_characters(text))) == clean_characters(text)

    @given(anything)
    @example("a\u200d'a")
    @example("' \u0301\u0e49a")
    @example("a'\u0301a 3\u0301.4")
    def test_they_end_where_words_of_passages_do_but_for_apostrophes(self, text: str) -> None:
        folded, ends, position = fold(clean_characters(text)), [], 0
        for token in tokens_of(clean_characters(text)):
            position += len(text_of([token]))
            ends.append(position)
        places = {folded.starts[at] for at, each in enumerate(folded.text) if each == BOUNDARY} | {0}
        apart = {
            folded.starts[at]
            for at, each in enumerate(folded.text)
            if each == BOUNDARY and folded.text[at - 1] == "'"
        }
        assert places - apart <= {0, *ends} <= places

    def test_words_marks_and_white_space_are_tokens(self) -> None:
        tokens = [token for token in tokens_of("I  don't *like* 3.5, [no](a).\n\nYes") if text_of([token])]
        assert "|".join(tokens) == "I|  |don't| |*|like|*| |3.5|,| |[|no|]|(|a|)|.|\n\n|Yes"


class TestTime:
    """Four times the length takes less than ten times as long; quadratic time would be sixteen times."""

    @pytest.mark.parametrize(
        ("mine", "theirs"), [(7, 11), (2, 3), (1, 1)], ids=["some words", "many words", "every word"]
    )
    @pytest.mark.parametrize(
        ("gap", "end"), [(" ", " "), (" ", ".\n\n"), ("/", "/")], ids=["one paragraph", "many", "an address"]
    )
    def test_words_that_differ(self, mine: int, theirs: int, gap: str, end: str) -> None:
        def text(size: int, each: int, new: str) -> str:
            return "".join(
                f"{'word' if number % each else new}{number}{gap if number % 20 else end}"
                for number in range(size)
            )

        self.grows_evenly(
            lambda size: (text(size, size, "word"), text(size, mine, "m"), text(size, theirs, "t"))
        )

    def test_words_that_recur(self) -> None:
        self.grows_evenly(lambda size: ("a b " * (size // 2), "b a a " * (size // 3), "a a b " * (size // 3)))

    @staticmethod
    def grows_evenly(texts: Callable[[int], tuple[str, str, str]]) -> None:
        small, large = texts(2_000), texts(8_000)
        assert any(
            seconds(lambda: merge(*large)) <= 10 * seconds(lambda: merge(*small)) + 0.05 for _ in range(3)
        )

    @pytest.mark.parametrize("shape", in_turn([*SHAPES]))
    def test_a_hostile_body(self, shape: str) -> None:
        base, mine, theirs = (SHAPES[shape](SIZE // 20 - less) for less in (0, 5, 7))
        assert seconds(lambda: merge(base, f"new {mine}", f"{theirs} other")) < 5
