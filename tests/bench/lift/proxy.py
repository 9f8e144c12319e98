"""The real nginx with our snippet in front of a server."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.served import HOST, ROOT

SNIPPET = ROOT / "deploy" / "nginx.conf"
PATIENCE = 10


@dataclass(frozen=True)
class Front:
    """A running nginx: its address, and its main process."""

    address: str
    pid: int

    def cpu(self) -> float:
        """The seconds of CPU that its workers have taken."""
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in workers]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


@contextmanager
def nginx(
    upstream: str,
    *,
    behind_a_cdn: bool = False,
    file: tuple[str, int] = ("", 0),
    instead: Mapping[str, str] | None = None,
) -> Iterator[Front]:
    """Run nginx in front of ``host:port``. It goes with the block. ``instead``: other texts in place of the snippet's.

    ``file`` is the path of a static file of random bytes, and how many: what could be served at best.
    """
    with tempfile.TemporaryDirectory() as folder, socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
        free.close()
        place = Path(folder)
        place.chmod(0o755)
        conf = place / "nginx.conf"
        conf.write_text(
            _configuration(place, upstream, port, behind_a_cdn=behind_a_cdn, file=file, instead=instead or {})
        )
        server = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(conf), "-p", folder])
        try:
            _wait_for(port)
            yield Front(f"http://{HOST}:{port}", server.pid)
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def _configuration(
    place: Path,
    upstream: str,
    port: int,
    *,
    behind_a_cdn: bool,
    file: tuple[str, int],
    instead: Mapping[str, str],
) -> str:
    """The snippet as an outlet would change it, but without a certificate."""
    ours = SNIPPET.read_text()
    if behind_a_cdn:
        ours, found = re.subn(r"# Behind a CDN,.*# end\n", "", ours, flags=re.DOTALL)
        if not found:
            raise ValueError(f"{SNIPPET.name} does not say what a CDN needs.")
    for there, given in instead.items():
        if there not in ours:
            raise ValueError(f"{SNIPPET.name} does not have {there}.")
        ours = ours.replace(there, given)
    ours = ours.replace("127.0.0.1:8000", upstream).replace("/var/cache/nginx/reviews", str(place / "cache"))
    ours = ours.replace("listen 443 ssl;", f"listen {HOST}:{port};")
    ours = re.sub(r"\n *ssl_certificate.*", "", ours).replace("reviews.example", HOST)
    path, size = file
    if path:
        (place / path.strip("/")).write_bytes(os.urandom(size))
        ours = ours.replace(
            "    location / {", f"    location = {path} {{ root {place}; }}\n\n    location / {{", 1
        )
    paths = "".join(
        f"{kind}_temp_path {place / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; worker_processes 1; pid {place / 'pid'}; error_log stderr crit;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\naccess_log off; sendfile on; tcp_nopush on;\n"
        f"{paths}{ours}}}\n"
    )


def _wait_for(port: int) -> None:
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.05)
