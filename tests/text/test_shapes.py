"""Hostile copy at the limit costs no more than pages of prose, for every function that reads text."""

from collections.abc import Callable
from functools import partial

import pytest

from reviews.text import (
    compare,
    excerpt,
    find_passages,
    is_within,
    merge,
    passage_at,
    plain_text,
    render,
    word_count,
)
from reviews.text.limits import LONGEST_COPY
from tests.gate.night import in_turn
from tests.text.shapes import SHAPES, at_the_limit, edited, prose, shuffled
from tests.text.test_hostile import seconds

TIMES_PROSE, LONGEST = 25, 2.0
"""The most that a hostile text may take, in units of prose of that length and in seconds of CPU."""
FORGIVEN = 0.75
"""Seconds of one function that are no failure even if prose takes a hundredth: a page calls several."""


def changed(text: str, share: float, new: str) -> str:
    place = int(len(text) * share)
    return f"{text[:place]}{new}{text[place + len(new) :]}"


READERS: dict[str, Callable[[str], object]] = {
    "rendering": lambda text: render(text, passages={"one": "a a a", "two": "the camera"}),
    "plain text": plain_text,
    "an excerpt": excerpt,
    "passages": lambda text: find_passages(text, ["a a a", "the camera", "not there"]),
    "a selection": lambda text: passage_at(text, len(text) // 3, len(text) * 2 // 3),
    "a comparison": lambda text: compare(text, changed(text, 0.5, "X Y Z")),
    "a comparison with the same words": lambda text: compare(shuffled(text, 1), text),
    "a comparison with prose": lambda text: compare(prose(len(text)), text),
    "a merge": lambda text: merge(text, changed(text, 0.3, "X Y"), changed(text, 0.7, "Q")),
    "a merge of other texts": lambda text: merge(text, shuffled(text, 1), shuffled(text, 2)),
    "a merge of many changes": lambda text: merge(text, edited(text, 4, 0, "X"), edited(text, 4, 2, "Q")),
    "a merge of texts above prose": lambda text: merge(prose(len(text)), text, text[::-1]),
    "counting words": word_count,
}


def test_there_are_sixty_shapes_at_least() -> None:
    assert len(SHAPES) >= 60


class TestGrowth:
    """Four times the text takes at most twelve times as long: quadratic would be sixteen; a quarter is tolerated."""

    @pytest.mark.parametrize("reader", READERS)
    def test_of_every_reader(self, reader: str) -> None:
        read, size = READERS[reader], 6_000
        for shape in in_turn(in_turn([*SHAPES])):
            small, large = at_the_limit(shape, size // 4), at_the_limit(shape, size)
            assert any(
                seconds(partial(read, large)) <= 12 * seconds(partial(read, small)) + 0.25 for _ in range(3)
            ), shape


@pytest.mark.nightly
class TestTheLimit:
    @pytest.mark.parametrize("reader", READERS)
    def test_costs_no_more_than_so_many_pages_of_prose(self, reader: str) -> None:
        read = READERS[reader]
        text = prose(LONGEST_COPY)
        read(text)
        unit = min(seconds(partial(read, text)) for _ in range(2))
        dear = {}
        for shape in SHAPES:
            text = at_the_limit(shape)
            assert is_within(text), shape
            if (took := seconds(partial(read, text))) > min(max(TIMES_PROSE * unit, FORGIVEN), LONGEST):
                dear[shape] = round(took / unit, 1), round(took, 2)
        assert not dear, f"a unit is {unit:.3f} s"
