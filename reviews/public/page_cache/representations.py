"""A page as it is kept: its bytes in the encodings that were asked for, each with a validator of its own."""

import gzip
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import brotli
from django.http import HttpResponse

IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"
GZIP_LEVEL, BROTLI_QUALITY = 6, 5
OVERHEAD = 2_000
"""Bytes that a page takes besides its bodies: headers, keys, objects."""

NOT_KEPT = {"Cache-Control", "Content-Encoding", "Content-Length", "Date", "ETag", "Vary"}
"""Headers that are made anew for each answer."""
OF_A_BODY = {"Content-Type", "Content-Language", "Content-Location"}


def _gzipped(body: bytes) -> bytes:
    # Without a time in it, so that every process makes the same bytes.
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


def _brotlied(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=BROTLI_QUALITY))


COMPRESS: Mapping[str, Callable[[bytes], bytes]] = {BROTLI: _brotlied, GZIP: _gzipped}
EXPAND: Mapping[str, Callable[[bytes], bytes]] = {BROTLI: brotli.decompress, GZIP: gzip.decompress}


@dataclass(frozen=True)
class Form:
    """The body in one encoding, and its strong validator (RFC 9110, 8.8.3): a digest of these very bytes."""

    encoding: str
    body: bytes
    etag: str

    @classmethod
    def of(cls, encoding: str, body: bytes) -> "Form":
        return cls(encoding, body, f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"')


class KeptPage:
    """Status, headers and body of an answer. Threads share it."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        # Most values are the same on every page: one copy of each is enough.
        self.headers = tuple(
            (sys.intern(name), sys.intern(value)) for name, value in headers.items() if name not in NOT_KEPT
        )
        self._forms = {IDENTITY: Form.of(IDENTITY, body)}
        self.has_grown = True

    @classmethod
    def read(cls, status: int, headers: Iterable[tuple[str, str]], form: Form) -> "KeptPage":
        """A page that another process made."""
        page = cls(status, dict(headers), b"")
        page._forms = {form.encoding: form}
        return page

    @property
    def headers_of_304(self) -> Iterator[tuple[str, str]]:
        """All but those of a body that is not sent."""
        return (each for each in self.headers if each[0] not in OF_A_BODY)

    @classmethod
    def made_from(cls, response: HttpResponse) -> "KeptPage":
        return cls(response.status_code, response.headers, response.content)

    def weighed(self) -> int:
        """About how many bytes of memory it takes."""
        self.has_grown = False
        return OVERHEAD + sum(len(form.body) for form in list(self._forms.values()))

    def form(self, encoding: str) -> Form:
        """The body in an encoding; as it is, where that encoding would make it longer."""
        found = self._forms.get(encoding)
        if found is None:
            plain = self._plain()
            found = Form.of(encoding, plain if encoding == IDENTITY else COMPRESS[encoding](plain))
            if len(found.body) >= len(plain):
                found = Form.of(IDENTITY, plain)
            self._forms[encoding] = found
            self.has_grown = True
        return found

    def shrink(self, asked: str) -> None:
        """Keep only the smallest form and the one that was asked for; the others can be made again."""
        smallest = self.form(BROTLI)
        self._forms = {BROTLI: smallest, asked: self.form(asked)}

    def _plain(self) -> bytes:
        kept = next(iter(self._forms.values()))
        return kept.body if kept.encoding == IDENTITY else EXPAND[kept.encoding](kept.body)
