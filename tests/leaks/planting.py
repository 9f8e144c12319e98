"""Plants many hidden states in one site under their own names, walks once, and names those that leak."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from django.db import connection
from django.test import Client

from reviews import clock
from reviews.audit.asking import AS_EDITOR, OTHERS, Answers, Key, differences
from reviews.audit.planting import Planted, undone
from reviews.audit.surfaces import Slugs
from reviews.audit.world import World
from tests.gate.night import pairs_in_turn
from tests.leaks.leaks import NOW, PLACEMENTS
from tests.leaks.walk import tour, walk

ORDERS = ("inserted first", "inserted last")
PLACED = (
    [*itertools.product(PLACEMENTS, ORDERS)]
    if connection.vendor == "sqlite"
    else pairs_in_turn(PLACEMENTS, ORDERS)
)
"""Where, and before or after what is public: each on one database at every commit, on the other by turns."""
Step = Callable[[World], object]


class Leak(AssertionError):
    """Hidden rows change a public response. ``states`` are those that do, together if there are several."""

    def __init__(self, states: Sequence[Planted], found: dict[Key, str]) -> None:
        self.states, self.found = states, found
        lines = [f"{way} {address}: {what}" for (way, address), what in found.items()]
        names = " together with ".join(str(state) for state in states)
        super().__init__("\n".join([f"{names}: betrayed at {len(found)} addresses", *lines[:20]]))


# -- Sites -----------------------------------------------------------------------------------------------------


def populate(world: World) -> None:
    world.populate()


def build(*steps: Step) -> World:
    world = World(NOW)
    with clock.frozen_at(NOW):
        for step in steps:
            step(world)
    return world


def plant(states: Sequence[Planted], order: str, public: Sequence[Step] = (populate,)) -> World:
    """A site with all of these, made before or after what is public. Fails if one has no rows afterwards."""

    def hide(world: World) -> None:
        for state in states:
            state.hide(world, state.place)

    world = build(*((hide, *public) if order == "inserted first" else (*public, hide)))
    for state in states:
        assert state.is_there(), f"{state}: nothing was planted"
    return world


def hidden_in(world: World) -> Slugs:
    """The slugs of what is hidden in a site, and the secrets of its ended preview links."""
    slugs = defaultdict(list)
    for noun, slug in world.slugs:
        if noun == "preview" or slug.startswith("hidden"):
            slugs[noun].append(slug)
    return slugs


class Plain:
    """A site without hidden rows. Its responses are cached, because they depend on nothing else."""

    def __init__(self, *public: Step) -> None:
        self.public = public or (populate,)
        self._answers: Answers = {}

    def answers(self, readers: dict[str, Client], twins: Mapping[Key, Key]) -> Answers:
        """The expected response to each request of a tour: the response to its twin, the request for an equivalent
        public address on this site."""
        if missing := [key for key in dict.fromkeys(twins.values()) if key not in self._answers]:
            with undone():
                build(*self.public)
                self._answers.update(walk(readers, missing))
        wanted = dict(twins)
        for (way, address), (_way, twin) in twins.items():
            if way == AS_EDITOR:
                wanted |= {(other, address): (other, twin) for other in OTHERS}
        return {key: self._answers[twin] for key, twin in wanted.items() if twin in self._answers}


# -- Comparisons -----------------------------------------------------------------------------------------------

PLAIN = Plain()
PROBES = 8
"""How many of the differing addresses are requested again to find the cause."""


def compare(
    states: Sequence[Planted],
    order: str,
    readers: dict[str, Client],
    *,
    plain: Plain = PLAIN,
    but: Collection[str] = (),
    only: Collection[str] | None = None,
    thorough: bool = False,
) -> Answers:
    """Walk a site with all these states and one without. Raises Leak if the two differ.

    ``but`` are addresses that may differ, and ``only`` those that are requested (default: all).
    """

    found, answers = _differences(states, order, readers, plain, but, only, thorough)
    if found:
        probes = {address for _way, address in list(found)[:PROBES]}

        def leak(some: Sequence[Planted]) -> bool:
            return bool(_differences(some, order, readers, plain, but, probes, thorough)[0])

        raise Leak(_culprits(states, leak), found)
    return answers


def _differences(
    states: Sequence[Planted],
    order: str,
    readers: dict[str, Client],
    plain: Plain,
    but: Collection[str],
    only: Collection[str] | None,
    thorough: bool,
) -> tuple[dict[Key, str], Answers]:
    with undone():
        world = plant(states, order, plain.public)
        twins = tour(hidden_in(world), thorough=thorough)
        if only is not None:
            twins = {key: twin for key, twin in twins.items() if key[1] in only}
        answers = walk(readers, twins)
    return differences(plain.answers(readers, twins), answers, but=but), answers


def _culprits(states: Sequence[Planted], leak: Callable[[Sequence[Planted]], bool]) -> Sequence[Planted]:
    """Bisect to one state that leaks, or to the smallest set found that leaks together."""
    while len(states) > 1:
        middle = len(states) // 2
        for half in (states[:middle], states[middle:]):
            if leak(half):
                states = half
                break
        else:
            break
    return states
