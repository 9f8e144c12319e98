"""Comparing what readers see: exactly the changed words are marked, in any script."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.text import Block, ChangeKind, compare, compare_words, fold_unchanged, render
from reviews.text.characters import clean_characters, splits_a_character
from tests.gate.night import in_turn
from tests.text.test_hostile import SHAPES, SIZE, seconds

marked = st.text("ab *_`>-#\n[]()|:\\&;<1.^", max_size=60)
anything = st.text(max_size=40) | st.text("aé\u0301🇫🇷👩\u200d🎬️東के\u094dณ์'’.,- \n\u00ad\u200c", max_size=40)
words = st.lists(
    st.sampled_from(["fights", "camera", "don’t", "3.5", "lead", "the", "كتاب", "हिन्दी"]), min_size=1
)


def shown(block: Block) -> str:
    """A block as text: removed words in brackets, added words in braces."""
    written = {ChangeKind.SAME: "{}", ChangeKind.GONE: "[{}]", ChangeKind.NEW: "{{{}}}"}
    return "".join(written[run.kind].format(run.text) for run in block.runs)


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Every changed block: its name, and its text as in ``shown``."""
    return [
        (block.name, shown(block)) for block in compare(before, after) if block.kind is not ChangeKind.SAME
    ]


def remarks(before: str, after: str) -> list[str]:
    return [remark for block in compare(before, after) for remark in block.remarks]


def folded(text: str) -> str:
    """White space collapsed as in a browser."""
    return re.sub("[ \t\n\f\r]+", " ", clean_characters(text)).strip(" ")


class TestWords:
    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ("The lead is good.", "The lead is bad.", "The lead is [good]{bad}."),
            ("The lead is good.", "The lead is very good.", "The lead is{ very} good."),
            ("A good film", "A film", "A[ good] film"),
            ("Good film", "film", "[Good ]film"),
            ("It is fine, really", "It is fine — really", "It is fine[,]{ —} really"),
            ("I don't know", "I do know", "I [don't]{do} know"),
            ("It runs 3.5 hours.", "It runs 3.4 hours.", "It runs [3.5]{3.4} hours."),
            ("这部电影很好看", "这部电影不好看", "这部电影[很]{不}好看"),
            ("الفيلم جميل جدا", "الفيلم طويل جدا", "الفيلم [جميل]{طويل} جدا"),
            ("हिन्दी में फ़िल्म", "हिन्दी की फ़िल्म", "हिन्दी [में]{की} फ़िल्म"),
            ("ดีมาก", "ดีน้อย", "ดี[มาก]{น้อย}"),
            ("Good 👩🏽‍🎤 film", "Good 👩🏻‍🎤 film", "Good [👩🏽‍🎤]{👩🏻‍🎤} film"),
            ("🇫🇷🇩🇪", "🇫🇷🇩🇰", "🇫🇷[🇩🇪]{🇩🇰}"),
            ("", "New words", "{New words}"),
            ("Old words", "", "[Old words]"),
            ("Two  spaces\nand a line", "Two spaces and a line", "Two spaces and a line"),
        ],
    )
    def test_the_words_that_changed_are_marked(self, before: str, after: str, expected: str) -> None:
        assert shown(compare_words(before, after)) == expected

    def test_a_rewritten_sentence_is_one_change(self) -> None:
        before = "Nobody at the studio had ever seen a film about the sea."
        after = "Every pirate of those days loved the songs that sailors brought home."
        assert shown(compare_words(before, after)) == f"[{before[:-1]}]{{{after[:-1]}}}."

    @given(words, st.integers(0, 20))
    def test_a_change_of_one_word_marks_that_word_only(self, said: list[str], at: int) -> None:
        at %= len(said)
        before, after = " ".join(said), " ".join([*said[:at], "otherwise", *said[at + 1 :]])
        runs = compare_words(before, after).runs
        assert [run.text for run in runs if run.kind is ChangeKind.GONE] == [said[at]]
        assert [run.text for run in runs if run.kind is ChangeKind.NEW] == ["otherwise"]

    @given(anything, anything)
    def test_both_texts_can_be_read_from_it(self, before: str, after: str) -> None:
        block = compare_words(before, after)
        # A joiner combines with the space after it.
        assert [block.before.strip(" "), block.after.strip(" ")] == [folded(before), folded(after)]

    @given(anything)
    def test_the_same_text_has_no_change(self, text: str) -> None:
        block = compare_words(text, text)
        assert block.kind is ChangeKind.SAME
        assert {run.kind for run in block.runs} <= {ChangeKind.SAME}

    @given(anything, anything)
    def test_no_character_is_cut_in_two(self, before: str, after: str) -> None:
        block = compare_words(before, after)
        for left_out, text in ((ChangeKind.NEW, block.before), (ChangeKind.GONE, block.after)):
            position = 0
            for run in block.runs:
                if run.kind is not left_out:
                    assert not splits_a_character(text, position)
                    position += len(run.text)


