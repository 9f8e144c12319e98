"""How much memory a worker holds after it has answered for every page of an archive: its share of it (PSS)."""

import re
import urllib.request
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.served import served

WORKERS = 2
READERS = 16
"""At once: more than the threads of all workers, each of which has a connection to the database."""
_LOCATION = re.compile(r"<loc>([^<]+)</loc>")


def worker_megabytes() -> list[float]:
    """Megabytes of each worker, fewest first."""
    with served(
        "tests.bench.speed.prepare_load",
        workers=WORKERS,
        PAGE_CACHE="1",
        LOG_LEVEL="ERROR",
        MALLOC_ARENA_MAX="1",  # As README.md says.
    ) as server:
        files = _locations(server.address, "/sitemap.xml")
        paths = [path for file in files for path in _locations(server.address, file)]
        with ThreadPoolExecutor(READERS) as readers:
            deque(readers.map(partial(_read, server.address), paths), maxlen=0)
        return sorted(_share(pid) for pid in server.workers())


def _locations(address: str, path: str) -> list[str]:
    found = map(urlsplit, _LOCATION.findall(_read(address, path)))
    return [f"{each.path}?{each.query}" if each.query else each.path for each in found]


def _read(address: str, path: str) -> str:
    with urllib.request.urlopen(address + path) as response:
        page: str = response.read().decode()
    return page


def _share(pid: int) -> float:
    (kilobytes,) = re.findall(r"^Pss: +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(kilobytes) / 1024
