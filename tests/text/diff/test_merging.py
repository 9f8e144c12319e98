"""Merging two people's changes: changes that do not conflict are made, and conflicts are clear to the person asked."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviews.text import Choice, Whose, merge, resolved
from tests.text.diff.merged import conflicts, everybody, shown


class TestChangesWithoutConflict:
    @pytest.mark.parametrize(
        ("base", "mine", "theirs", "expected"),
        [
            (
                "The film is good and long.",
                "The film is bad and long.",
                "The film is good and short.",
                "The film is {good>bad}mine and {long>short}theirs.",
            ),
            ("One two three.", "One three.", "One two three four.", "One{ two>}mine three{> four}theirs."),
            ("A old film", "An old film", "An old film", "{A>An}both old film"),
            ("A old film", "An old movie", "An old film", "{A>An}both old {film>movie}mine"),
            (
                "A 3.5 film here",
                "A 4.5 film here",
                "A 3.5 film there",
                "A {3.5>4.5}mine film {here>there}theirs",
            ),
            ("I don't mind", "I can't mind", "I don't mind it", "I {don't>can't}mine mind{> it}theirs"),
            (
                "这部电影很好，太长",
                "这部电影不好，太长",
                "这部电影很好，太短",
                "这部电影{很>不}mine好，太{长>短}theirs",
            ),
        ],
    )
    def test_changes_with_a_word_between_them(self, base: str, mine: str, theirs: str, expected: str) -> None:
        assert shown(merge(base, mine, theirs)) == expected

    @pytest.mark.parametrize(
        ("base", "mine", "theirs", "expected"),
        [
            ("It ends.\n\nI left.", "It stops.\n\nI left.", "It ends.\n\nWe left.", None),
            ("It is bad.\n\nI left.", "It is good.\n\nI left.", "It is bad.\n\nWe left.", None),
            ("It is bad.", "It is bad!", "It is bad.\n\nMore.", "It is bad{.>!}mine{>\n\nMore.}theirs"),
            ("It is bad.", "It is good.", "First.\n\nIt is bad.", "{>First.\n\n}theirsIt is {bad>good}mine."),
            (
                "It is bad.\n\nGone.\n\nLong.",
                "It is good.\n\nGone.\n\nShort.",
                "It is bad.\n\nLong.",
                "It is {bad>good}mine.{\n\nGone.>}theirs\n\n{Long>Short}mine.",
            ),
            ("It ends.", "It ends.\n\nNew.", "It ends.\n\nNew.", "It ends.{>\n\nNew.}both"),
            ("It ends. I left.", "It ends.\n\nI left.", "It ends. I never left.", None),
        ],
    )
    def test_changes_in_different_paragraphs(
        self, base: str, mine: str, theirs: str, expected: str | None
    ) -> None:
        merged = merge(base, mine, theirs)
        assert everybody(merged) <= set(Whose)
        if expected is not None:
            assert shown(merged) == expected

    @pytest.mark.parametrize(
        ("base", "mine", "theirs", "expected"),
        [
            # The end of the paragraph above belongs to it, although the added one ends in the same way.
            (
                "A good bit of it fades.",
                "A fine bit of it fades.\n\nMore.",
                "A good bit of it lasts.",
                "A {good>fine}mine bit of it {fades>lasts}theirs.{>\n\nMore.}mine",
            ),
            # So does the beginning of the one below.
            (
                "The dog was never bad.",
                "The cat.\n\nThe dog was never good.",
                "The wolf was never bad.",
                "{>The cat.\n\n}mineThe {dog>wolf}theirs was never {bad>good}mine.",
            ),
            # The same if a paragraph is removed.
            (
                "A fine bit of it fades.\n\nMore.",
                "A good bit of it fades.",
                "A fine bit of it lasts.\n\nMore.",
                "A {fine>good}mine bit of it {fades>lasts}theirs.{\n\nMore.>}mine",
            ),
        ],
    )
    def test_paragraphs_come_and_go_whole(self, base: str, mine: str, theirs: str, expected: str) -> None:
        assert shown(merge(base, mine, theirs)) == expected

    @given(st.lists(st.sampled_from("kkkkmt"), min_size=1, max_size=30), st.data())
    def test_single_words_apart_by_one_or_more(self, plan: list[str], data: st.DataObject) -> None:
        """Words are changed, added and removed; the two sides never change neighbours."""
        touched = [
            "k" if number and {plan[number - 1], what} == {"m", "t"} else what
            for number, what in enumerate(plan)
        ]
        assume(touched == plan)
        texts: dict[str, list[str]] = {"k": [], "m": [], "t": [], "both": []}
        for number, what in enumerate(plan):
            word = f"word{number}"
            new = data.draw(st.sampled_from([[], [f"new{number}"], [word, f"new{number}"]]))
            for name, text in texts.items():
                text += new if what != "k" and name in (what, "both") else [word]
        base, mine, theirs, both = (" ".join(text) for text in texts.values())
        assert resolved(merge(base, mine, theirs), []) == both

    @given(st.lists(st.sampled_from(["keep", "mine", "theirs", "gone"]), min_size=1, max_size=8))
    def test_paragraphs_rewritten_and_taken_out(self, plan: list[str]) -> None:
        old = {number: f"old{number} one. Then it ends{number}." for number in range(len(plan))}
        new = {number: f"New{number} is all. But how does{number}?" for number in old}
        mine = {n: new[n] if plan[n] == "mine" else old[n] for n in old if plan[n] != "gone"}
        theirs = {n: new[n] if plan[n] == "theirs" else old[n] for n in old}
        both = {n: new[n] if plan[n] in ("mine", "theirs") else old[n] for n in mine}
        base, mine_text, theirs_text, both_text = ("\n\n".join(t.values()) for t in (old, mine, theirs, both))
        assert resolved(merge(base, mine_text, theirs_text), []) == both_text


class TestConflicts:
    @pytest.mark.parametrize(
        ("base", "mine", "theirs", "expected"),
        [
            ("It is good here", "It is bad here", "It is fine here", "It is [good|bad|fine] here"),
            ("It is good.", "It is very good.", "It is rather good.", "It is[| very| rather] good."),
            ("A good film", "A bad film", "A good movie", "A [good film|bad film|good movie]"),
            ("", "Mine", "Theirs", "[|Mine|Theirs]"),
            ("这部电影很好", "这部电影不好", "这部电影更好", "这部电影[很|不|更]好"),
            # One side removes what the other edits.
            (
                "It ends.\n\nA word too many.\n\nI left.",
                "It ends.\n\nI left.",
                "It ends.\n\nA word too few.\n\nI left.",
                "It ends.[\n\nA word too many.||\n\nA word too few.]\n\nI left.",
            ),
            # Both add a paragraph in one place: each conflict is a whole paragraph.
            (
                "It ends.\n\nI left.",
                "It ends.\n\nMine.\n\nI left.",
                "It ends.\n\nTheirs.\n\nI left.",
                "It ends.[|\n\nMine.|\n\nTheirs.]\n\nI left.",
            ),
            (
                "It ends.",
                "It stops.\n\nMine.",
                "It fades.\n\nTheirs.",
                "It [ends.|stops.|fades.][|\n\nMine.|\n\nTheirs.]",
            ),
            # One side splits a paragraph that the other edits: the conflict is the whole paragraph.
            (
                "One two three four.",
                "One two.\n\nThree four.",
                "One two three five.",
                "[One two three four.|One two.\n\nThree four.|One two three five.]",
            ),
        ],
    )
    def test_changes_in_one_place(self, base: str, mine: str, theirs: str, expected: str) -> None:
        assert shown(merge(base, mine, theirs)) == expected

    def test_a_sentence_that_both_rewrote_is_one_conflict(self) -> None:
        base = "Nobody at the studio had ever seen a film about the sea."
        mine = "Every pirate of those days loved the songs that sailors brought home."
        theirs = "No one in that town knew a thing about the oceans or their fish."
        assert shown(merge(f"Yes. {base} No.", f"Yes. {mine} No.", f"Yes. {theirs} No.")) == (
            f"Yes. [{base}|{mine}|{theirs}] No."
        )

    def test_one_word_between_two_long_changes_does_not_separate_them(self) -> None:
        base = "One of the old films that ends in a storm"
        merged = merge(
            base, "Some new work that ends in a storm", "One of the old films that leaves us all dry"
        )
        assert len(conflicts(merged)) == 1
        shorter = merge(
            base, "One of the old works that ends in a storm", "One of the old films that ends at sea"
        )
        assert not conflicts(shorter)

    @pytest.mark.parametrize(
        ("base", "mine", "theirs"),
        [
            ("*good*", "*bad*", "*fine*"),
            ("“good”,", "“bad”,", "“fine”,"),
            ("2024-05-01", "2023-05-01", "2024-05-02"),
            ("[it](https://a.example/x/y)", "[it](https://a.example/x/z)", "[it](https://b.example/x/y)"),
            ("well-made", "ill-made", "well-meant"),
        ],
    )
    def test_it_begins_and_ends_at_white_space(self, base: str, mine: str, theirs: str) -> None:
        merged = merge(f"It is {base} here", f"It is {mine} here", f"It is {theirs} here")
        assert shown(merged) == f"It is [{base}|{mine}|{theirs}] here"


class TestChoices:
    @pytest.mark.parametrize(
        ("base", "mine", "theirs", "both"),
        [
            ("It ends.", "It ends.\n\nMine.", "It ends.\n\nTheirs.", "It ends.\n\nTheirs.\n\nMine."),
            ("It ends.", "Mine.\n\nIt ends.", "Theirs.\n\nIt ends.", "Theirs.\n\nMine.\n\nIt ends."),
            ("A.\n\nB.", "A.\n\nMine.\n\nB.", "A.\n\nTheirs.\n\nB.", "A.\n\nTheirs.\n\nMine.\n\nB."),
            ("", "Mine.", "Theirs.", "Theirs.\n\nMine."),
            ("- a\n- b", "- a\n- b\n- mine", "- a\n- b\n- theirs", "- a\n- b\n- theirs\n- mine"),
            ("- a\n- b", "- mine\n- a\n- b", "- theirs\n- a\n- b", "- theirs\n- mine\n- a\n- b"),
            ("It is good.", "It is very good.", "It is quite good.", "It is quite very good."),
            ("It is good now", "It is bad now", "It is fine now", "It is fine bad now"),
            ("A.\n\nOne word.\n\nB.", "A.\n\nB.", "A.\n\nOne text.\n\nB.", "A.\n\nOne text.\n\nB."),
            ("A.\n\nOne word.\n\nB.", "A.\n\nOne text.\n\nB.", "A.\n\nB.", "A.\n\nOne text.\n\nB."),
        ],
    )
    def test_both_are_theirs_and_then_mine(self, base: str, mine: str, theirs: str, both: str) -> None:
        assert resolved(merge(base, mine, theirs), [Choice.BOTH]) == both

    def test_each_conflict_has_its_own(self) -> None:
        merged = merge(
            "A good film.\n\nA long one.", "A bad film.\n\nA dull one.", "A fine film.\n\nA dry one."
        )
        assert resolved(merged, [Choice.MINE, Choice.THEIRS]) == "A bad film.\n\nA dry one."
        assert resolved(merged, [Choice.THEIRS, Choice.MINE]) == "A fine film.\n\nA dull one."

    @pytest.mark.parametrize("choices", [[], [Choice.MINE, Choice.MINE]])
    def test_a_choice_too_few_or_too_many_is_refused(self, choices: list[Choice]) -> None:
        with pytest.raises(ValueError, match="zip"):
            resolved(merge("a", "b", "c"), choices)
