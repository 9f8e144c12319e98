"""``make bench-desk``: fifty editors save at once, and then workers are killed while others save. Nothing may be lost.

Over HTTP, with four worker processes on SQLite. It fails where a save is refused, missing or in pieces; times are of
this machine, so that a crowd is told as a ratio to one editor alone.
"""

import os
import random
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from tests.bench.editor import Editor
from tests.bench.served import Server, served

WORKERS = 4
SAVES = 20
KILLED_SAVES = 200
KILLING_EDITORS = 8
EVERY = 8
"""After how many saves another worker is killed."""


@dataclass
class Outcome:
    """What became of saves: how long each took that was acknowledged, which those were, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)

    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1]


def main() -> None:
    with served("tests.bench.prepare_desk", workers=WORKERS) as server:
        editors = [
            Editor(server.address, server.prepared["cookie"], **each) for each in server.prepared["editors"]
        ]
        alone = crowd(editors[:1], SAVES, "alone")
        together = crowd(editors, SAVES, "crowd")
        lost, torn = missing(server, alone, together)
        total = len(editors) * SAVES
        print(f"{len(editors)} editors × {SAVES} saves, {WORKERS} workers, SQLite")
        print(f"  saves present      {len(together.acknowledged) - len(lost)} of {total}")
        print(f"  errors             {together.faults.total()} {dict(together.faults) or ''}")
        ratio = together.p95() / alone.p95()
        print(f"  p95 of a save      {together.p95() * 1000:,.0f} ms, {ratio:.1f} × one editor alone")
        is_fine = len(together.acknowledged) == total and not (lost or torn or together.faults)

        killed = threading.Event()
        deaths = [0]
        struck = Outcome()
        killer = threading.Thread(target=kill_now_and_then, args=(server, struck, killed, deaths))
        killer.start()
        crowd(editors[:KILLING_EDITORS], KILLED_SAVES // KILLING_EDITORS, "struck", struck)
        killed.set()
        killer.join()
        lost, torn = missing(server, struck)
        print(f"{KILLED_SAVES} saves while {deaths[0]} workers were killed")
        print(f"  acknowledged       {len(struck.acknowledged)}, of which lost: {len(lost)}")
        print(f"  in pieces          {len(torn)}")
        is_fine = is_fine and deaths[0] > 3 and not (lost or torn)
    sys.exit(0 if is_fine else "A save was refused, lost or in pieces.")


def crowd(editors: list[Editor], saves: int, name: str, outcome: Outcome | None = None) -> Outcome:
    """Every editor saves their own review so often, all at once, and goes on with the next save after a fault."""
    outcome = outcome or Outcome()
    lock = threading.Lock()

    def work(editor: Editor) -> None:
        for number in range(saves):
            mark = f"{name}-{editor.slug}-{number}"
            fault = editor.save(mark)
            with lock:
                if fault:
                    outcome.faults[fault] += 1
                else:
                    outcome.seconds.append(editor.took)
                    outcome.acknowledged.add(mark)

    _all_at_once(work, editors)
    return outcome


def _all_at_once(work: Callable[[Editor], None], editors: list[Editor]) -> None:
    with ThreadPoolExecutor(len(editors)) as pool:
        for done in [pool.submit(work, editor) for editor in editors]:
            done.result()


def missing(server: Server, *outcomes: Outcome) -> tuple[set[str], list[str]]:
    """The acknowledged saves that no revision holds, and the revisions and reviews that hold part of a save only."""
    found = server.run("tests.bench.read_desk")
    present, torn = set(), []
    for key, documents in found["revisions"].items():
        for document in documents:
            marks = _marks(document)
            present |= marks
            if len(marks) > 1:
                torn.append(f"A revision of review {key}: {marks}")
        if found["saved"][key] != documents[-1]:
            torn.append(f"Review {key} is not what its newest revision holds.")
    for line in torn:
        print(f"  ! {line}")
    acknowledged = set().union(*(outcome.acknowledged for outcome in outcomes))
    return acknowledged - present, torn


def _marks(document: dict[str, Any]) -> set[str]:
    """What the parts of a save say of which save it was: one mark where it is whole."""
    fields = document["fields"]
    if not fields["headline"].startswith("Save "):
        return set()
    marks = {fields[name].removeprefix("Save ") for name in ("headline", "standfirst", "body")}
    return marks | {name.removeprefix("save ") for name in document["tags"].values()}


def kill_now_and_then(server: Server, outcome: Outcome, enough: threading.Event, deaths: list[int]) -> None:
    """Kill a worker of our own server every so many saves, as a machine out of memory does."""
    chance = random.Random(1)
    while not enough.wait(0.01):
        if len(outcome.acknowledged) >= EVERY * (deaths[0] + 1) and (workers := server.workers()):
            os.kill(chance.choice(workers), signal.SIGKILL)
            deaths[0] += 1


if __name__ == "__main__":
    main()
