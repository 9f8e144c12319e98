"""Many connections that ask for pages again and again, and what each answer showed and when."""

import asyncio
import itertools
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LATE = 1.0
"""Seconds after its moment from which an answer has to show the review."""
PATIENCE = 15


@dataclass
class Crowd:
    """What was seen: ``early`` and ``late`` hold by how many seconds. ``lift`` is in seconds since 1970."""

    lift: float
    words: bytes
    early: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    first_seen: float = float("inf")
    last_unseen: float = float("-inf")
    answers: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    async def ask(
        self, address: str, paths: list[str], *, connections: int, until: float, pause: float
    ) -> None:
        """Ask until a moment (seconds since 1970), each connection for all paths in turn."""
        await asyncio.gather(
            *(self._visitor(address, paths, number, until, pause) for number in range(connections))
        )

    async def _visitor(self, address: str, paths: list[str], first: int, until: float, pause: float) -> None:
        host = urlsplit(address).netloc
        door: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        await asyncio.sleep(pause * (first % 50) / 50)
        for path in itertools.islice(itertools.cycle(paths), first, None):
            if time.time() > until:
                break
            try:
                door = door or await asyncio.open_connection(*host.split(":"))
                began = time.time()
                status, body = await asyncio.wait_for(_answer(*door, host, path), PATIENCE)
            except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
                self.faults[type(error).__name__] += 1
                _close(door)
                door = None
                continue
            self._note(status, body, began, time.time())
            await asyncio.sleep(pause)
        _close(door)

    def _note(self, status: int, body: bytes, began: float, ended: float) -> None:
        self.answers += 1
        if status not in (200, 404):
            self.faults[str(status)] += 1
        elif self.words in body:
            self.first_seen = min(self.first_seen, ended)
            if ended < self.lift:
                self.early.append(self.lift - ended)
        else:
            self.last_unseen = max(self.last_unseen, began)
            if began > self.lift + LATE:
                self.late.append(began - self.lift)


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, path: str
) -> tuple[int, bytes]:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if "transfer-encoding: chunked" in head:
        body = b""
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
    else:
        body = await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
    if "connection: close" in head:
        writer.close()
    return int(head.split()[1]), body


def _close(door: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None) -> None:
    if door:
        door[1].close()
