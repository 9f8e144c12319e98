"""The argument of the demo's film, derived from the fixture file without the code under test."""

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from reviews.models import Film
from reviews.public.reading.argument import FilmArgument
from reviews.public.reading.matrix import BY_CONTEST, IN_OUTLET_ORDER, Matrix
from reviews.rules.argument import Verdict
from tests.reading import read

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[3]
Capture = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
Stances = dict[str, dict[str, int]]


@pytest.fixture(scope="module")
def rows() -> Stances:
    """Stances by aspect and critic, as the fixture's file gives them."""
    objects = yaml.safe_load((ROOT / "fixtures" / "ballerina.yaml").read_text())
    critics = {
        each["fields"]["slug"]: each["fields"]["critic"][0]
        for each in objects
        if each["model"] == "reviews.review"
    }
    stances: Stances = defaultdict(dict)
    for each in objects:
        if each["model"] == "reviews.judgement":
            fields = each["fields"]
            stances[fields["aspect"][0]][critics[fields["review"][0]]] = fields["stance"]
    return dict(stances)


@pytest.fixture(scope="module")
def verdicts() -> dict[str, int]:
    objects = yaml.safe_load((ROOT / "fixtures" / "ballerina.yaml").read_text())
    return {
        each["fields"]["critic"][0]: each["fields"]["verdict"]
        for each in objects
        if each["model"] == "reviews.review"
    }


@pytest.fixture
def argument(django_capture_on_commit_callbacks: Capture) -> FilmArgument:
    with django_capture_on_commit_callbacks(execute=True):
        call_command("loaddata", "ballerina", verbosity=0)
    return FilmArgument.of(Film.objects.get(slug="ballerina"))


def alone(rows: Stances) -> dict[str, str]:
    """Who stands alone on which aspect."""
    found = {}
    for aspect, stances in rows.items():
        for critic, stance in stances.items():
            others = Counter(held for who, held in stances.items() if who != critic)
            if len(others) == 1 and others.total() >= 3 and stance not in others:
                found[aspect] = critic
    return found


class TestTheSheet:
    """Known facts about the fixture, to check the derivation itself."""

    def test_thirteen_aspects_and_forty_one_judgements(self, rows: Stances) -> None:
        assert len(rows) == 13
        assert sum(map(len, rows.values())) == 41

    def test_two_critics_are_lone_voices(self, rows: Stances) -> None:
        assert alone(rows) == {"lead-performance": "adam-nayman", "story": "eileen-jones"}


