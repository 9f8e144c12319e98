"""The leak walk where pages are kept: nothing hidden changes an answer that is made, kept or told to be had already."""

from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.test import Client

from reviews.audit.asking import DOOR, Answers, Key, differences
from reviews.audit.planting import undone
from reviews.audit.world import Placement
from reviews.models import PublicState
from reviews.models.public import state
from reviews.public import page_cache
from reviews.public.page_cache.addressing import CARDS, PICTURES
from tests.gate.night import in_turn
from tests.leaks import leaks
from tests.leaks.planting import ORDERS, build, hidden_in, plant, populate
from tests.leaks.test_leaks import hidden_in_place
from tests.leaks.walk import tour, walk

FILES = (PICTURES, CARDS)
"""These are no pages: whoever asks for one is looked up."""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_are_kept")]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request reads the row, as after two tenths of a second, so that its cost is the same each time."""
    monkeypatch.setattr(state, "KNOWN_FOR", 0)


class Conditional(Client):
    """Asks for a page, and then only for what has changed since."""

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        first = super().generic(method, path)
        if "ETag" not in first.headers:
            return first
        return super().generic(method, path, headers={"If-None-Match": first.headers["ETag"]})


def walks(keys: Collection[Key]) -> dict[str, Answers]:
    """What each address answers: made for the walk, from what is kept, and to whoever has it already."""
    PublicState.objects.ensure()
    page_cache.forget()
    walk({"GET": Client()}, [("GET", "/robots.txt")])  # A process looks once for the next moment.
    client = Client(raise_request_exception=False)
    return {
        "cold": walk({"GET": client}, keys),
        "warm": walk({"GET": client}, keys),
        "conditional": walk({"GET": Conditional(raise_request_exception=False)}, keys),
    }


def told(answers: Answers) -> list[tuple[Key, int, dict[str, str], bytes]]:
    """Without what they took."""
    return [(key, answer.status, answer.headers, answer.body) for key, answer in answers.items()]


@pytest.mark.parametrize("place", in_turn(leaks.PLACEMENTS), ids=str)
def test_hidden_rows_change_nothing_of_what_is_kept(
    place: Placement, record_property: Callable[[str, object], None], settings: Any
) -> None:
    with undone():
        world = plant(hidden_in_place(place), ORDERS[1])
        twins = {key: twin for key, twin in tour(hidden_in(world)).items() if key[0] == "GET"}
        hiding = walks(twins)
    with undone():
        build(populate)
        plain = walks(dict.fromkeys(twins.values()))
        settings.PAGE_CACHE = False
        anew = walk({"GET": Client(raise_request_exception=False)}, plain["cold"])
    assert told(plain["cold"]) == told(plain["warm"]) == told(anew)
    for how, answers in hiding.items():
        assert differences({key: plain[how][twin] for key, twin in twins.items()}, answers) == {}, how
        record_property("comparisons", len(answers))
    kept = {
        answer.queries
        for (_way, address), answer in hiding["warm"].items()
        if answer.status in (200, 301, 404, 410) and not address.startswith((DOOR, *FILES))
    }
    assert kept == {1}
    assert {answer.status for answer in hiding["conditional"].values()} >= {301, 304, 404}
