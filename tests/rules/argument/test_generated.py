"""Generated films with up to fifty reviews, some by the same critic or without a verdict: the rules hold for each."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.public.reading.matrix import BY_CONTEST, IN_OUTLET_ORDER, Matrix
from reviews.public.reading.summary import count_line, middle_line, share_line
from reviews.rules.argument import HEADLINE_FROM, SHARE_FROM, Stance, Verdict
from tests.rules.argument.films import STANCES, VERDICTS
from tests.rules.argument.made import Written, argument_of


def reviews(
    verdicts: st.SearchStrategy[Verdict | None], sizes: st.SearchStrategy[int]
) -> st.SearchStrategy[list[Written]]:
    one = st.builds(Written, st.integers(0, 49), verdicts, st.dictionaries(st.integers(0, 5), STANCES))
    return sizes.flatmap(lambda size: st.lists(one, min_size=size, max_size=size))


FILMS = reviews(VERDICTS, st.sampled_from((0, 1, 3, 4, 5, 50)))
UNRATED = reviews(st.none(), st.integers(0, 10))
TIED = reviews(st.sampled_from((Verdict.POSITIVE, Verdict.NEGATIVE)), st.integers(0, 10))


def counted(written: Sequence[Written]) -> list[Written]:
    """Each critic's latest review."""
    return [
        each
        for n, each in enumerate(written)
        if each.critic not in {earlier.critic for earlier in written[:n]}
    ]


@given(FILMS | UNRATED | TIED)
def test_each_critic_counts_once_by_the_latest_review(written: list[Written]) -> None:
    argument, latest = argument_of(written), counted(written)
    tally = argument.latest.tally
    assert tally.total == len(latest) == len({each.critic for each in written})
    assert Counter(tally.verdicts) == Counter(each.verdict for each in latest if each.verdict is not None)
    assert len(argument.latest.earlier) == len(written) - len(latest)
    assert count_line(tally).lower().startswith(("no ", "one ")) == (len(latest) < 2)


@given(FILMS | UNRATED | TIED)
def test_what_may_not_be_said_of_few_is_not_said(written: list[Written]) -> None:
    tally = argument_of(written).latest.tally
    stated = sum(each.verdict is not None for each in counted(written))
    assert bool(middle_line(tally)) == (stated >= HEADLINE_FROM)
    assert bool(share_line(tally)) == ("%" in share_line(tally)) == (stated >= SHARE_FROM)


@given(FILMS | UNRATED | TIED)
def test_the_matrix_holds_what_each_latest_review_holds_and_no_more(written: list[Written]) -> None:
    argument, latest = argument_of(written), counted(written)
    held = {(each.critic, aspect): stance for each in latest for aspect, stance in each.stances.items()}
    for order in (BY_CONTEST, IN_OUTLET_ORDER):
        matrix = Matrix(argument, order)
        in_table, in_list = {}, {}
        for line in matrix.lines:
            for seat, cell in zip(matrix.seats, line.cells, strict=False):
                if cell.judgement:
                    assert cell.judgement.edition == seat
                    in_table[seat.critic_id, line.row.aspect.pk] = cell.judgement.stance
            for stand in line.stands:
                assert stand.count == sum(
                    stance is stand.stance
                    for (_, aspect), stance in held.items()
                    if aspect == line.row.aspect.pk
                )
                for cell in stand.cells:
                    assert cell.judgement is not None
                    in_list[cell.judgement.edition.critic_id, line.row.aspect.pk] = stand.stance
        assert in_list == held
        assert in_table == (held if matrix.has_columns else {})


@given(FILMS | TIED)
def test_the_most_contested_aspect_comes_first_and_the_outlets_own_order_is_kept(
    written: list[Written],
) -> None:
    argument = argument_of(written)
    contests = [row.count.contest for row in argument.rows_by_contest]
    assert contests == sorted(contests, reverse=True)
    places = [(row.aspect.film_id is not None, row.aspect.position) for row in argument.rows]
    assert places == sorted(places)


@given(FILMS | TIED)
def test_what_is_told_is_told_of_those_it_is_true_of(written: list[Written]) -> None:
    argument = argument_of(written)
    lone = sum(row.lone is not None for row in argument.rows)
    assert sum("stands alone" in sentence for sentence in argument.told) == lone
    for dissent in argument.dissent:
        assert dissent.edition.verdict
        stated = argument.latest.tally.verdicts
        assert sum(verdict * dissent.edition.verdict < 0 for verdict in stated) > len(stated) / 2


@given(UNRATED)
def test_where_nobody_states_a_verdict_nobody_dissents_and_nothing_is_made_up(written: list[Written]) -> None:
    argument = argument_of(written)
    assert argument.dissent == []
    assert argument.latest.tally.middle is None
    assert middle_line(argument.latest.tally) == ""
    if argument.sharpest:
        assert argument.sharpest.aspects
        assert argument.sharpest.distance == 0


@pytest.mark.parametrize("size", [0, 1, 3, 4, 5, 50])
def test_of_critics_who_all_agree_nobody_stands_out(size: int) -> None:
    written = [Written(n, Verdict.POSITIVE, {0: Stance.PRAISE}) for n in range(size)]
    argument = argument_of(written)
    assert (argument.told, argument.sharpest) == ([], None)