class TestTheArgument:
    def test_every_judgement_has_its_cell(self, argument: FilmArgument, rows: Stances) -> None:
        cells = {
            (row.aspect.slug, edition.critic.slug): int(stance)
            for row in argument.rows
            for edition, stance in row.stances.items()
        }
        assert cells == {
            (aspect, critic): stance for aspect, stances in rows.items() for critic, stance in stances.items()
        }
        for order in (BY_CONTEST, IN_OUTLET_ORDER):
            matrix = Matrix(argument, order)
            assert len(matrix.lines) == 13
            filled = [cell for line in matrix.lines for cell in line.cells if cell.judgement]
            assert len(filled) == len(matrix.cited) == 41
            assert all(len(line.cells) == 5 for line in matrix.lines)

    def test_the_lone_voices_are_nayman_on_the_lead_and_jones_on_the_story(
        self, argument: FilmArgument, rows: Stances
    ) -> None:
        lone = {row.aspect.slug: row.lone.critic.slug for row in argument.lone_voices if row.lone}
        assert lone == alone(rows)

    def test_the_dissenter_is_nayman_who_parts_company_on_what_most_others_praise(
        self, argument: FilmArgument, rows: Stances, verdicts: dict[str, int]
    ) -> None:
        in_favour = [critic for critic, verdict in verdicts.items() if verdict > 0]
        against = [critic for critic, verdict in verdicts.items() if verdict < 0]
        assert len(in_favour) == 3 * len(against) > len(verdicts) / 2
        [dissent] = argument.dissent
        assert [dissent.edition.critic.slug] == against == ["adam-nayman"]
        parted = {
            aspect
            for aspect, stances in rows.items()
            for own in [stances.get("adam-nayman")]
            for others in [[stance for who, stance in stances.items() if who != "adam-nayman"]]
            if own and len(others) >= 2 and others.count(-own) * 2 > len(others)
        }
        assert {aspect.slug for aspect in dissent.aspects} == parted == {"lead-performance", "action"}

    def test_the_middle_is_positive(self, argument: FilmArgument, verdicts: dict[str, int]) -> None:
        assert sorted(verdicts.values())[2] == 1
        assert argument.latest.tally.middle == (Verdict.POSITIVE, Verdict.POSITIVE)
        assert argument.latest.tally.range == (min(verdicts.values()), max(verdicts.values()))

    def test_jones_and_nayman_disagree_most(
        self, argument: FilmArgument, rows: Stances, verdicts: dict[str, int]
    ) -> None:
        def sharpness(pair: tuple[str, str]) -> tuple[int, int]:
            one, other = pair
            opposed = sum(stances.get(one, 0) * stances.get(other, 0) < 0 for stances in rows.values())
            return opposed, abs(verdicts[one] - verdicts[other])

        pairs = list(combinations(sorted(verdicts), 2))
        best = max(pairs, key=sharpness)
        assert [sharpness(pair) for pair in pairs].count(sharpness(best)) == 1
        found: Any = argument.sharpest
        assert {found.one.critic.slug, found.other.critic.slug} == set(best)
        assert (len(found.aspects), found.distance) == sharpness(best)
        assert found.one.critic.slug == "eileen-jones"


@pytest.mark.usefixtures("argument")
class TestItsPage:
    def test_the_sentences_say_it(self) -> None:
        page = read("/films/ballerina/")
        assert page.text.count("The middle verdict of five is positive; they run from pan to rave.") == 1
        for sentence in (
            "Adam Nayman dissents, and parts company with the others on lead performance and action.",
            "On lead performance Adam Nayman stands alone: criticism, against the praise of four others.",
            "On story Eileen Jones stands alone: praise, against the criticism of four others.",
        ):
            assert page.text.count(sentence) == 1
        assert page.text.count("stands alone") == 2

    def test_the_table_has_a_header_for_every_row_and_column(self, rows: Stances) -> None:
        table = read("/films/ballerina/").all(".//table[@class='matrix is-few']")[0]
        assert [header.get("scope") for header in table.findall(".//thead//th")] == ["col"] * 6
        bodies = table.findall("./tbody/tr")
        assert len(bodies) == 13
        for line in bodies:
            assert [cell.tag for cell in line] == ["th"] + ["td"] * 5
            assert line[0].get("scope") == "row"
        assert len(table.findall(".//td/button")) == 41

    def test_every_cell_opens_a_passage_that_leads_to_where_it_stands(self) -> None:
        page = read("/films/ballerina/")
        opened = [button.get("popovertarget") for button in page.all(".//table//td/button")]
        assert len(set(opened)) == 41
        for target in opened:
            [cited] = page.all(f".//div[@id='{target}']")
            [link] = [a for a in cited.findall(".//a") if "#" in a.get("href", "")]
            address, _, anchor = link.get("href", "").partition("#")
            assert read(address).all(f".//span[@id='{anchor}']"), target

    def test_nothing_of_a_digest_is_quoted_or_in_quotation_marks(self) -> None:
        page = read("/films/ballerina/")
        assert not page.all(".//blockquote")
        for cited in page.texts(".//div[@popover]"):
            assert "In our digest:" in cited
            assert not set('“”„«»"') & set(cited)

    def test_the_card_says_the_argument_in_one_line(self) -> None:
        assert read("/films/ballerina/").meta("og:description") == (
            "Five critics on Ballerina (2025): three for, one mixed, one against. "
            "Adam Nayman dissents, and parts company with the others on lead performance and action."
        )
