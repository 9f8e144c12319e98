"""Slugs in any script, and sort keys for alphabetical lists."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviews.rules.slugs import MAX_LENGTH, SLUG_PATTERN, SORT_KEY_LENGTH, slugify, sort_key

LONG = 10_000

# Marks, fillers, joiners, signs and letters that fold or compose in unusual ways: the hard cases for slugs.
AWKWARD = st.text(
    "aZéßİıſΣςΐŉǰﬁÅK½⅓²™℠№…'’ʼ-–_&+#♯. /\t\n"
    "\u0300\u0301\u0307\u0323\u0345\u034f\u093f\u094d\u0e33\u0f71\u0f72\u1100\u1161\u11a8\u1160\u3164"
    "\u200b\u200c\u200d\ufe0f\u00ad\u20e3कไㅎ가ᾳᏸꭰ🎬🏽\ue000\u0378\ud800\x00"
)
ANY = st.text() | st.text(st.characters(exclude_categories=())) | AWKWARD


def is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in "\u115f\u1160\u3164\uffa0"


class TestWords:
    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("The Matrix", "the-matrix"),
            ("Кино", "кино"),
            ("Amélie", "amélie"),
            ("映画", "映画"),
            ("영화", "영화"),
            ("हिन्दी सिनेमा", "हिन्दी-सिनेमा"),
            ("ภาพยนตร์", "ภาพยนตร์"),
            ("தமிழ்", "தமிழ்"),
            ("سينما", "سينما"),
            ("קולנוע", "קולנוע"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("2001: A Space Odyssey", "2001-a-space-odyssey"),
        ],
    )
    def test_words_of_any_script_are_kept(self, text: str, slug: str) -> None:
        assert slugify(text) == slug

    @pytest.mark.parametrize(
        "text", ["Cafe\u0301", "Caf\u00e9", "CAFÉ", "Ｃａｆé", "  Café  ", "Ca\u00adfé", "Café\ufe0f"]
    )
    def test_spellings_that_look_alike_share_a_slug(self, text: str) -> None:
        assert slugify(text) == "café"

    @pytest.mark.parametrize("text", ["Don’t", "Don't", "Don‘t", "Donʼt", "Don＇t"])
    def test_apostrophes_are_dropped(self, text: str) -> None:
        assert slugify(text) == "dont"

    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("Wall·E", "wall-e"),
            ("Ex_Machina", "ex-machina"),
            ("  —Mother!  ", "mother"),
            ("tick, tick... BOOM!", "tick-tick-boom"),
            ("one/two\\three?four#five.six", "one-two-three-four-five-six"),
            ("line\nfeed", "line-feed"),
            ("I ♥ Huckabees", "i-huckabees"),
            ("Face™ Off", "face-off"),
        ],
    )
    def test_everything_else_is_one_hyphen(self, text: str, slug: str) -> None:
        assert slugify(text) == slug

    @pytest.mark.parametrize(
        ("text", "slug"), [("8½", "8-1-2"), ("½", "1-2"), ("Alien³", "alien3"), ("Rocky Ⅳ", "rocky-iv")]
    )
    def test_numbers_in_other_forms_keep_their_value(self, text: str, slug: str) -> None:
        assert slugify(text) == slug


class TestSigns:
    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("C", "c"),
            ("C++", "c-plus-plus"),
            ("C#", "c-sharp"),
            ("C♯ minor", "c-sharp-minor"),
            ("R&B", "r-and-b"),
            ("Me & You", "me-and-you"),
            ("Romeo + Juliet", "romeo-plus-juliet"),
            ("A+", "a-plus"),
            ("#MeToo", "metoo"),
            ("Take #2", "take-2"),
        ],
    )
    def test_signs_that_are_said_are_words(self, text: str, slug: str) -> None:
        assert slugify(text) == slug

    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("🎬", "clapper-board"),
            ("🎬\ufe0f", "clapper-board"),
            ("🎬🍿", "clapper-board-popcorn"),
            ("?", "question-mark"),
            ("！", "exclamation-mark"),
            ("…", "horizontal-ellipsis"),
            ("™", "trade-mark-sign"),
            ("_", "low-line"),
            ("-", "hyphen-minus"),
            ("'", "apostrophe"),
            ("#", "number-sign"),
            ("&", "and"),
            ("+", "plus"),
            ("&!", "and-exclamation-mark"),
            ("🎬+", "clapper-board-plus"),
            ("\u0301", "combining-acute-accent"),
        ],
    )
    def test_text_without_a_word_is_spelled_by_its_names(self, text: str, slug: str) -> None:
        assert slugify(text) == slug

    def test_a_character_without_a_name_is_spelled_by_its_number(self) -> None:
        assert slugify("\ue000") == "u-e000"

    @pytest.mark.parametrize(
        "text", ["", " ", "\x00\x1f", "\u200b\u200d", "\ufe0f", "\u3164", "\u115f", "\ud800", "\n\t"]
    )
    def test_only_what_cannot_be_seen_has_no_slug(self, text: str) -> None:
        assert slugify(text) == ""

    @given(ANY.filter(lambda text: any(map(is_visible, text))))
    def test_whatever_can_be_seen_has_a_slug(self, text: str) -> None:
        assert slugify(text)


class TestShape:
    @given(ANY)
    def test_every_slug_fits_the_pattern_of_addresses(self, text: str) -> None:
        slug = slugify(text)
        assert not slug or re.fullmatch(SLUG_PATTERN, slug)

    @given(ANY)
    def test_hyphens_are_single_and_inside(self, text: str) -> None:
        slug = slugify(text)
        assert "--" not in slug
        assert slug == slug.strip("-")

    @given(ANY)
    def test_a_slug_is_letters_digits_and_marks(self, text: str) -> None:
        for character in slugify(text).replace("-", ""):
            assert unicodedata.category(character) in {"Ll", "Lo", "Lm", "Lu", "Nd", "Nl", "No", "Mn", "Mc"}

    @given(ANY)
    @example("e\u200b\u0301")
    @example("e\u200b’\u0301")
    @example("\u1100\u200b\u1161")
    @example("x" * 79 + " y" * 10)
    def test_the_slug_of_a_slug_is_itself(self, text: str) -> None:
        assert slugify(slugify(text)) == slugify(text)

    @given(ANY)
    def test_a_slug_is_in_form_nfkc(self, text: str) -> None:
        assert unicodedata.is_normalized("NFKC", slugify(text))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "a/b",
            "a b",
            "a?b",
            "a#b",
            "a.b",
            "a\\b",
            "A",
            "a_b",
            "a%b",
            "a\nb",
            "a\x00b",
            "a\u00a0b",
            "\ud800",
            "x" * 101,
        ],
    )
    def test_the_pattern_refuses_what_is_no_slug(self, text: str) -> None:
        assert not re.fullmatch(SLUG_PATTERN, text)


class TestLength:
    def test_a_long_slug_is_cut_at_a_hyphen(self) -> None:
        assert slugify("night " * 20) == "-".join(["night"] * 13)

    def test_a_slug_of_exactly_the_length_is_whole(self) -> None:
        text = "a" * 40 + " " + "b" * 39
        assert slugify(text) == text.replace(" ", "-")
        assert slugify(f"{text} c") == text.replace(" ", "-")

    def test_a_word_too_long_is_cut_inside(self) -> None:
        assert slugify("x" * LONG) == "x" * MAX_LENGTH

    def test_a_short_first_word_does_not_lose_the_long_second(self) -> None:
        assert slugify("the " + "x" * 200) == "the-" + "x" * (MAX_LENGTH - 4)

    @given(ANY.map(lambda text: text * 50))
    def test_no_slug_is_longer_than_the_limit(self, text: str) -> None:
        assert len(slugify(text)) <= MAX_LENGTH


class TestSortKey:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("The Matrix", "matrix"),
            ("A Separation", "separation"),
            ("An Education", "education"),
            ("“The Matrix”", "matrix"),
            ("the  Thing", "thing"),
            ("The The", "the"),
        ],
    )
    def test_a_leading_english_article_is_left_off(self, text: str, key: str) -> None:
        assert sort_key(text) == key

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("The", "the"),
            ("A", "a"),
            ("The !!!", "the"),
            ("A.I.", "a i"),
            ("À bout de souffle", "a bout de souffle"),
            ("Thelma", "thelma"),
            ("Them!", "them"),
            ("Anna", "anna"),
            ("Into the Wild", "into the wild"),
        ],
    )
    def test_what_is_no_article_stays(self, text: str, key: str) -> None:
        assert sort_key(text) == key

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("Élite", "elite"),
            ("Łódź", "lodz"),
            ("Ænon", "aenon"),
            ("Ångström", "angstrom"),
            ("Øst", "ost"),
            ("ß", "ss"),
        ],
    )
    def test_latin_letters_lose_their_accents(self, text: str, key: str) -> None:
        assert sort_key(text) == key

    @pytest.mark.parametrize("text", ["й", "कि", "が", "ё"])
    def test_marks_of_other_scripts_stay(self, text: str) -> None:
        assert sort_key(text) == text

    @pytest.mark.parametrize(
        ("text", "key"),
        [("...And Justice", "and justice"), ("Spider-Man", "spider man"), ("Don’t", "dont"), ("8½", "8 1 2")],
    )
    def test_punctuation_does_not_sort(self, text: str, key: str) -> None:
        assert sort_key(text) == key

    @pytest.mark.parametrize("text", ["!!!", "🎬", "_", "…"])
    def test_text_without_words_sorts_as_it_is(self, text: str) -> None:
        assert sort_key(text) == text

    def test_titles_stand_in_the_order_of_a_catalogue(self) -> None:
        titles = ["Éden", "The Matrix Reloaded", "Elle", "The Matrix", "Zodiac", "Edge", "An Education"]
        assert sorted(titles, key=sort_key) == [
            "Éden",
            "Edge",
            "An Education",
            "Elle",
            "The Matrix",
            "The Matrix Reloaded",
            "Zodiac",
        ]

    @pytest.mark.parametrize("text", ["", " \n", "\x00", "\u200b", "\ufe0f", "\u3164", "\ud800"])
    def test_only_what_cannot_be_seen_has_no_key(self, text: str) -> None:
        assert sort_key(text) == ""

    @given(ANY.filter(lambda text: any(map(is_visible, text))))
    def test_visible_text_has_a_key(self, text: str) -> None:
        assert sort_key(text)

    @given(ANY)
    def test_a_key_can_be_stored(self, text: str) -> None:
        key = sort_key(text)
        assert key.encode().decode() == key  # A surrogate cannot be encoded, and PostgreSQL refuses NUL.
        assert "\x00" not in key
        assert key == key.strip()

    @given(ANY.map(lambda text: text * 50))
    def test_no_key_is_longer_than_the_limit(self, text: str) -> None:
        assert len(sort_key(text)) <= SORT_KEY_LENGTH