class TestBlocks:
    BODY = "\n\n".join(f"Paragraph {number} stays as it is." for number in range(9))

    def test_each_is_found_again_by_its_words(self) -> None:
        before = "The camera waits.\n\nThe lead carries every scene.\n\nThe script does less."
        after = "The camera waits.\n\nIt rains for an hour.\n\nThe lead steals every scene.\n\nThe script does less."
        assert changes(before, after) == [
            ("a paragraph", "{It rains for an hour.}"),
            ("a paragraph", "The lead [carries]{steals} every scene."),
        ]

    def test_a_removed_and_an_added_one_are_separate(self) -> None:
        assert [block.kind for block in compare("a b c", "d e f")] == [ChangeKind.GONE, ChangeKind.NEW]

    @pytest.mark.parametrize(
        ("before", "after", "name"),
        [
            ("# A", "# B", "a heading"),
            ("# A\n\n## B c", "# A\n\n## B d", "a heading of level 3"),
            ("- a b", "- a c", "a list item"),
            ("3. a b", "3. a c", "a numbered item"),
            ("> a b", "> a c", "a quotation"),
            ("    a b", "    a c", "code"),
            ("| a |\n|-|\n| b c |", "| a |\n|-|\n| b d |", "a table row"),
            ("::: spoiler a b\nc\n:::", "::: spoiler a d\nc\n:::", "the title of a spoiler"),
            ("::: spoiler\na b\n:::", "::: spoiler\na c\n:::", "a paragraph in a spoiler"),
            ("::: spoiler\n- a b\n:::", "::: spoiler\n- a c\n:::", "a list item in a spoiler"),
            ("a[^1]\n\n[^1]: b c", "a[^1]\n\n[^1]: b d", "footnote 1"),
            ("a[^1]\n\n[^1]: > b c", "a[^1]\n\n[^1]: > b d", "a quotation in footnote 1"),
            (
                "::: spoiler\na[^1]\n:::\n\n[^1]: b c",
                "::: spoiler\na[^1]\n:::\n\n[^1]: b d",
                "footnote 1 in a spoiler",
            ),
            ("a\n\n---", "a", "a line across"),
        ],
    )
    def test_each_says_what_it_is(self, before: str, after: str, name: str) -> None:
        assert {found for found, _ in changes(before, after)} == {name}

    def test_the_marks_of_markdown_are_no_words(self) -> None:
        assert compare("a *b* [c](/d) `e`", "a _b_ [c]( /d ) ``e``") == compare(
            "a *b* [c](/d) `e`", "a *b* [c](/d) `e`"
        )

    def test_a_footnote_mark_is_where_it_stands(self) -> None:
        assert changes("a[^1] b c d e\n\n[^1]: f", "a b c d e[^1]\n\n[^1]: f") == [
            ("a paragraph", "a[[1]] b c d e{[1]}")
        ]

    def test_what_is_the_same_for_long_is_folded(self) -> None:
        after = self.BODY.replace("Paragraph 4 stays", "Paragraph 4 does not stay")
        stretches = fold_unchanged(compare(self.BODY, after))
        assert [(stretch.is_folded, len(stretch.blocks)) for stretch in stretches] == [
            (True, 3),
            (False, 3),
            (True, 3),
        ]

    def test_nothing_is_folded_for_one_block(self) -> None:
        after = self.BODY.replace("Paragraph 2 stays", "Paragraph 2 does not stay")
        assert not fold_unchanged(compare(self.BODY, after))[0].is_folded

    @given(marked, marked)
    def test_both_bodies_can_be_read_from_it(self, before: str, after: str) -> None:
        blocks = compare(before, after)
        was = [block for block in blocks if block.kind is not ChangeKind.NEW and block.name]
        becomes = [block for block in blocks if block.kind is not ChangeKind.GONE and block.name]
        assert [block.before for block in was] == [block.before for block in compare(before, before)]
        assert [block.after for block in becomes] == [block.after for block in compare(after, after)]

    @given(marked | anything, marked | anything)
    def test_the_page_differs_exactly_where_a_change_is_shown(self, before: str, after: str) -> None:
        pages = [re.sub(r"\s+", " ", render(source)) for source in (before, after)]
        assert bool(changes(before, after)) == (pages[0] != pages[1])


