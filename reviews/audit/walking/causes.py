"""Which kinds of hiding cause a leak: each is planted by itself, and what leaked is asked again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from reviews.audit.canaries import grown, in_words
from reviews.audit.copying.switching import forget
from reviews.audit.planting import Planted, undone
from reviews.audit.walking.comparing import Comparison, Finding
from reviews.audit.walking.searching import needles_of
from reviews.audit.walking.tours import Stop
from reviews.audit.walking.visitors import Visitors
from reviews.audit.world import World

Surface = tuple[str, str]
"""A route, and the way in which it was asked."""
MOST = 12
"""So many addresses are asked again; what leaks at others is told of without a cause."""
TOGETHER = "several kinds together"

Plant = Callable[[World, Sequence[Planted]], None]


def causes_of(
    findings: Sequence[Finding],
    stops: Sequence[Stop],
    world: World,
    states: Sequence[Planted],
    plant: Plant,
) -> Mapping[Surface, list[str]]:
    """The kinds of hiding, in words, that change what a surface answers; nothing of a surface that was not asked again.

    On a copy without anything hidden.
    """
    stop_of = {stop.address: stop for stop in stops}
    probes = {
        (each.route, each.way): stop_of[each.address]
        for each in reversed(findings)
        if each.address in stop_of
    }
    asked = dict.fromkeys([*dict.fromkeys(probes.values())][:MOST])
    visitors, plain = Visitors(), Comparison()
    for stop in asked:
        _cold(visitors, stop)
        for heard in visitors.asking(stop):
            plain.take(heard)
    found: dict[Surface, list[str]] = defaultdict(list)
    in_any_way: dict[str, dict[str, None]] = defaultdict(dict)
    for kind in dict.fromkeys(state.state for state in states):
        some = [state for state in states if state.state == kind]
        for surface in _betrayed(visitors, plain, asked, world, some, plant):
            found[surface].append(in_words(kind))
            in_any_way[surface[0]][in_words(kind)] = None
    # What another process or an earlier stop kept is not kept here: then the route's causes are its own.
    return {
        surface: found[surface] or [*in_any_way[surface[0]]] or [TOGETHER]
        for surface, stop in probes.items()
        if stop in asked
    }


def _betrayed(
    visitors: Visitors,
    plain: Comparison,
    stops: Mapping[Stop, None],
    world: World,
    states: Sequence[Planted],
    plant: Plant,
) -> Iterator[Surface]:
    comparison = Comparison(plain.plain)
    with undone():
        planted = grown(world)
        plant(planted, states)
        needles = needles_of(planted, states)
        for stop in stops:
            _cold(visitors, stop)
            for heard in visitors.asking(stop):
                comparison.compare(heard, needles)
    forget()
    return iter({(each.route, each.way): None for each in comparison.findings})


def _cold(visitors: Visitors, stop: Stop) -> None:
    """Ask once and forget the answer, so that nothing is looked up for the first time afterwards."""
    list(visitors.asking(stop))
    forget()
    visitors.reader.get("/robots.txt")
