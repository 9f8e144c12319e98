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

ROOT = Path(__file__).parent.parent.parent
HOST = "127.0.0.1"
PATIENCE = 60
LIKE_THE_DEMO = ["--worker-class=gthread", "--threads=4", "--log-level=warning"]


@dataclass(frozen=True)
class Served:
    """A running demo: its address, the publisher's session, and the paths of what is staged at its desk."""

    address: str
    cookie: dict[str, str]
    paths: dict[str, str]


@contextmanager
def served_demo() -> Iterator[Served]:
    """Prepare a demo in a temporary folder and serve it until the block ends. Raises CalledProcessError, OSError."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server((HOST, 0)) as door:
        address = f"http://{HOST}:{door.getsockname()[1]}"
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
            "DEMO": "1",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": address,
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "STATIC_ROOT": f"{folder}/static",
            "DJANGO_SETTINGS_MODULE": "reviewsite.settings",
        }
        prepared = json.loads(_run("tests.bench.prepare", environment))
        # The door is open before the server is: a visitor who comes early waits, and no port is lost to a neighbour.
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "reviewsite.wsgi",
                f"--bind=fd://{door.fileno()}",
                *LIKE_THE_DEMO,
            ],
            cwd=ROOT,
            env=environment,
            pass_fds=[door.fileno()],
        )
        door.close()
        try:
            with urllib.request.urlopen(f"{address}/", timeout=PATIENCE):
                yield Served(address, {**prepared["cookie"], "url": address}, prepared["paths"])
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