class TestRemarks:
    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            ("[a b](/c) d", "[a b](/e) d", "“a b” leads to /e, no longer to /c."),
            ("a b", "a [b](/c)", "“b” leads to /c now."),
            ("a [b](/c)", "a b", "“b” leads nowhere now: it led to /c."),
            ("a c", "a [b](/c) c", "“b” leads to /c."),
            ('[a](/b "c")', '[a](/b "d")', "“a” leads to /b (“d”), no longer to /b (“c”)."),
            ("a b", "a *b*", "“b” is emphasised now."),
            ("a **b**", "a b", "“b” is no longer strongly emphasised."),
            ("a `b`", "a b", "“b” is no longer set as code."),
            ("a b", "- a b", "It was a paragraph, and is a list item."),
            ("a b", "::: spoiler\na b\n:::", "It was a paragraph, and is a paragraph in a spoiler."),
            ("- a\n- b", "- a\n* b", "The same words are laid out in another way."),
        ],
    )
    def test_what_changes_beside_the_words_is_said(self, before: str, after: str, said: str) -> None:
        assert said in remarks(before, after)

    def test_a_word_that_changes_inside_a_link_needs_none(self) -> None:
        assert remarks("[the old trailer](/a)", "[the new trailer](/a)") == []

    def test_long_quotations_are_cut_between_words(self) -> None:
        (remark,) = remarks("word " * 40, f"*{'word ' * 40}*".replace(" *", "*"))
        assert remark == f"“{' '.join(['word'] * 12)}…” is emphasised now."

    def test_many_are_counted(self) -> None:
        said = remarks("a b " * 40, "*a* b " * 40)
        assert len(said) == 13
        assert said[-1] == "So it is in 28 more places."


class TestTime:
    """Ten times the length takes about ten times as long; the worst cases take seconds."""

    @pytest.mark.parametrize(
        "after",
        [
            lambda n: " ".join(f"other{number}" for number in range(n)),
            lambda n: " ".join(f"word{number * 7919 % n}" for number in range(n)),
            lambda n: " ".join(f"word{number}" for number in range(n) if number % 7),
            lambda n: " ".join("ab"[number % 2] for number in range(n)),
        ],
        ids=["other words", "shuffled", "every seventh left out", "two words"],
    )
    def test_ten_thousand_words_against_ten_thousand_others(self, after: object) -> None:
        assert callable(after)

        def run(words: int) -> None:
            text = " ".join(f"word{number}" for number in range(words))
            for before in (text, "a b a " * (words // 3)):
                compare_words(before, after(words))

        small = seconds(lambda: run(1_000))
        assert seconds(lambda: run(10_000)) <= 30 * small + 1

    def test_five_thousand_words_without_a_landmark(self) -> None:
        assert seconds(lambda: compare_words("a b " * 2_500, "b a a " * 1_667)) < 2

    def test_a_thousand_paragraphs_against_a_thousand_others(self) -> None:
        def run(paragraphs: int) -> None:
            compare(
                "\n\n".join(f"one {number} is this and that" for number in range(paragraphs)),
                "\n\n".join(f"two {number + 1} is that and this" for number in range(paragraphs)),
            )

        small = seconds(lambda: run(200))
        assert seconds(lambda: run(2_000)) <= 30 * small + 1

    @pytest.mark.parametrize("shape", in_turn([*SHAPES]))
    def test_a_hostile_body(self, shape: str) -> None:
        before, after = SHAPES[shape](SIZE // 10), SHAPES[shape](SIZE // 10 - 7)
        assert seconds(lambda: compare(before, f"new {after}")) < 10
