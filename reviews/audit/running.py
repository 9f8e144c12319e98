"""An audit from beginning to end."""

import datetime as dt
import logging
import random
import resource
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from reviews import clock
from reviews.audit.asking import DOOR, silently
from reviews.audit.canaries import canaries_of, grown, in_words, new_mark, world_of_the_copy
from reviews.audit.copying import copied, switched_to
from reviews.audit.copying.switching import forget
from reviews.audit.planting import Planted, undone
from reviews.audit.report import LeakLine, LeakReport, SurfaceLine
from reviews.audit.surfaces import Slugs, routes
from reviews.audit.walking.causes import Surface, causes_of
from reviews.audit.walking.comparing import Comparison, Finding
from reviews.audit.walking.elsewhere import AnotherProcess, told
from reviews.audit.walking.known import known_of
from reviews.audit.walking.searching import needles_of
from reviews.audit.walking.timing import TimedPair, timed
from reviews.audit.walking.tours import Stop, tour_of
from reviews.audit.walking.visitors import COLD, ELSEWHERE, OF_A_CDN, Heard, Visitors
from reviews.audit.world import World
from reviews.desk.cdn.purging import NotedPurge
from reviews.models import HistoryHead, PublicState

Say = Callable[[str], object]
TAKES_LONGER = "takes another time"
PURGES = "(purges)"
"""What stands for a route where hiding something asks a CDN to drop pages."""
A_TENTH = 10
BEFORE = dt.timedelta(days=2, hours=12)
"""How long before now the time machine is asked, too: between two of the deeds that are planted."""


@dataclass(frozen=True)
class Extent:
    """How much is asked: ``most`` addresses of a route, ``few`` of them in every way, ``then`` in the time machine;
    and what is hidden: which ``kinds``, in how many ``places``. No kinds are all of them.
    """

    most: int = 1000
    few: int = 10
    then: int = 200
    kinds: Sequence[str] = ()
    places: int | None = None
    seed: int = 1


