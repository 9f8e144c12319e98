"""A verdict and a film's argument in one line, as on share cards."""

import pytest

from reviews.models import Aspect, Edition
from reviews.public.reading.summary import (
    SHARE_LENGTH,
    argument_line,
    lone_line,
    opposition_line,
    sharpest_line,
    verdict_line,
)
from reviews.rules.argument import Disagreement, Stance, Tally, Verdict, tally

FILM = "Ballerina (2025)"
FIVE = tally([2, 1, 1, 0, -2])
LEAD, ACTION = Aspect(name="Lead performance"), Aspect(name="Action")
ALONE = lone_line("Ada Lens", LEAD, Stance.CRITICISM, Stance.PRAISE, others=4)


class TestTheVerdictOfAReview:
    def test_is_the_verdict_of_what_a_critic_wrote_and_our_reading_of_what_we_digest(self) -> None:
        assert verdict_line(Edition(verdict=Verdict.PAN)) == "Verdict: pan."
        assert verdict_line(Edition(verdict=Verdict.PAN, provenance="digest")) == "Our reading: pan."

    def test_a_mixed_one_is_said_and_none_is_not(self) -> None:
        assert verdict_line(Edition(verdict=Verdict.MIXED)) == "Verdict: mixed."
        assert verdict_line(Edition(verdict=None)) == ""


class TestTheArgumentOfAFilm:
    def test_is_the_count_and_who_dissents_on_what(self) -> None:
        assert argument_line(FILM, FIVE, dissenters=["Adam Nayman"], on=[LEAD, ACTION], lone=ALONE) == (
            "Five critics on Ballerina (2025): three for, one mixed, one against. "
            "Adam Nayman dissents, and parts company with the others on lead performance and action."
        )

    def test_is_the_count_and_who_stands_alone_where_nobody_dissents(self) -> None:
        assert argument_line(FILM, FIVE, lone=ALONE) == (
            "Five critics on Ballerina (2025): three for, one mixed, one against. "
            "On lead performance Ada Lens stands alone: criticism, against the praise of four others."
        )

    @pytest.mark.parametrize(
        ("verdicts", "line"),
        [
            ([], "No critics on Ballerina (2025) yet."),
            ([1], "One critic on Ballerina (2025): positive."),
            ([0], "One critic on Ballerina (2025): mixed."),
            ([None], "One critic on Ballerina (2025): no verdict."),
            ([1, 2, 1], "Three critics on Ballerina (2025): three for."),
            (
                [1, None, -1],
                "Three critics on Ballerina (2025): one for, one against, one without a verdict.",
            ),
            ([1] * 30 + [0] * 20, "50 critics on Ballerina (2025): 30 for, 20 mixed."),
        ],
    )
    def test_reads_well_for_any_number_of_critics(self, verdicts: list[int | None], line: str) -> None:
        assert argument_line(FILM, tally(verdicts)) == line

    def test_leaves_out_the_aspects_where_they_are_too_many_and_then_who_dissents(self) -> None:
        many = [Aspect(name=f"Side of it number {number}") for number in range(12)]
        count = argument_line(FILM, FIVE)
        assert argument_line(FILM, FIVE, dissenters=["Ada Lens"], on=many) == f"{count} Ada Lens dissents."
        assert argument_line(FILM, FIVE, dissenters=["A" * SHARE_LENGTH], lone=ALONE) == count

    def test_counts_dissenters_who_are_too_many_to_be_named(self) -> None:
        fifty: Tally = tally([1] * 46 + [-1] * 4)
        assert argument_line(FILM, fifty, dissenters=["A", "B", "C", "D"]).endswith("Four critics dissent.")


class TestWhatTwoReviewsDisagreeAbout:
    RAVE, PAN = Edition(verdict=Verdict.RAVE), Edition(verdict=Verdict.PAN)

    def test_is_a_sentence_of_its_own_and_the_reason_for_reading_on(self) -> None:
        opposed = Disagreement(self.RAVE, self.PAN, (LEAD, ACTION), 4)
        assert opposition_line(opposed) == "Opposed on lead performance and action; rave against pan."
        assert sharpest_line(opposed) == (
            "The sharpest disagreement with this review: opposed on lead performance and action; "
            "rave against pan."
        )

    def test_is_nothing_where_they_agree(self) -> None:
        assert opposition_line(Disagreement(self.RAVE, self.RAVE, (), 0)) == ""
