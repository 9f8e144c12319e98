"""Align two sequences (patience diff, then longest common subsequence) in near-linear time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

CELLS = 40_000
"""The largest region without landmarks that is searched, as the product of its two lengths: 200 by 200."""

DEPTH = 12
"""How many times a region is divided at its landmarks."""


def align(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Index pairs (before, after) of equal elements, both indices increasing.

    First the common prefix and suffix; then the landmarks, which are elements that occur once in each sequence; between
    landmarks the longest common subsequence. A region larger than ``CELLS`` without a landmark gets no pairs, so time
    does not grow with the square of the length.
    """
    pairs: list[tuple[int, int]] = []
    waiting = [(0, len(before), 0, len(after), DEPTH)]
    while waiting:
        begin, end, start, stop, depth = waiting.pop()
        while begin < end and start < stop and before[begin] == after[start]:
            pairs.append((begin, start))
            begin, start = begin + 1, start + 1
        while begin < end and start < stop and before[end - 1] == after[stop - 1]:
            end, stop = end - 1, stop - 1
            pairs.append((end, stop))
        if begin == end or start == stop:
            continue
        cells = (end - begin) * (stop - start)
        if cells <= CELLS and 1 in (end - begin, stop - start):
            pairs += _lone(before, after, (begin, end), (start, stop))
            continue
        landmarks = _landmarks(before, after, begin, end, start, stop) if depth else []
        if landmarks:
            for one, other in [*landmarks, (end, stop)]:
                waiting.append((begin, one, start, other, depth - 1))
                begin, start = one + 1, other + 1
            pairs += landmarks
        elif cells <= CELLS:
            common = _longest_common(before[begin:end], after[start:stop])
            pairs += [(begin + one, start + other) for one, other in common]
    return sorted(pairs)


def _lone(
    before: Sequence[Hashable], after: Sequence[Hashable], here: tuple[int, int], there: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """The first equal pair of two ranges, one of which has a single element."""
    (begin, end), (start, stop) = here, there
    for one in range(begin, end):
        for other in range(start, stop):
            if before[one] == after[other]:
                yield one, other
                return


def _landmarks(
    before: Sequence[Hashable], after: Sequence[Hashable], begin: int, end: int, start: int, stop: int
) -> list[tuple[int, int]]:
    """Pairs of elements that occur once in each range and in the same order in both (Cohen's patience diff)."""
    here, there = Counter(before[begin:end]), Counter(after[start:stop])
    places = {after[place]: place for place in range(start, stop) if there[after[place]] == 1}
    once = [
        (place, places[before[place]])
        for place in range(begin, end)
        if here[before[place]] == 1 and before[place] in places
    ]
    return list(_longest_rise(once))


def _longest_rise(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The longest subsequence of the pairs in which the second index increases. The first index always does."""
    ends: list[int] = []  # The lowest second index at which an increasing run of each length can end,
    last: list[int] = []  # the number of that pair,
    previous: list[int] = []  # and for each pair the number of the pair before it in its run.
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
        previous.append(last[length - 1] if length else -1)
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = previous[number]
    yield from reversed(found)


def _longest_common(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The longest common subsequence, from a table in which each row is one integer (Hyyrö 2004).

    Row ``one`` is for ``before[one:]``: its bit ``len(after) - 1 - other`` is 0 if ``after[other:]`` has one more
    element in common with that than ``after[other + 1:]`` has.
    """
    every = (1 << len(after)) - 1
    bits: dict[Hashable, int] = {}
    for place, each in enumerate(reversed(after)):
        bits[each] = bits.get(each, 0) | 1 << place
    rows = [every]
    for each in reversed(before):
        row = rows[-1]
        same = row & bits.get(each, 0)
        rows.append((row + same | row - same) & every)
    rows.reverse()
    one = other = 0
    while one < len(before) and other < len(after):
        rest = (1 << len(after) - other) - 1
        if before[one] == after[other]:
            yield one, other
            one, other = one + 1, other + 1
        elif (rows[one] & rest).bit_count() == (rows[one + 1] & rest).bit_count():
            one += 1  # The rest is as long without this element.
        else:
            other += 1