@dataclass
class Audit:
    """An audit under way. ``addresses`` of findings may name what is hidden: they are for the console alone."""

    extent: Extent
    say: Say
    comparison: Comparison = field(default_factory=Comparison)
    pairs: list[TimedPair] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    states: list[Planted] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    causes: dict[Surface, list[str]] = field(default_factory=dict)
    history: str = ""
    mark: str = field(default_factory=new_mark)

    @property
    def findings(self) -> list[Finding]:
        return self.comparison.findings

    def run(self) -> LeakReport:
        """Copy the site, and audit the copy; another copy, if there is a cause to be found. Raises CannotCopy."""
        begun, at = time.monotonic(), clock.now()
        database = f"{connection.display_name} {_version_of_database()}"
        with self._copied(at) as (copy, purges), AnotherProcess(copy, at) as other:
            self._audit(other, purges)
        if self.findings:
            with self._copied(at):
                self.say("Looking for what causes the leaks.")
                world = self._populated()
                self.causes |= causes_of(self.findings, self.stops, world, self.states, self._plant)
        return self.report(at.isoformat(timespec="seconds"), database, time.monotonic() - begun)

    @contextmanager
    def _copied(self, at: dt.datetime) -> Iterator[tuple[Mapping[str, Any], list[NotedPurge]]]:
        self.say("Copying the database.")
        # An error's traceback could name what is hidden.
        with (
            copied() as copy,
            switched_to(copy) as purges,
            clock.frozen_at(at),
            silently(logging.CRITICAL),
        ):
            yield copy, purges

    def _populated(self) -> World:
        world = world_of_the_copy(self.mark)
        PublicState.objects.ensure()
        with transaction.atomic():
            world.populate()
        return world

    def _audit(self, other: AnotherProcess, purges: list[NotedPurge]) -> None:
        head = HistoryHead.objects.current()
        self.history = str(head) if head and head.count else ""
        world = self._populated()
        visitors = Visitors()
        self.states = canaries_of(world, self.extent.kinds, self.extent.places)
        hidden = self._rehearsed(world)
        chance = random.Random(self.extent.seed)
        known = known_of(world, self.extent.most, chance)
        moments = (world.now, world.now - BEFORE, world.lift + dt.timedelta(hours=1))
        extent = self.extent
        self.stops = tour_of(
            known, hidden, moments, few=extent.few, most=extent.most, then=extent.then, chance=chance
        )
        asked_elsewhere = [
            stop.address for stop in self.stops if stop.is_for_all and not stop.address.startswith(DOOR)
        ]
        self._walk(visitors, "without what is hidden", self.comparison.take)
        other.asked(asked_elsewhere)
        self.say(f"Hiding {len(self.states)} things.")
        planted = grown(world)
        self._plant_and_compare_purges(planted, purges)
        needles = needles_of(planted, self.states)

        def compare(heard: Heard) -> None:
            self.counted[heard.stop.route, heard.way] += 1
            self.comparison.compare(heard, needles)

        self._walk(visitors, "with what is hidden", compare)
        self._compare_elsewhere(other.asked(asked_elsewhere))
        self.say("Timing pairs.")
        self._time(visitors, hidden, {noun: slugs[-1] for noun, slugs in known.slugs.items()})

    def _rehearsed(self, world: World) -> Slugs:
        """The names of what will be hidden, so that the site without it can be asked for them, too."""
        rehearsal = grown(world)
        with undone():
            self._plant(rehearsal, self.states)
        new = defaultdict(list)
        for noun, slug in rehearsal.slugs:
            if (noun, slug) not in world.slugs:
                new[noun].append(slug)
        return new

    @staticmethod
    def _plant(world: World, states: Sequence[Planted]) -> None:
        for state in states:
            state.hide(world, state.place)
            if not state.is_there():
                raise RuntimeError(f"Nothing was hidden as {state}.")

    def _walk(self, visitors: Visitors, how: str, take: Callable[[Heard], None]) -> None:
        forget()
        # A process looks once for the next moment, and at what Django looks up once.
        for stop in self.stops[:5]:
            list(visitors.asking(stop))
        forget()
        visitors.reader.get("/robots.txt")
        begun, all_of_them = time.monotonic(), len(self.stops)
        self.say(f"Walking {how}: {all_of_them:,} addresses.")
        for number, stop in enumerate(self.stops):
            if number and number * A_TENTH // all_of_them != (number - 1) * A_TENTH // all_of_them:
                took = time.monotonic() - begun
                left = took / number * (all_of_them - number)
                self.say(f"{number:,} of {all_of_them:,} in {took:.0f} s; {left:.0f} s to go.")
            for heard in visitors.asking(stop):
                take(heard)

    def _plant_and_compare_purges(self, world: World, purges: list[NotedPurge]) -> None:
        """Hiding something shows readers nothing else, so a CDN is asked for nothing; but what was public once was
        dropped when it went up and when it went.
        """
        causes: dict[str, None] = {}
        for state in self.states:
            purges.clear()
            self._plant(world, [state])
            betraying = [each.keys for each in purges if each.at >= world.now]
            self.findings.extend(Finding(PURGES, OF_A_CDN, f"{len(keys)} keys", "") for keys in betraying)
            causes |= dict.fromkeys([in_words(state.state)] if betraying else [])
        self.causes[PURGES, OF_A_CDN] = [*causes]
        self.counted[PURGES, OF_A_CDN] += 1
        self.comparison.made += 1

    def _compare_elsewhere(self, answers: dict[str, tuple[object, ...]]) -> None:
        route_of = {stop.address: stop.route for stop in self.stops}
        for address, answer in answers.items():
            self.counted[route_of[address], ELSEWHERE] += 1
            self.comparison.made += 1
            if answer != told(self.comparison.plain[COLD, address]):
                self.findings.append(Finding(route_of[address], ELSEWHERE, "differs", address))

    def _time(self, visitors: Visitors, hidden: Slugs, nothing: dict[str, str]) -> None:
        for pair in timed(visitors, hidden, nothing):
            self.pairs.append(pair)
            if pair.is_wild:
                self.findings.append(Finding(pair.route, COLD, TAKES_LONGER, ""))

    def report(self, at: str, database: str, seconds: float) -> LeakReport:
        """What is known so far. A route that was not asked for is unknown."""
        leaks = Counter((each.route, each.way, each.what) for each in self.findings)
        addresses = Counter(stop.route for stop in self.stops)
        ways: Counter[str] = Counter()
        for (_route, way), count in self.counted.items():
            ways[way] += count
        answers: Counter[str] = Counter()
        for (route, _way), count in self.counted.items():
            answers[route] += count
        found = routes()
        return LeakReport(
            at=at,
            version=_version_of_ours(),
            database=database,
            seconds=round(seconds, 1),
            megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            compared=self.comparison.made,
            kinds=dict(Counter(in_words(state.state) for state in self.states)),
            ways=dict(ways),
            surfaces=[
                SurfaceLine(each.name, str(each), addresses[each.name], answers[each.name])
                for each in found
                if each.is_known
            ],
            unknown=[str(each) for each in found if not each.is_known or not answers[each.name]],
            leaks=[
                LeakLine(route, way, what, times, self.causes.get((route, way), []))
                for (route, way, what), times in sorted(leaks.items())
            ],
            history=self.history,
            times=[asdict(pair) for pair in self.pairs],
        )


def _version_of_database() -> str:
    return ".".join(str(number) for number in connection.get_database_version())


def _version_of_ours() -> str:
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())
    return str(project["project"]["version"])
