"""``make bench-load``: two workers under mixed load, without editors and then while some save.

With SQLite, or the PostgreSQL server that DATABASE_URL names; ``WITH_REDIS=1`` gives the workers a Redis.
Bounded in time. The times are of this machine, whose cores the readers share with the server, so they are told as
ratios to those of a quiet site: one reader, or one editor, at a time.
"""

import datetime as dt
import http.client
import itertools
import os
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

from tests.bench.editor import Editor
from tests.bench.lift.store import redis_server
from tests.bench.served import HOST, Server, served
from tests.bench.speed.in_front import HEAD, rows_in_front
from tests.bench.speed.memory import WORKERS
from tests.bench.speed.table import markdown, write

READERS = 16
SECONDS = 20
PATIENCE = 30


@dataclass
class Answered:
    """How long each answer took, in seconds, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def row(self, name: str, quiet: float, over: float) -> list[str]:
        if len(self.seconds) < 2:
            return [name, str(len(self.seconds)), "", "", "", str(self.faults.total())]
        p95 = quantiles(self.seconds, n=20)[-1]
        return [
            name,
            f"{len(self.seconds):,}",
            f"{len(self.seconds) / over:,.0f}",
            f"{median(self.seconds) / quiet:.1f}",
            f"{p95 / quiet:.1f}",
            f"{self.faults.total()} {dict(self.faults) or ''}".strip(),
        ]


def main(*, show: bool) -> None:
    """Measure, print the table, and enter it in the page unless it is only to be shown. Exits with what went wrong."""
    on_server = {name: os.environ[name] for name in ("DATABASE_URL",) if os.environ.get(name)}
    with_redis = bool(os.environ.get("WITH_REDIS"))
    with (
        redis_server() if with_redis else nullcontext(("", None)) as (cache, _process),
        served(
            "tests.bench.speed.prepare_load",
            workers=WORKERS,
            is_silent=True,
            DEMO="",
            SECRET_KEY=secrets.token_urlsafe(50),
            ALLOWED_HOSTS=HOST,
            SITE_URL=f"http://{HOST}",
            PAGE_CACHE="1",
            CACHE_URL=cache,
            LOG_LEVEL="ERROR",
            **on_server,
        ) as server,
    ):
        paths = list(server.prepared["pages"].values())
        _read(server, paths, readers=1, seconds=3)
        alone = _read(server, paths, readers=1, seconds=SECONDS / 4)
        crowd = _read(server, paths, readers=READERS, seconds=SECONDS)
        with _editors(server, 1) as alone_saved:
            time.sleep(SECONDS / 4)
        with _editors(server, len(server.prepared["editors"])) as saved:
            beside = _read(server, paths, readers=READERS, seconds=SECONDS)
        in_front = markdown(HEAD, rows_in_front(server.address, server.prepared["pages"]))
    quiet, quiet_save = median(alone.seconds), median(alone_saved.seconds)
    rows = [
        alone.row("one reader", quiet, SECONDS / 4),
        crowd.row(f"{READERS} readers", quiet, SECONDS),
        beside.row(
            f"{READERS} readers, while {len(server.prepared['editors'])} editors save", quiet, SECONDS
        ),
        alone_saved.row("one editor's saves, no reader", quiet_save, SECONDS / 4),
        saved.row("the editors' saves, beside the readers", quiet_save, SECONDS),
    ]
    head = ["", "answers", "a second", "median ÷ quiet", "p95 ÷ quiet", "errors"]
    text = markdown(head, rows)
    text += "\n\n" + in_front
    print(text)
    if not show:
        kind = (" on PostgreSQL" if on_server else "") + (" with Redis" if with_redis else "")
        when = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
        how = f"`make bench-load`{kind} on {when}: {WORKERS} workers, the page cache on; every kind of page in turn"
        write(f"load{kind}", f"{how}, {SECONDS} s each.\n\n{text}")
    faults = crowd.faults + beside.faults + alone_saved.faults + saved.faults
    sys.exit(f"{faults.total()} requests failed." if faults else 0)


def _read(server: Server, paths: list[str], *, readers: int, seconds: float) -> Answered:
    """Readers who each go through all kinds of page, from different ones, until the time is up."""
    answered = Answered()
    ends = time.monotonic() + seconds

    def work(first: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=PATIENCE)
        for path in itertools.islice(itertools.cycle(paths), first, None):
            if time.monotonic() > ends:
                break
            began = time.perf_counter()
            try:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                response = connection.getresponse()
                response.read()
            except (OSError, http.client.HTTPException) as error:
                answered.faults[type(error).__name__] += 1
                connection.close()
                continue
            answered.seconds.append(time.perf_counter() - began)
            if response.status not in (200, 301, 404):
                answered.faults[f"{response.status} {path}"] += 1
        connection.close()

    with ThreadPoolExecutor(readers) as pool:
        for done in [pool.submit(work, 3 * number) for number in range(readers)]:
            done.result()
    return answered


@contextmanager
def _editors(server: Server, number: int) -> Iterator[Answered]:
    """So many editors who each save their own review again and again until the block ends."""
    saved = Answered()
    enough = threading.Event()

    def work(each: dict[str, Any]) -> None:
        editor = Editor(server.address, server.prepared["cookie"], **each)
        for turn in itertools.count():
            if enough.is_set():
                return
            if fault := editor.save(f"{editor.slug}-{turn}"):
                saved.faults[fault] += 1
            else:
                saved.seconds.append(editor.took)

    threads = [threading.Thread(target=work, args=(each,)) for each in server.prepared["editors"][:number]]
    for thread in threads:
        thread.start()
    try:
        yield saved
    finally:
        enough.set()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    main(show="--show" in sys.argv)
