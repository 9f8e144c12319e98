"""How much memory a worker holds after it has answered for every page of an archive: its share of it (PSS)."""

import re
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.served import served

WORKERS = 2
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
        for file in _locations(server.address, "/sitemap.xml"):
            for path in _locations(server.address, file):
                _read(server.address, path)
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
