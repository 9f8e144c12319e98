"""The real nginx with our snippet in front of a server."""

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.served import HOST, ROOT

SNIPPET = ROOT / "deploy" / "nginx.conf"
PATIENCE = 10


@contextmanager
def nginx(upstream: str, *, behind_a_cdn: bool = False) -> Iterator[str]:
    """Run nginx in front of ``host:port``; yields its address. It goes with the block."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
        free.close()
        place = Path(folder)
        place.chmod(0o755)
        conf = place / "nginx.conf"
        conf.write_text(_configuration(place, upstream, port, behind_a_cdn=behind_a_cdn))
        server = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(conf), "-p", folder])
        try:
            _wait_for(port)
            yield f"http://{HOST}:{port}"
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def _configuration(place: Path, upstream: str, port: int, *, behind_a_cdn: bool) -> str:
    """The snippet as an outlet would change it, but without a certificate."""
    ours = SNIPPET.read_text()
    if behind_a_cdn:
        ours, found = re.subn(r"# Behind a CDN,.*# end\n", "", ours, flags=re.DOTALL)
        if not found:
            raise ValueError(f"{SNIPPET.name} does not say what a CDN needs.")
    ours = ours.replace("127.0.0.1:8000", upstream).replace("/var/cache/nginx/reviews", str(place / "cache"))
    ours = ours.replace("listen 443 ssl;", f"listen {HOST}:{port};")
    ours = re.sub(r"\n *ssl_certificate.*", "", ours).replace("reviews.example", HOST)
    paths = "".join(
        f"{kind}_temp_path {place / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; worker_processes 1; pid {place / 'pid'}; error_log stderr crit;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\naccess_log off;\n{paths}{ours}}}\n"
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
