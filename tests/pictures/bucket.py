"""A bucket for tests: a server on loopback that speaks S3 and refuses a wrong and an expired signature.

Source: AWS Signature Version 4 for API requests, in headers and in the query (docs.aws.amazon.com, IAM user guide).
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

KEY, SECRET, BUCKET = "reviews-key", "s3cr+t/of:ours", "pictures"
ALGORITHM = "AWS4-HMAC-SHA256"
LATE_BY = dt.timedelta(minutes=15)
"""How old the signature of a request in headers may be."""


@dataclass
class Bucket:
    """What is kept, and what was asked: method, name, and the status of the answer."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    is_away: bool = False

    @property
    def url(self) -> str:
        """As an outlet writes it into PICTURES_URL."""
        return f"s3+http://{KEY}:{quote(SECRET, safe='')}@{self.address.removeprefix('http://')}/{BUCKET}"


@contextmanager
def bucket() -> Iterator[Bucket]:
    """Run a bucket on a free port of loopback. It goes with the block."""
    kept = Bucket()
    handler = type("Handler", (_Handler,), {"kept": kept})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    kept.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    kept: Bucket
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answered(self.kept.files.get(self._name))

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self._is_signed(body):
            self.kept.files[self._name] = body
            self.kept.types[self._name] = self.headers["Content-Type"]
            self._say(200)

    def do_DELETE(self) -> None:
        if self._is_signed(b""):
            self.kept.files.pop(self._name, None)
            self._say(204)

    @property
    def _name(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}").removeprefix("/")

    def _answered(self, data: bytes | None) -> None:
        if not self._is_signed(b""):
            return
        asked = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        if not self._name and "prefix" in asked:
            self._say(200, _listed(self.kept.files, asked.get("prefix", "")))
        elif data is None:
            self._say(404, b"<Error><Code>NoSuchKey</Code><Message>No such key.</Message></Error>")
        else:
            self._say(200, data, self.kept.types[self._name])

    def _is_signed(self, body: bytes) -> bool:
        if self.kept.is_away:
            self._say(503, b"<Error><Code>SlowDown</Code></Error>")
            return False
        query = parse_qsl(urlsplit(self.path).query, keep_blank_values=True)
        headers = {name.lower(): value for name, value in self.headers.items()}
        why = refusal(self.command, self.path, query, headers, body, dt.datetime.now(dt.UTC))
        if why:
            self._say(403, f"<Error><Code>{why}</Code><Message>Refused.</Message></Error>".encode())
        return not why

    def _say(self, status: int, body: bytes = b"", media_type: str = "application/xml") -> None:
        self.kept.asked.append((self.command, self._name, status))
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("x-amz-request-id", "a-request-of-the-bucket")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


def refusal(
    method: str,
    path: str,
    query: list[tuple[str, str]],
    headers: Mapping[str, str],
    body: bytes,
    now: dt.datetime,
) -> str:
    """Why a request is refused; empty if it is signed with our key and in time."""
    asked = dict(query)
    if "X-Amz-Signature" in asked:
        scope, named, given = (
            asked["X-Amz-Credential"],
            asked["X-Amz-SignedHeaders"],
            asked["X-Amz-Signature"],
        )
        at, content = asked["X-Amz-Date"], "UNSIGNED-PAYLOAD"
        ends = _moment(at) + dt.timedelta(seconds=int(asked["X-Amz-Expires"]))
        query = [pair for pair in query if pair[0] != "X-Amz-Signature"]
    elif headers.get("authorization", "").startswith(ALGORITHM):
        said = dict(
            each.strip().split("=", 1) for each in headers["authorization"][len(ALGORITHM) :].split(",")
        )
        scope, named, given = said["Credential"], said["SignedHeaders"], said["Signature"]
        at, content = headers["x-amz-date"], headers["x-amz-content-sha256"]
        ends = _moment(at) + LATE_BY
        if content not in ("UNSIGNED-PAYLOAD", hashlib.sha256(body).hexdigest()):
            return "XAmzContentSHA256Mismatch"
    else:
        return "AccessDenied"
    key, day, region, service, last = scope.split("/")
    canonical = "\n".join(
        [
            method,
            quote(unquote(urlsplit(path).path)),
            "&".join(sorted(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in query)),
            *(f"{name}:{headers[name].strip()}" for name in named.split(";")),
            "",
            named,
            content,
        ]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    signed = "\n".join([ALGORITHM, at, f"{day}/{region}/{service}/{last}", digest])
    secret = f"AWS4{SECRET}".encode()
    for part in (day, region, service, last):
        secret = hmac.digest(secret, part.encode(), "sha256")
    right = hmac.new(secret, signed.encode(), "sha256").hexdigest()
    if key != KEY or not hmac.compare_digest(right, given):
        return "SignatureDoesNotMatch"
    return "AccessDenied" if now > ends else ""


def _moment(spelled: str) -> dt.datetime:
    return dt.datetime.strptime(spelled, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)


def _listed(files: Mapping[str, bytes], prefix: str) -> bytes:
    found = "".join(
        f"<Contents><Key>{escape(name)}</Key><Size>{len(data)}</Size></Contents>"
        for name, data in sorted(files.items())
        if name.startswith(prefix)
    )
    return f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode()
