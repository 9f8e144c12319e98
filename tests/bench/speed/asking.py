"""Requests that go through the whole site in this process, and what each costs."""

import io
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from django.db import connection

from reviews.audit.counting import Count, counted

HOST = "reviews.example"
NANO = 1e-9

T = TypeVar("T")
Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


@dataclass(frozen=True)
class Answer:
    """``seconds`` are of CPU, those of the database's server included."""

    seconds: float
    status: int
    headers: Mapping[str, str]
    body: bytes


def timed(step: Callable[[], T]) -> tuple[T, float]:
    """What a step returns, and the CPU that it took: this process's and its PostgreSQL connection's server's."""
    process, served = _server()
    began = time.process_time()
    done = step()
    took = time.process_time() - began
    same, serves = _server()
    # A connection that was opened meanwhile has another process, all of whose time was for this step.
    return done, took + serves - (served if same == process else 0)


def _server() -> tuple[int, float]:
    """The process of the connection's server, and its seconds of CPU; none without one."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0, 0.0
    process = connection.connection.info.backend_pid
    told = Path(f"/proc/{process}/schedstat")
    return process, int(told.read_text().split()[0]) * NANO if told.exists() else 0.0


def ask(application: Application, address: str, **headers: str) -> Answer:
    """GET an address as a WSGI server does. ``headers`` are the environment's: ``HTTP_IF_NONE_MATCH``."""
    path, _, query = address.partition("?")
    said: list[Any] = []
    environment: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": HOST,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **headers,
    }

    def answered() -> bytes:
        response = application(environment, lambda status, named, *_: said.extend((status, named)))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return body

    body, seconds = timed(answered)
    return Answer(seconds, int(said[0][:3]), {name.lower(): value for name, value in said[1]}, body)


def count(application: Application, address: str) -> tuple[Answer, Count]:
    with counted() as found:
        answer = ask(application, address)
    return answer, found
