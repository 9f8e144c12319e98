"""Another process, which keeps pages from before anything was hidden, and answers as everybody else afterwards.

It reads and writes lines of JSON, and answers each with its answers.
"""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any

from django.conf import settings

from reviews import clock
from reviews.audit.asking import SiteAnswer, ask, silently
from reviews.audit.copying import switched_to
from reviews.audit.walking.comparing import condensed
from reviews.audit.walking.visitors import NOT_TO_BE, Visitor

COMMAND = "leak_audit"
AS_ANOTHER = "--as-another-process"

Told = tuple[int, Mapping[str, str], str]
"""Status, headers, and the digest of the body in hexadecimal digits."""


class AnotherProcess:
    """The side that audits. Ends with the block."""

    def __init__(self, copy: Mapping[str, Any], at: dt.datetime) -> None:
        self.copy, self.at = copy, at

    def __enter__(self) -> "AnotherProcess":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "django", COMMAND, AS_ANOTHER],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._tell({"at": self.at.isoformat(), "copy": {name: self.copy[name] for name in ("NAME",)}})
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()

    def asked(self, addresses: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        """What it answers to a reader at each address."""
        self._tell(addresses)
        told = json.loads(_out(self.process.stdout).readline() or "[]")
        return {address: tuple(each) for address, each in zip(addresses, told, strict=True)}

    def _tell(self, what: object) -> None:
        _out(self.process.stdin).write(json.dumps(what) + "\n")
        _out(self.process.stdin).flush()


def _out(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError("A pipe to another process is missing.")
    return stream


def told(answer: SiteAnswer) -> Told:
    """An answer (condensed) without what it took."""
    return answer.status, answer.headers, answer.body.hex()


def be_another_process(told_to: Iterable[str], say: IO[str]) -> None:
    """The other side: read the copy that is named, and ask for the addresses of each line."""
    lines = iter(told_to)
    begun = json.loads(next(lines))
    with _reading(begun):
        reader = Visitor(raise_request_exception=False)
        for line in lines:
            say.write(json.dumps([_asked(reader, address) for address in json.loads(line)]) + "\n")
            say.flush()


@contextmanager
def _reading(begun: Mapping[str, Any]) -> Iterator[None]:
    with switched_to(begun["copy"]), clock.frozen_at(dt.datetime.fromisoformat(begun["at"])), silently():
        yield


def _asked(reader: Visitor, address: str) -> Told:
    try:
        answer, _ = ask(reader, "GET", address)
    except NOT_TO_BE as error:
        return 0, {}, type(error).__name__
    return told(condensed(answer))
