"""Pages that processes share through Redis: it saves work, and decides nothing."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.http import HttpResponse
from django.test import Client

from reviews.audit.counting import counted
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import PublicState
from reviews.models.public import state
from reviews.public import page_cache
from reviews.public.page_cache import shared
from reviews.public.page_cache.keeping import KEEPER
from reviews.public.page_cache.middleware import PageCacheMiddleware
from reviews.seeding.factories import MOMENT, make_edition, make_outlet, make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "pages_are_kept")]

PAGE = "/reviews/public/"
NOWHERE = "redis://127.0.0.1:1/0"


class InMemory(dict[str, bytes]):
    """What we ask of Redis, without one."""

    def set(self, name: str, value: bytes, *, nx: bool = False, **expiry: int) -> bool | None:
        if nx and name in self:
            return None
        self[name] = value
        return True

    def delete(self, name: str) -> int:
        return int(self.pop(name, None) is not None)


@pytest.fixture(autouse=True)
def site(now: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "KNOWN_FOR", 0)
    PublicState.objects.ensure()
    make_outlet()
    make_edition(slug="public")


def configure(settings: Any, location: str) -> None:
    shared.shared_at.cache_clear()
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": location}
    }


@pytest.fixture
def kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> InMemory:
    """A Redis in memory, and what it keeps."""
    configure(settings, NOWHERE)
    kept = InMemory()
    monkeypatch.setattr(shared.shared_at(NOWHERE), "_client", kept)
    return kept


def in_another_process(path: str = PAGE, **headers: str) -> tuple[int, Any]:
    """An answer, and how many queries it took, where this process keeps nothing."""
    page_cache.forget()
    KEEPER.validity.standing()
    with counted() as count:
        response = Client().get(path, headers=headers)
    return count.queries, response


def told(response: Any) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, headers, response.content


class TestAPageThatAnotherProcessMade:
    @pytest.mark.parametrize("encoding", ["", "gzip", "br"])
    def test_is_the_same_answer_and_is_not_made_again(self, kept: InMemory, encoding: str) -> None:
        made, first = in_another_process(**{"Accept-Encoding": encoding})
        asked, second = in_another_process(**{"Accept-Encoding": encoding})
        assert told(first) == told(second)
        # The row where it is looked for, and once more before the page would be made.
        assert asked == 2 < made

    def test_is_of_use_only_while_nothing_has_changed(self, kept: InMemory) -> None:
        review = make_review(slug="new")
        publishing.publish(review, at=MOMENT.replace(hour=1), backdated=True)
        assert in_another_process("/reviews/new/")[1].status_code == 200
        withdrawing.withdraw(review)
        assert in_another_process("/reviews/new/")[1].status_code == 404

    @pytest.mark.parametrize("spoil", [b"", b"x", b"\x80\x04.", b"[]\n", b"x" * 10_000])
    def test_is_made_again_if_it_is_garbage(self, kept: InMemory, spoil: bytes) -> None:
        good = told(in_another_process()[1])
        kept |= dict.fromkeys(kept, spoil)
        assert told(in_another_process()[1]) == good

    def test_nor_counts_if_somebody_else_wrote_it(self, kept: InMemory) -> None:
        good = told(in_another_process()[1])
        for key, value in kept.items():
            for place in (0, 40, len(value) - 1):
                kept[key] = value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
                assert told(in_another_process()[1]) == good

    def test_nor_at_another_address(self, kept: InMemory) -> None:
        good = told(in_another_process("/about/")[1])
        [of_about] = set(kept)
        in_another_process()
        [of_page] = set(kept) - {of_about}
        kept[of_about] = kept[of_page]
        assert told(in_another_process("/about/")[1]) == good

    def test_is_none_at_addresses_that_anybody_can_think_of(self, kept: InMemory) -> None:
        for path in ("/films/?after=" + "0" * 32 + "-x", "/reviews/never/", "/films/never/"):
            in_another_process(path)
        assert not kept

    def test_is_waited_for_while_it_is_made(self, kept: InMemory, monkeypatch: pytest.MonkeyPatch) -> None:
        in_another_process()
        [key] = kept
        page, waits = kept.pop(key), []
        kept[f"{key}:making"] = b""

        def arrive(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 3:
                kept[key] = page

        monkeypatch.setattr(time, "sleep", arrive)
        assert (in_another_process()[0], len(waits)) == (2, 3)

    def test_is_made_here_if_it_never_comes(self, kept: InMemory, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shared, "LONGEST_MAKING", 0.1)
        good = told(in_another_process()[1])
        [key] = kept
        kept.clear()
        kept[f"{key}:making"] = b""
        assert told(in_another_process()[1]) == good


class TestARedisThatIsAway:
    def test_costs_a_moment_once(self, settings: Any) -> None:
        good = told(in_another_process()[1])
        configure(settings, NOWHERE)
        begun = time.monotonic()
        assert [told(in_another_process()[1]) for _ in range(3)] == [good] * 3
        assert time.monotonic() - begun < 2

    def test_as_does_one_that_never_answers(self, settings: Any) -> None:
        good = told(in_another_process()[1])
        with socket.create_server(("127.0.0.1", 0)) as silent:
            configure(settings, f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
            begun = time.monotonic()
            assert [told(in_another_process()[1]) for _ in range(3)] == [good] * 3
            assert time.monotonic() - begun < 2


@pytest.mark.nightly
class TestARealRedis:
    @pytest.fixture
    def server(self, settings: Any, tmp_path: Path) -> Iterator[Any]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        program = shutil.which("redis-server") or "/usr/bin/redis-server"
        server = subprocess.Popen(
            [program, "--port", str(port), "--save", "", "--dir", str(tmp_path)], stdout=subprocess.DEVNULL
        )
        client = redis.Redis(port=port)
        try:
            for _ in range(100):
                try:
                    client.ping()
                    break
                except redis.RedisError:
                    time.sleep(0.05)
            configure(settings, f"redis://127.0.0.1:{port}/0")
            yield server, client
        finally:
            server.kill()
            server.wait(10)

    def test_shares_pages_and_may_be_killed(self, server: Any) -> None:
        process, client = server
        made, first = in_another_process()
        asked, second = in_another_process()
        assert (told(first), asked < made) == (told(second), True)
        keys = client.keys()
        assert all(0 < client.ttl(key) <= shared.EXPIRES_AFTER for key in keys)
        for key in keys:
            client.set(key, b"garbage")
        assert told(in_another_process()[1]) == told(first)
        process.kill()
        process.wait(10)
        assert [told(in_another_process()[1]) for _ in range(3)] == [told(first)] * 3


class TestTheRelease:
    """Pages of an earlier release, which runs until it is restarted, are not for a later one."""

    def test_is_that_of_the_files_when_the_server_started(self, settings: Any) -> None:
        configure(settings, NOWHERE)
        shared.release.cache_clear()
        PageCacheMiddleware(lambda request: HttpResponse())
        assert shared.release.cache_info().currsize == 1

    @pytest.mark.parametrize(
        "file", ["reviews/a/b.py", "reviewsite/settings.py", "templates/page.html", "static/staticfiles.json"]
    )
    def test_is_another_if_a_file_of_it_is(
        self, file: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.STATIC_ROOT = tmp_path / "static"
        monkeypatch.setattr(shared, "_PRODUCT", tmp_path)
        (tmp_path / file).parent.mkdir(parents=True)
        digests = set()
        for content in ("one", "other"):
            (tmp_path / file).write_text(content)
            digests.add(shared.release.__wrapped__())
        assert len(digests) == 2
