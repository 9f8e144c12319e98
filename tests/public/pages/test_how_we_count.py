"""The page of rules: every number on it is a constant of the rules, and the rules compute its example."""

import re
from pathlib import Path

import pytest

from reviews.public.reading.worked_example import WorkedExample
from reviews.rules import argument
from reviews.rules.argument import Disagreement, Stance
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TEMPLATE = Path(__file__).parents[3] / "templates" / "reviews" / "how_we_count.html"
CONSTANTS = [name for name in argument.__all__ if name.isupper()]
PATH = "/how-we-count/"


@pytest.fixture
def page() -> Document:
    return read(PATH)


class TestTheNumbers:
    def test_there_are_rules_with_a_number_in_them(self) -> None:
        assert len(CONSTANTS) >= 8

    @pytest.mark.parametrize("name", CONSTANTS)
    def test_every_one_of_them_is_on_the_page(self, name: str) -> None:
        assert re.search(rf"\brules\.{name.lower()}\b", TEMPLATE.read_text())

    @pytest.mark.parametrize("name", CONSTANTS)
    def test_each_is_the_rules_own(self, name: str, page: Document, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(argument, name, 97)
        assert "97" not in page.text
        assert "97" in read(PATH).text

    def test_none_is_typed_into_the_template(self) -> None:
        """Except the two of a pair and the five verdicts, which no constant can change."""
        numbers = r"two|three|four|five|six|seven|eight|nine|ten|dozen|twenty|[0-9]+"
        typed = re.findall(rf"\b(?:{numbers})\b \w+", TEMPLATE.read_text())
        assert set(typed) == {
            "two stand",
            "two verdicts",
            "two who",
            "two whose",
            "five words",
            "five verdicts",
        }

    def test_they_are_in_words(self, page: Document) -> None:
        for words in (
            "at least four stated verdicts",
            "at least 10 verdicts",
            "while at least three others speak",
            "outnumber theirs at least three to one",
            "At least two others",
            "Of fewer than five such films",
            "at least two steps from the middle",
            "It takes at least three others.",
        ):
            assert words in page.text


class TestTheExample:
    def test_shows_what_each_rule_does(self, page: Document) -> None:
        assert page.texts(".//*[@class='rule__here']") == [
            "Five critics: three for, one mixed, one against.",
            "The middle verdict of five is positive; they run from pan to rave.",
            "Too few for one.",
            "In this order: ending, lead performance, story and music.",
            "On lead performance A stands alone: criticism, against the praise of four others.",
            "On story E stands alone: praise, against the criticism of four others.",
            "A dissents.",
            "A parts company on lead performance.",
            "E parts company on story.",
            "E and A. Opposed on ending, lead performance and story; rave against pan.",
            "A’s pan lies three steps from the middle of the others.",
        ]

    def test_is_drawn_in_the_order_of_contest(self, page: Document) -> None:
        assert page.texts(".//tbody/tr/th") == ["Ending", "Lead performance", "Story", "Music"]
        (lead,) = [row for row in page.texts(".//tbody/tr") if row.startswith("Lead")]
        assert lead == "Lead performance criticism, alone praise praise praise praise"
        (music,) = [row for row in page.texts(".//tbody/tr") if row.startswith("Music")]
        assert music == "Music silent praise praise praise silent"

    def test_is_worked_by_the_rules_themselves(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(argument, "lone_voice", lambda stances: "B")
        monkeypatch.setattr(argument, "dissenters", lambda verdicts: ["C", "D"])
        monkeypatch.setattr(argument, "partings", lambda name, rows: [])
        monkeypatch.setattr(argument, "contrariness", lambda own, others: 0)
        monkeypatch.setattr(argument, "sharpest", lambda positions: None)
        here = read(PATH).texts(".//*[@class='rule__here']")
        assert sum("B stands alone" in sentence for sentence in here) == 4
        assert [sentence for sentence in here if "dissent" in sentence] == ["C dissents.", "D dissents."]
        assert not [sentence for sentence in here if "company" in sentence or "steps" in sentence]

    def test_says_who_is_opposed_to_whom(self) -> None:
        found = WorkedExample().sharpest
        assert isinstance(found, Disagreement)
        assert (found.one.critic.name, found.other.critic.name, found.distance) == ("E", "A", 4)

    def test_leaves_out_critics_without_a_judgement(self) -> None:
        music = next(line for line in WorkedExample().lines if line.aspect.name == "Music")
        assert music.stances == dict.fromkeys("BCD", Stance.PRAISE)


def test_every_page_and_how_we_rate_link_to_it() -> None:
    assert PATH in read("/").hrefs()
    assert read("/how-we-rate/").hrefs().count(PATH) == 2
    assert "/how-we-rate/" in read(PATH).hrefs()
    assert read(PATH).texts(".//nav//a[@aria-current]") == ["How we count"]
