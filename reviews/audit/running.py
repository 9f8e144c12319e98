"""An audit from beginning to end."""

import random
import resource
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from reviews import clock
from reviews.audit.asking import DOOR, silently
from reviews.audit.canaries import canaries_of, grown, in_words, world_of_the_copy
from reviews.audit.copying import copied, switched_to
from reviews.audit.copying.switching import forget
from reviews.audit.planting import Planted, undone
from reviews.audit.report import LeakLine, LeakReport, SurfaceLine
from reviews.audit.surfaces import Slugs, routes
from reviews.audit.walking.comparing import Comparison, Finding
from reviews.audit.walking.elsewhere import AnotherProcess, told
from reviews.audit.walking.known import known_of
from reviews.audit.walking.searching import needles_of
from reviews.audit.walking.timing import TimedPair, timed
from reviews.audit.walking.tours import Stop, tour_of
from reviews.audit.walking.visitors import COLD, Heard, Visitors
from reviews.audit.world import World
from reviews.models import HistoryHead, PublicState

Say = Callable[[str], object]
ELSEWHERE = "GET, another process"
TAKES_LONGER = "takes another time"
PURGES, OF_A_CDN = "(purges)", "purge"
"""What stands for a route and a way where hiding something asks a CDN to drop pages."""
A_TENTH = 10


@dataclass(frozen=True)
class Extent:
    """How much is asked: ``most`` addresses of a route, ``few`` of them in every way; of which ``kinds`` of hiding."""

    most: int = 1000
    few: int = 10
    kinds: Sequence[str] = ()
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
    history: str = ""

    @property
    def findings(self) -> list[Finding]:
        return self.comparison.findings

    def run(self) -> LeakReport:
        """Copy the site, and audit the copy. Raises CannotCopy."""
        begun, at = time.monotonic(), clock.now()
        self.say("Copying the database.")
        with copied() as copy, switched_to(copy) as purges, clock.frozen_at(at), silently():
            database = f"{connection.display_name} {_version_of_database()}"
            with AnotherProcess(copy, at) as other:
                self._audit(other, purges)
        return self.report(at.isoformat(timespec="seconds"), database, time.monotonic() - begun)

    def _audit(self, other: AnotherProcess, purges: list[set[str]]) -> None:
        self.history = str(HistoryHead.objects.current() or "")
        world = world_of_the_copy()
        PublicState.objects.ensure()
        with transaction.atomic():
            world.populate()
        visitors = Visitors()
        self.states = canaries_of(world, self.extent.kinds)
        hidden = self._rehearsed(world)
        chance = random.Random(self.extent.seed)
        known = known_of(world, self.extent.most, chance)
        self.stops = tour_of(known, hidden, few=self.extent.few, most=self.extent.most, chance=chance)
        asked_elsewhere = [
            stop.address for stop in self.stops if stop.is_for_all and not stop.address.startswith(DOOR)
        ]
        self._walk(visitors, "without what is hidden", self.comparison.take)
        other.asked(asked_elsewhere)
        self.say(f"Hiding {len(self.states)} things.")
        planted = grown(world)
        purges.clear()
        self._plant(planted)
        self._compare_purges(purges)
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
            self._plant(rehearsal)
        new = defaultdict(list)
        for noun, slug in rehearsal.slugs:
            if (noun, slug) not in world.slugs:
                new[noun].append(slug)
        return new

    def _plant(self, world: World) -> None:
        for state in self.states:
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
        for number, stop in enumerate(self.stops):
            if number * A_TENTH // len(self.stops) != (number - 1) * A_TENTH // len(self.stops):
                self.say(f"Walking {how}: {number:,} of {len(self.stops):,} addresses.")
            for heard in visitors.asking(stop):
                take(heard)

    def _compare_purges(self, purges: list[set[str]]) -> None:
        """Hiding something shows readers nothing else, so a CDN is asked for nothing."""
        self.counted[PURGES, OF_A_CDN] += 1
        self.comparison.made += 1
        self.findings.extend(Finding(PURGES, OF_A_CDN, f"{len(keys)} keys", "") for keys in purges)

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
            leaks=[LeakLine(route, way, what, times) for (route, way, what), times in sorted(leaks.items())],
            history=self.history,
            times=[asdict(pair) for pair in self.pairs],
        )


def _version_of_database() -> str:
    return ".".join(str(number) for number in connection.get_database_version())


def _version_of_ours() -> str:
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())
    return str(project["project"]["version"])
