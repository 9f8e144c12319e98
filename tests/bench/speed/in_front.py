"""nginx in front of two workers: how many answers a second from its cache, beside a static file of the same size.

By the CPU that nginx takes: one of its processes answers no more than that. The client shares the machine, so what it
measured by the clock would be its own speed. Rounds of both alternate, and the medians count.
"""

import http.client
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from statistics import median
from urllib.parse import urlsplit

from tests.bench.lift.proxy import Front, nginx

HEAD = ["through nginx", "kB", "from its cache, a second", "a file of that size, a second", "cache ÷ file"]
NAMES = ("home", "review", "film, most", "list", "feed")
CONNECTIONS, TURNS, ROUNDS = 64, 600, 5
"""How many connections ask, how often each in a round, and how many rounds. nginx closes a connection after 1,000."""
PATIENCE = 10
FILE = "/yardstick.bin"
BROWSERS = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def rows_in_front(address: str, pages: Mapping[str, str]) -> list[list[str]]:
    """For each page: its size on the wire, its answers a second, those of a file of that size, and the ratio."""
    upstream, found = urlsplit(address).netloc, []
    for name in NAMES:
        path = pages[name]
        size = len(_answer(upstream, path)[1])
        with nginx(upstream, file=(FILE, size)) as front:
            rates: dict[str, list[float]] = {path: [], FILE: []}
            for _ in range(ROUNDS):
                for each, so_far in rates.items():
                    so_far.append(_rate(front, each))
        page, file = median(rates[path]), median(rates[FILE])
        found.append([name, f"{size / 1000:.1f}", f"{page:,.0f}", f"{file:,.0f}", f"{page / file:.2f}"])
    return found


def _rate(front: Front, path: str) -> float:
    """Answers a second of nginx's CPU. Raises ValueError if one is not as the first."""
    place = urlsplit(front.address).netloc
    head, body = _answer(place, path)
    host, port = place.split(":")
    with ExitStack() as open_ones:
        connections = [
            open_ones.enter_context(socket.create_connection((host, int(port)), timeout=PATIENCE))
            for _ in range(CONNECTIONS)
        ]
        before, request = front.cpu(), _request(place, path)
        buffer = memoryview(bytearray(len(head) + len(body)))
        for _ in range(TURNS):
            for connection in connections:
                connection.sendall(request)
            for connection in connections:
                _read(connection, buffer)
        return CONNECTIONS * TURNS / (front.cpu() - before)


def _read(connection: socket.socket, buffer: memoryview) -> None:
    got = 0
    while got < len(buffer):
        if not (more := connection.recv_into(buffer[got:])):
            raise ValueError("nginx closed a connection.")
        got += more
    if bytes(buffer[:12]) != b"HTTP/1.1 200":
        raise ValueError("The answers differ in length or status.")


def _request(place: str, path: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {place}",
        *(f"{name}: {value}" for name, value in BROWSERS.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _answer(place: str, path: str) -> tuple[bytes, bytes]:
    """The head and the body of one answer as they are sent."""
    host, port = place.split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        connection.sendall(_request(place, path))
        response = http.client.HTTPResponse(connection)
        response.begin()
        if response.status != 200:
            raise ValueError(f"{path} was answered with {response.status}.")
        head = b"HTTP/1.1 200 OK\r\n" + b"".join(
            f"{name}: {value}\r\n".encode("latin-1") for name, value in response.headers.items()
        )
        return head + b"\r\n", response.read()
