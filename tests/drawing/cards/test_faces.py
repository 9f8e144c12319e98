"""Fonts: which characters they have, and what is done where they have not."""

from pathlib import Path

import pytest

from reviews.drawing.cards import faces
from reviews.drawing.cards.coverage import coverage_of
from reviews.drawing.cards.faces import FOLDER, Weight, face_for, writable

SIMPLE = ("Latin", "Greek", "Cyrillic")
SCRIPTS = {
    "Latin": "Fähre ins Œuvre, łódź, Đặng, ½ – “a” ★",
    "Greek": "Ένα φιλμ, ἄνθρωπος",
    "Cyrillic": "Зеркало, Ђорђе, ґудзик",
    "Arabic": "باب الحديد، پرسپولیس ٣",
    "Hebrew": "ואלס עם באשיר, שָׁלוֹם",
    "Devanagari": "पथेर पांचाली, फ़िल्म १",
    "Thai": "ลุงบุญมีระลึกชาติ ๑",
}


class TestWhatTheHousesFontsHave:
    @pytest.mark.parametrize("script", SCRIPTS)
    @pytest.mark.parametrize("weight", [Weight.HEAVY, Weight.BOLD])
    def test_every_script_of_the_house(self, script: str, weight: Weight) -> None:
        face = face_for(writable(SCRIPTS[script]), weight, "en")
        assert face is not None
        assert face.path == FOLDER / f"{weight.value}.ttf"

    def test_what_the_italic_lacks_is_set_in_bold(self) -> None:
        told = face_for("Verdict", Weight.ITALIC, "en"), face_for("הכרעה", Weight.ITALIC, "he")
        assert [face and face.path.stem for face in told] == ["italic", "bold"]

    def test_a_character_that_no_font_has_is_nobodys(self) -> None:
        assert face_for("🎬 A film", Weight.HEAVY, "en") is None
        assert face_for("ქართული", Weight.HEAVY, "en") is None

    def test_they_lie_beside_their_licence_and_take_less_than_three_megabytes(self) -> None:
        assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text()
        assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000

    def test_what_is_no_font_is_said_to_be_none(self, tmp_path: Path) -> None:
        (tmp_path / "a.ttf").write_bytes(b"\0\1\0\0" + b"\0" * 20)
        with pytest.raises(ValueError, match="not a font"):
            coverage_of(tmp_path / "a.ttf")


class TestChineseJapaneseKorean:
    def test_are_nobodys_where_the_system_has_no_font_for_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(faces, "_east_asian", tuple)
        assert face_for("東京物語", Weight.HEAVY, "ja") is None

    @pytest.mark.parametrize(
        ("words", "language", "index"),
        [
            ("東京の物語", "en", 0),
            ("기생충 寄生蟲", "en", 1),
            ("花樣年華", "en", 2),
            ("花樣年華", "zh-Hant", 3),
            ("東京物語", "ja", 0),
        ],
    )
    def test_have_the_forms_of_their_language(self, words: str, language: str, index: int) -> None:
        assert faces._NUMBERS_OF_NOTO[faces._language_of(words, language)] == index

    def test_a_font_that_cannot_be_read_is_passed_over(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "wqy-zenhei.ttc").write_bytes(b"ttcf")
        monkeypatch.setattr(faces, "SYSTEM_FOLDERS", (tmp_path,))
        faces._east_asian.cache_clear()
        assert faces._east_asian() == ()
        faces._east_asian.cache_clear()


class TestWithoutAnEngineThatShapes:
    """Without raqm letters are neither joined nor reordered: what needs that is left out."""

    @pytest.mark.parametrize(("script", "is_set"), [(script, script in SIMPLE) for script in SCRIPTS])
    def test_only_simple_scripts_are_set(
        self, script: str, is_set: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(faces, "CAN_SHAPE", False)
        assert (face_for(writable(SCRIPTS[script]), Weight.HEAVY, "en") is not None) is is_set


class TestWritable:
    def test_controls_and_selectors_go_and_joiners_stay(self) -> None:
        assert writable(" a\u202e\x07b\ufe0f\tc\n") == "ab c"
        assert writable("می\u200cخواهم") == "می\u200cخواهم"

    def test_letters_are_composed_and_hard_spaces_kept(self) -> None:
        assert writable("e\u0301 5\u202f°\u2011") == "é 5\xa0°-"
