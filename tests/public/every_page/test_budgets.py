"""Budgets are a ratchet: what a page costs may fall, and may rise only with a reason."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.admin.every_page import desk_budgets
from tests.gate.test_project import ROOT
from tests.public.every_page import budgets
from tests.public.every_page.budgets import Budget

RATCHETS = [budgets, desk_budgets]
SHORTEST_REASON = 20

Budgets = dict[str, Budget]


def earlier(ratchet: ModuleType) -> Iterator[Budgets]:
    """The budgets of every commit of the file since it became a ratchet; none where there is no history."""
    file = Path(str(ratchet.__file__)).relative_to(ROOT)
    for commit in git("log", "--format=%H", "--", str(file)).split():
        source = git("show", f"{commit}:{file}")
        if "RISEN" not in source:
            return
        module: dict[str, Any] = {"__name__": ratchet.__name__}
        try:
            exec(source, module)
        except ImportError:
            # What it imports has moved since: the budgets of the commits after it are compared.
            return
        yield module["BUDGETS"] | module["NOT_FOUND"]


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def raised(now: Budgets, before: Budgets) -> set[str]:
    """The addresses whose budget is larger than it was."""
    return {
        path
        for path in now.keys() & before.keys()
        if now[path].queries > before[path].queries or now[path].rows > before[path].rows
    }


@pytest.mark.parametrize("ratchet", RATCHETS)
def test_no_budget_is_larger_than_it_ever_was(ratchet: Any) -> None:
    now = ratchet.BUDGETS | ratchet.NOT_FOUND
    assert set().union(*(raised(now, before) for before in earlier(ratchet))) == set(), (
        "Leave the budget as it was, and enter the rise in RISEN with its reason."
    )


def test_a_budget_that_is_raised_is_found() -> None:
    before = {"/": Budget(4, 30), "/films/": Budget(3, 46)}
    now = {"/": Budget(4, 31), "/films/": Budget(2, 46), "/new/": Budget(9, 9)}
    assert raised(now, before) == {"/"}
    assert raised({"/": Budget(5, 30)}, before) == {"/"}


@pytest.mark.parametrize("ratchet", RATCHETS)
def test_every_rise_has_an_address_and_a_reason(ratchet: Any) -> None:
    assert ratchet.RISEN.keys() <= (ratchet.BUDGETS | ratchet.NOT_FOUND).keys()
    assert [path for path, rise in ratchet.RISEN.items() if len(rise.because) < SHORTEST_REASON] == []
