"""The CDN is asked in a thread of its own, a few times; a failure is logged, and told at the desk."""

import http.server
import json
import logging
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client

from reviews.desk.cdn import calling, purging, unconfirmed
from reviews.desk.cdn.purging import purge
from reviews.desk.cdn.unconfirmed import FOLDER, failures, last_failure
from reviews.rules.surrogate_keys import SITE
from reviews.seeding.factories import make_account, make_outlet

TOKEN = "hunter2-of-the-cdn"
SLOWLY = 1.5


@dataclass
class Cdn:
    """A CDN that notes what it is asked; ``statuses`` are those of its next answers, ``wait`` how long each takes."""

    asked: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    wait: float = 0.0

    def waited_for(self, number: int) -> list[dict[str, str]]:
        """The requests, once all threads that ask are done."""
        for thread in threading.enumerate():
            if thread.name == "cdn-purge":
                thread.join(20)
        assert len(self.asked) == number
        return self.asked


@pytest.fixture
def cdn(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cdn]:
    cdn = Cdn()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            named = {name.lower(): value for name, value in self.headers.items()}
            cdn.asked.append(named | {"path": self.path, "by": self.command})
            time.sleep(cdn.wait)
            self.send_response(cdn.statuses.pop(0) if cdn.statuses else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    settings.CDN_PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
    settings.CDN_PURGE_HEADER = f"Fastly-Key: {TOKEN}"
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr(purging, "_PURGES", purging._Purges())
    monkeypatch.setattr(purging, "WAIT", 0.02)
    monkeypatch.setattr(purging, "PAUSE", 0.02)
    yield cdn
    cdn.wait = 0
    server.shutdown()
    server.server_close()


class TestAPurge:
    def test_is_a_post_of_the_keys_with_the_secret(self, cdn: Cdn) -> None:
        purge({"b", "a"})
        (asked,) = cdn.waited_for(1)
        assert (asked["by"], asked["path"]) == ("POST", "/purge")
        assert (asked["surrogate-key"], asked["fastly-key"]) == ("a b", TOKEN)
        assert last_failure() is None

    def test_is_none_without_a_cdn_or_without_keys(self, cdn: Cdn, settings: Any) -> None:
        purge(set())
        settings.CDN_PURGE_URL = ""
        purge({"a"})
        cdn.waited_for(0)

    def test_needs_no_secret(self, cdn: Cdn, settings: Any) -> None:
        settings.CDN_PURGE_HEADER = ""
        purge({"a"})
        assert cdn.waited_for(1)[0]["surrogate-key"] == "a"

    def test_keeps_nobody_waiting(self, cdn: Cdn) -> None:
        cdn.wait = SLOWLY
        begun = time.monotonic()
        purge({"a"})
        assert time.monotonic() - begun < SLOWLY / 3
        cdn.waited_for(1)

    def test_waits_until_every_process_knows(self, cdn: Cdn, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(purging, "WAIT", 0.4)
        begun = time.monotonic()
        purge({"a"})
        cdn.waited_for(1)
        assert time.monotonic() - begun >= 0.4

    def test_takes_along_what_comes_meanwhile(self, cdn: Cdn, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(purging, "WAIT", 0.2)
        for key in "abc":
            purge({key})
        assert cdn.waited_for(1)[0]["surrogate-key"] == "a b c"

    def test_of_too_much_is_of_everything(self, cdn: Cdn) -> None:
        purge({str(number) for number in range(purging.MOST_KEYS + 1)})
        assert cdn.waited_for(1)[0]["surrogate-key"] == SITE

    def test_is_asked_for_again_where_it_fails(self, cdn: Cdn) -> None:
        cdn.statuses = [503, 500]
        purge({"a"})
        assert [asked["surrogate-key"] for asked in cdn.waited_for(3)] == ["a"] * 3
        assert last_failure() is None


class TestAFailure:
    @pytest.mark.parametrize("status", [302, 403, 500])
    def test_is_logged_and_told_after_three_tries(
        self, cdn: Cdn, status: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        cdn.statuses = [status] * 9
        with caplog.at_level(logging.ERROR, "reviews.cdn"):
            purge({"a"})
            asked = cdn.waited_for(3)
        assert {each["path"] for each in asked} == {"/purge"}
        failure = last_failure()
        assert failure
        assert failure.reason == f"it answered with status {status}"
        assert str(status) in caplog.text
        assert TOKEN not in caplog.text + str(failure)

    def test_where_nobody_answers(self, cdn: Cdn, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(calling, "PATIENCE", 0.05)
        cdn.wait = 0.3
        purge({"a"})
        cdn.waited_for(3)
        failure = last_failure()
        assert failure
        assert failure.reason == "it did not answer within 0.05 seconds"

    def test_where_nobody_is(self, cdn: Cdn, settings: Any) -> None:
        settings.CDN_PURGE_URL = "http://127.0.0.1:9/"
        purge({"a"})
        cdn.waited_for(0)
        failure = last_failure()
        assert failure
        assert failure.reason == "it could not be reached (ConnectionRefusedError)"

    def test_is_forgotten_once_a_purge_is_confirmed(self, cdn: Cdn) -> None:
        cdn.statuses = [500] * 3
        purge({"a"})
        cdn.waited_for(3)
        assert last_failure()
        purge({"b"})
        cdn.waited_for(4)
        assert last_failure() is None

    def test_is_made_up_for_by_the_next_purge(self, cdn: Cdn) -> None:
        cdn.statuses = [500] * 3
        purge({"a"})
        cdn.waited_for(3)
        purge({"b"})
        assert cdn.waited_for(4)[-1]["surrogate-key"] == "a b"
        purge({"c"})
        assert cdn.waited_for(5)[-1]["surrogate-key"] == "c"

    def test_is_made_up_for_by_another_process(self, cdn: Cdn, monkeypatch: pytest.MonkeyPatch) -> None:
        cdn.statuses = [500] * 6
        for number, key in enumerate("ab", 1):
            monkeypatch.setattr(purging, "_PURGES", purging._Purges())
            purge({key})
            cdn.waited_for(3 * number)
            assert last_failure()
        assert len(failures()) == 1
        monkeypatch.setattr(purging, "_PURGES", purging._Purges())
        purge({"c"})
        assert cdn.waited_for(7)[-1]["surrogate-key"] == "a b c"
        assert last_failure() is None

    def test_of_another_process_meanwhile_is_not_forgotten(
        self, cdn: Cdn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def call(keys: Collection[str]) -> None:
            unconfirmed.note({"b"}, "it answered with status 500")

        monkeypatch.setattr(purging, "call", call)
        purge({"a"})
        cdn.waited_for(0)
        assert [failure.keys for failure in failures().values()] == [["b"]]

    def test_for_want_of_a_thread_does_not_stop_the_next(
        self, cdn: Cdn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(
                threading.Thread, "start", Mock(side_effect=RuntimeError("can't start new thread"))
            )
            purge({"a"})
        assert "No thread for a purge could be started." in caplog.text
        purge({"b"})
        assert cdn.waited_for(1)[-1]["surrogate-key"] == "a b"

    def test_that_cannot_be_written_down_is_logged(
        self, cdn: Cdn, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        cdn.statuses = [500] * 3
        (tmp_path / "file").write_text("")
        settings.VAR_DIR = tmp_path / "file"
        with caplog.at_level(logging.ERROR, "reviews.cdn"):
            purge({"a"})
            cdn.waited_for(3)
        assert "A purge failed." in caplog.text
        settings.VAR_DIR = tmp_path
        purge({"b"})
        assert cdn.waited_for(4)[-1]["surrogate-key"] == "a b"

    def test_that_is_no_failure_of_ours_is_not_told(self, cdn: Cdn, settings: Any) -> None:
        (settings.VAR_DIR / FOLDER).mkdir(parents=True)
        for words in ("", "[]", "{}", '{"at": 1}'):
            (settings.VAR_DIR / FOLDER / "x.json").write_text(words)
            assert last_failure() is None


@pytest.mark.django_db
class TestTheDesk:
    @pytest.fixture(autouse=True)
    def failed(self, settings: Any, tmp_path: Path) -> None:
        settings.VAR_DIR = tmp_path
        settings.CDN_PURGE_URL = "http://cdn.invalid/"
        (tmp_path / FOLDER).mkdir()
        for hour, status in ((20, 500), (21, 403), (19, 404)):
            failure = {"at": f"2025-06-05T{hour}:30:00+00:00", "reason": f"it answered with status {status}"}
            (tmp_path / FOLDER / f"{status}.json").write_text(json.dumps(failure | {"keys": ["a"]}))
        make_outlet()

    def home(self, role: str) -> str:
        client = Client()
        client.force_login(make_account(role))
        return client.get("/admin/").content.decode()

    @pytest.mark.parametrize("role", ["Editor", "Publisher"])
    def test_tells_whoever_publishes(self, role: str) -> None:
        page = self.home(role)
        assert "it answered with status 403" in page
        assert "22:30" in page

    def test_tells_nobody_else(self) -> None:
        assert "403" not in self.home("Critic")

    def test_says_nothing_without_a_cdn(self, settings: Any) -> None:
        settings.CDN_PURGE_URL = ""
        assert "403" not in self.home("Publisher")
