"""A page as it is kept: its bytes in the encodings that were asked for, each with a validator of its own."""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import brotli
from django.http import HttpResponse

IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"
GZIP_LEVEL, BROTLI_QUALITY, BROTLI_WINDOW = 6, 5, 18
OVERHEAD = 1_200
"""Bytes that a page takes besides its bodies: validators, keys, objects. Headers are those of other pages, too."""
KEYED = 1_500
"""Bytes that headers of its own take, besides their text: a page that names its keys to a CDN has some."""

NOT_KEPT = {"Cache-Control", "Content-Encoding", "Content-Length", "Date", "ETag", "Vary"}
"""Headers that are made anew for each answer."""
OF_A_BODY = {"Content-Type", "Content-Language", "Content-Location"}


def _gzipped(body: bytes) -> bytes:
    # Without a time in it, so that every process makes the same bytes.
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


def _brotlied(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW))


COMPRESS: Mapping[str, Callable[[bytes], bytes]] = {BROTLI: _brotlied, GZIP: _gzipped}
EXPAND: Mapping[str, Callable[[bytes], bytes]] = {BROTLI: brotli.decompress, GZIP: gzip.decompress}


Header = tuple[str, str]
"""Name and value, as Django's responses hold them by the name in small letters."""

VARY: Header = ("Vary", "Accept-Encoding")
_CODINGS: Mapping[str, Header | None] = {
    IDENTITY: None,
    GZIP: ("Content-Encoding", GZIP),
    BROTLI: ("Content-Encoding", BROTLI),
}


@dataclass(frozen=True, slots=True)
class Form:
    """The body in one encoding, and its strong validator (RFC 9110, 8.8.3): a digest of these very bytes."""

    encoding: str
    body: bytes
    etag: Header
    length: Header

    @classmethod
    def of(cls, encoding: str, body: bytes) -> "Form":
        digest = hashlib.blake2b(body, digest_size=16).hexdigest()
        return cls(encoding, body, ("ETag", f'"{digest}"'), ("Content-Length", str(len(body))))

    @property
    def coding(self) -> Header | None:
        return _CODINGS[self.encoding]


@lru_cache(64)
def _named(headers: tuple[Header, ...], *, of_a_body: bool) -> dict[str, Header]:
    """Headers by their names in small letters. Most pages have the same ones, so they share them."""
    return {name.lower(): (name, value) for name, value in headers if of_a_body or name not in OF_A_BODY}


class KeptPage:
    """Status, headers and body of an answer. Threads share it."""

    __slots__ = ("_forms", "has_grown", "headers", "headers_of_304", "status")

    def __init__(self, status: int, headers: Iterable[Header], *forms: Form) -> None:
        self.status = status
        same = tuple(each for each in headers if each[0] not in NOT_KEPT)
        self.headers = _named(same, of_a_body=True)
        self.headers_of_304 = _named(same, of_a_body=False)
        self._forms = {form.encoding: form for form in forms}
        self.has_grown = True

    @classmethod
    def made_from(cls, response: HttpResponse) -> "KeptPage":
        return cls(response.status_code, response.headers.items(), Form.of(IDENTITY, response.content))

    def weighed(self) -> int:
        """About how many bytes of memory it takes."""
        self.has_grown = False
        bodies = sum(len(form.body) for form in list(self._forms.values()))
        _name, keys = self.headers.get("surrogate-key", ("", ""))
        return OVERHEAD + bodies + (len(keys) + KEYED if keys else 0)

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

    def shrink(self) -> None:
        """Keep only the smallest form: others are made when somebody else asks for them, and then kept, too."""
        self._forms = {BROTLI: self.form(BROTLI)}

    def _plain(self) -> bytes:
        kept = next(iter(self._forms.values()))
        return kept.body if kept.encoding == IDENTITY else EXPAND[kept.encoding](kept.body)
