"""A short audit of a small site finds nothing, changes nothing, leaves nothing, and refuses what it does not know."""

import signal
import stat
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, path

from reviews import clock
from reviews.audit.canaries import canaries_of, grown
from reviews.audit.copying import CannotCopy, copied, switched_to
from reviews.audit.report import LeakReport, keep, last_report
from reviews.audit.running import Audit, Extent
from reviews.audit.surfaces import public_routes, routes
from reviews.audit.walking.tours import TIME_MACHINE, Stop
from reviews.models import Edition, Film, Review
from reviews.seeding.factories import make_edition, make_outlet, make_review
from reviewsite import urls

# A copy is made of what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

KIND = "approved_for_later"
SHORT = Extent(most=1, few=1, then=200, kinds=(KIND,))
SHORTEST = replace(SHORT, then=9, places=1)
"""One thing on a film, critic and tag of its own; the time machine at some addresses."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "leak-audit"


@pytest.fixture(autouse=True)
def site(folder: Path) -> None:
    make_outlet()
    make_edition(headline="Seen by all", tags=("noir",))
    make_review(headline="The site's own secret")


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


AT_NIGHT_ELSEWHERE = () if connection.vendor == "sqlite" else pytest.mark.nightly
"""A whole audit is of a commit on one database only."""


@pytest.fixture(autouse=True)
def statements_as_composed() -> None:
    """Do not compare prepared statements once more: every page's own tests do."""


class TestAnAudit:
    @pytest.mark.parametrize(
        ("extent", "least"),
        [
            pytest.param(SHORTEST, 600, id="at each commit", marks=AT_NIGHT_ELSEWHERE),
            pytest.param(SHORT, 1500, id="at night", marks=pytest.mark.nightly),
        ],
    )
    def test_of_a_site_without_leaks_finds_none(
        self, extent: Extent, least: int, folder: Path, record_property: Any
    ) -> None:
        before = {
            model: list(model._base_manager.values_list("pk", flat=True)) for model in (Film, Review, Edition)
        }
        audit = Audit(extent, lambda line: None)
        report = audit.run()
        assert audit.findings == []
        assert report.has_passed
        assert report.compared > least
        assert {line.route for line in report.readers} == public_routes()
        assert all(line.answers for line in report.surfaces)
        for way in (
            "GET, warm",
            "GET, conditional",
            "GET, br",
            "HEAD",
            "POST",
            "OPTIONS",
            "GET as an editor",
            "GET, another process",
        ):
            assert report.ways[way] >= 10, way
        assert report.ways["purge"] == 1
        then = sum(stop.route == TIME_MACHINE for stop in audit.stops)
        assert audit.counted[TIME_MACHINE, "GET as a critic"] == then > 9
        assert report.kinds == {"scheduled reviews": extent.places or 5}
        after = {model: list(model._base_manager.values_list("pk", flat=True)) for model in before}
        assert after == before
        keep(report, folder)
        assert last_report() == report
        assert mode(folder / "report.json") == 0o600
        assert "own secret" not in (folder / "report.json").read_text()
        assert {file.name for file in folder.iterdir()} == {"lock", "report.json"}
        record_property("comparisons", report.compared)


class TestPurges:
    """A CDN is asked for nothing when something is hidden, whatever it was asked when readers still saw it."""

    @pytest.mark.parametrize(
        "kinds", [("withdrawn",), pytest.param((), marks=pytest.mark.nightly, id="every kind")]
    )
    def test_of_what_was_seen_once_are_no_leaks(self, kinds: tuple[str, ...]) -> None:
        audit = Audit(replace(SHORTEST, kinds=kinds), lambda line: None)
        with audit._copied(clock.now()) as (_, purges):
            world = audit._populated()
            audit.states = canaries_of(world, kinds, 1)
            audit._plant_and_compare_purges(grown(world), purges)
        assert audit.findings == []


class TestTheCopy:
    def test_is_its_owners_alone_and_gone_afterwards(self, folder: Path) -> None:
        with copied() as copy:
            file = Path(copy["NAME"])
            assert (mode(file), mode(file.parent), mode(folder)) == (0o600, 0o700, 0o700)
            with switched_to(copy):
                Film.objects.all().update(title="Written to the copy")
                assert Film.objects.first()
        assert not Film.objects.filter(title="Written to the copy").exists()
        assert [file.name for file in folder.iterdir()] == ["lock"]

    def test_of_a_killed_audit_is_removed_by_the_next(self, folder: Path) -> None:
        left = folder / "copy-left"
        left.mkdir(parents=True)
        (left / "copy.sqlite3").write_text("what it held")
        with copied():
            assert not left.exists()

    def test_is_gone_when_the_audit_is_interrupted(self, folder: Path) -> None:
        with pytest.raises(KeyboardInterrupt), copied():
            raise KeyboardInterrupt
        assert [file.name for file in folder.iterdir()] == ["lock"]

    def test_is_made_by_one_audit_at_a_time(self) -> None:
        with copied(), pytest.raises(CannotCopy, match="is running"), copied():
            pass


if connection.vendor != "sqlite":
    del TestTheCopy  # What it says is of SQLite's file: tests/audit/test_postgresql.py has the other.


class TestAnUnknownSurface:
    @pytest.fixture(autouse=True)
    def another_route(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        def extra(request: HttpRequest) -> HttpResponse:
            return HttpResponse(Edition.objects.count())

        monkeypatch.setattr(urls, "urlpatterns", [path("extra/", extra, name="extra"), *urls.urlpatterns])
        clear_url_caches()
        yield
        monkeypatch.undo()
        clear_url_caches()

    def test_is_in_the_report(self) -> None:
        audit = Audit(SHORT, lambda line: None)
        audit.stops = [Stop(route.name, "/") for route in routes()]
        audit.counted.update({(route.name, "GET"): 1 for route in routes()})
        audit.comparison.made = 1
        report = audit.report("2025-06-06T12:00:00+00:00", "SQLite", 1.0)
        assert report.unknown == ["/extra/"]
        assert not report.has_passed


@pytest.mark.parametrize("ends", [OperationalError, KeyboardInterrupt])
def test_how_signals_are_handled_is_as_before(
    ends: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    during = []

    def fail(audit: Audit) -> None:
        during.append(signal.getsignal(signal.SIGTERM))
        raise ends

    monkeypatch.setattr(Audit, "run", fail)
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(CommandError):
        call_command("leak_audit", stdout=StringIO())
    assert signal.getsignal(signal.SIGTERM) == before != during[0]


def test_a_database_that_has_no_room_is_told_of_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(audit: Audit) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Audit, "run", full)
    with pytest.raises(CommandError, match="its copy is removed: database or disk is full"):
        call_command("leak_audit", stdout=StringIO())


def test_a_report_that_cannot_be_read_is_none(folder: Path) -> None:
    assert last_report() is None
    folder.mkdir()
    for text in ("", "{}", "[]", '{"surfaces": 1}'):
        (folder / "report.json").write_text(text)
        assert last_report() is None


def test_nothing_compared_is_no_proof() -> None:
    report = LeakReport("2025-06-06T12:00:00+00:00", "1", "SQLite", 1.0, 1, 0, {}, {}, [], [], [])
    assert not report.has_passed
