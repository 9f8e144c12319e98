"""The demo as production serves it: gunicorn, hashed and compressed files, a database of its own that goes with it."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
HOST = "127.0.0.1"
PATIENCE = 60
LIKE_THE_DEMO = ["--preload", "--worker-class=gthread", "--threads=4", "--log-level=warning"]


@dataclass(frozen=True)
class Served:
    """A running demo: its address, the publisher's session, and the paths of what is staged at its desk."""

    address: str
    cookie: dict[str, str]
    paths: dict[str, str]


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process, and what was printed when its data were prepared."""

    address: str
    pid: int
    prepared: dict[str, Any]
    environment: dict[str, str]

    def workers(self) -> list[int]:
        """The processes that answer, by their ids."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def run(self, module: str) -> Any:
        """What a module of ours prints as JSON, beside the running server."""
        return json.loads(_run(module, self.environment))


@contextmanager
def served_demo() -> Iterator[Served]:
    """Prepare a demo in a temporary folder and serve it until the block ends. Raises CalledProcessError, OSError."""
    with served("tests.bench.prepare", workers=1) as server:
        prepared = server.prepared
        yield Served(server.address, {**prepared["cookie"], "url": server.address}, prepared["paths"])


@contextmanager
def served(prepare: str, *, workers: int, is_silent: bool = False, **variables: str) -> Iterator[Server]:
    """Run a module that prepares data and prints JSON, and serve them. Raises CalledProcessError, OSError.

    ``variables`` are set in the environment of both. A server that ``is_silent`` logs nothing, not even each 404.
    """
    with tempfile.TemporaryDirectory() as folder, socket.create_server((HOST, 0), backlog=256) as door:
        address = f"http://{HOST}:{door.getsockname()[1]}"
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
            "DEMO": "1",
            "DEMO_KEY": secrets.token_urlsafe(50),
            "DEMO_ADDRESS": address,
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "reviewsite.settings",
            **variables,
        }
        prepared = json.loads(_run(prepare, environment))
        # The door is open before the server is: a visitor who comes early waits, and no port is lost to a neighbour.
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "reviewsite.wsgi",
                f"--bind=fd://{door.fileno()}",
                f"--workers={workers}",
                *LIKE_THE_DEMO,
            ],
            cwd=ROOT,
            env=environment,
            pass_fds=[door.fileno()],
            stderr=subprocess.DEVNULL if is_silent else None,
        )
        door.close()
        try:
            with urllib.request.urlopen(f"{address}/", timeout=PATIENCE):
                yield Server(address, server.pid, prepared, environment)
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def _run(module: str, environment: dict[str, str]) -> str:
    """What a module of ours prints, run in an environment that holds nothing of this process's settings."""
    return subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=True,
    ).stdout
