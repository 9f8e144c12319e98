"""A real Redis of its own, which may be killed."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.served import HOST

PATIENCE = 10


@contextmanager
def redis_server() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Run Redis; yields the CACHE_URL that names it, and its process. It goes with the block."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.create_server((HOST, 0)) as free:
            port = free.getsockname()[1]
        program = shutil.which("redis-server") or "/usr/bin/redis-server"
        command = [program, "--bind", HOST, "--port", str(port), "--save", "", "--dir", folder]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            yield f"rediscache://{HOST}:{port}/0", server
        finally:
            server.kill()
            server.wait(timeout=PATIENCE)
