"""Reports the CPU cost of tests: prints the ten most expensive and all over their bounds, which fail at night.

CPU is that of the test's process and its descendants, such as a browser: a busy machine changes little. Bounds are in
units of a loop that the same run times: a slow machine changes little. ``slow.toml`` lists the tests that need more,
each with its reason and bound.
"""

import os
import resource
import time
import tomllib
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.gate.night import NIGHT

UNIT = 0.02
"""Seconds of the loop on the machine for which the bounds were written."""
MOST_OF_A_TEST = 3 / UNIT
MOST_OF_A_FILE = 30 / UNIT
AGAIN = 60
"""Seconds after which the loop is timed again: a warm CPU may be throttled."""
FEW = 20
"""Runs of fewer tests print no report."""
SLOW = Path(__file__).parent / "slow.toml"


@dataclass
class Cost:
    """The cost of a test or file."""

    seconds: float = 0.0
    units: float = 0.0
    wall: float = 0.0

    def add(self, other: "Cost") -> None:
        self.seconds += other.seconds
        self.units += other.units
        self.wall += other.wall

    def __str__(self) -> str:
        return f"{self.seconds:6.2f} s of CPU ({self.units:.0f} units), {self.wall:.2f} s in all"


@dataclass(frozen=True)
class Bound:
    """The bound of a listed test or file in units, that of each test of the file, and the reason."""

    units: float
    why: str
    each: float = MOST_OF_A_TEST


def listed(text: str) -> dict[str, Bound]:
    """The listed exceptions. Raises ValueError for an entry without a bound or a reason."""
    bounds = {}
    for name, entry in tomllib.loads(text).items():
        if set(entry) - {"each"} != {"units", "why"} or not entry["why"].strip():
            raise ValueError(f"{name}: give its bound as units and its reason as why.")
        bounds[name] = Bound(float(entry["units"]), entry["why"], float(entry.get("each", MOST_OF_A_TEST)))
    return bounds


def files(tests: Mapping[str, Cost]) -> dict[str, Cost]:
    """The costs by file."""
    found: dict[str, Cost] = defaultdict(Cost)
    for name, cost in tests.items():
        found[name.partition("::")[0]].add(cost)
    return dict(found)


def dearest(costs: Mapping[str, Cost], count: int = 10) -> list[str]:
    """A line for each of the most expensive, in descending order."""
    ordered = sorted(costs.items(), key=lambda item: item[1].units, reverse=True)
    return [f"{cost}  {name}" for name, cost in ordered[:count]]


def over(tests: Mapping[str, Cost], bounds: Mapping[str, Bound]) -> list[str]:
    """A line for each test and file over its bound. A test's bound applies to each of its parameter sets."""
    most = {name: _most_of_a_file(name, bounds) for name in files(tests)}
    most |= {name: _most_of_a_test(name, bounds) for name in tests}
    return [
        f"Over budget: {name}: {cost}; it may take {most[name]:.0f} units"
        for name, cost in {**files(tests), **tests}.items()
        if cost.units > most[name]
    ]


def _most_of_a_file(name: str, bounds: Mapping[str, Bound]) -> float:
    return bounds[name].units if name in bounds else MOST_OF_A_FILE


def _most_of_a_test(name: str, bounds: Mapping[str, Bound]) -> float:
    for own in (name, name.partition("[")[0]):
        if own in bounds:
            return bounds[own].units
    file = bounds.get(name.partition("::")[0])
    return file.each if file else MOST_OF_A_TEST


def calibrated() -> float:
    """The CPU seconds of a loop of typical Python operations."""

    def loop() -> float:
        start = time.process_time()
        words: dict[str, int] = {}
        for number in range(150_000):
            word = f"{number % 977}"
            words[word] = words.get(word, 0) + len(word) * number % 7
        sorted(words.items(), key=lambda item: item[1])
        return time.process_time() - start

    return min(loop() for _ in range(3))


def spent() -> float:
    """CPU seconds of this process and its children, ended and running."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(_running("self"))


def _running(process: str) -> Iterable[float]:
    """CPU seconds of every descendant of a process (Linux only; else 0)."""
    try:
        threads = [*Path(f"/proc/{process}/task").iterdir()]
        children = [child for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        try:
            times = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:15]
        except OSError:
            continue
        yield sum(map(int, times)) / 100
        yield from _running(child)


@dataclass
class Meter:
    """Measures the CPU between the phases of a test. Session set-up counts for no test."""

    unit: float = UNIT
    timed: float = float("-inf")
    before: float = 0.0
    since: float = 0.0
    shared: float = 0.0
    depth: int = 0
    costs: dict[str, Cost] = field(default_factory=lambda: defaultdict(Cost))

    def begin(self) -> None:
        if time.monotonic() - self.timed > AGAIN:
            self.unit, self.timed = calibrated(), time.monotonic()
        self.before, self.since, self.shared = spent(), time.monotonic(), 0.0

    def lap(self) -> tuple[float, float]:
        """Seconds and units since the last call.

        At most what the cores can do in that time: a process that cannot be read for a moment is counted anew later.
        """
        now, moment = spent(), time.monotonic()
        seconds = max(0.0, now - self.before - self.shared)
        seconds = min(seconds, (moment - self.since) * (os.cpu_count() or 1))
        self.before, self.since, self.shared = now, moment, 0.0
        return seconds, seconds / self.unit


METER = Meter()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    METER.begin()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    if fixturedef.scope != "session" or METER.depth:
        return (yield)
    METER.depth += 1
    start = spent()
    try:
        return (yield)
    finally:
        METER.depth -= 1
        METER.shared += spent() - start


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    report.spent = METER.lap()  # type: ignore[attr-defined]  # Sent with the report to the main process.
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    seconds, units = getattr(report, "spent", (0.0, 0.0))
    METER.costs[report.nodeid].add(Cost(seconds, units, report.duration))


def _found() -> list[str]:
    return over(METER.costs, listed(SLOW.read_text()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if len(METER.costs) >= FEW:
        for what, costs in (("tests", METER.costs), ("files", files(METER.costs))):
            terminalreporter.section(f"the ten most expensive {what}")
            for line in dearest(costs):
                terminalreporter.write_line(line)
    for line in _found():
        terminalreporter.write_line(line, red=NIGHT, yellow=not NIGHT)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if NIGHT and not hasattr(session.config, "workerinput") and _found():
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
