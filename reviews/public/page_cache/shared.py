"""Pages shared by all processes through Redis, where CACHE_URL names one: a page is then made once in all.

Redis decides nothing. What comes from it counts only with our signature, for its very address, release and stamp; it is
looked at as any kept page is. Where it is away, slow or full of anything else, each process does without.
"""

import datetime as dt
import hashlib
import json
import logging
import time
from functools import cache
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from reviews.public.page_cache.addressing import Address
from reviews.public.page_cache.representations import BROTLI, Form, KeptPage
from reviews.public.page_cache.validity import Basis, Standing

PATIENCE = 0.05
"""The longest wait for Redis, in seconds."""
TRIED_AGAIN_AFTER = 5.0
"""Seconds for which a process does without after Redis failed it."""
EXPIRES_AFTER = 600
"""Seconds after which Redis forgets a page."""
LONGEST_MAKING, LOOKED_AGAIN_AFTER = 1.0, 0.02
"""Seconds for which a process waits for another that makes the page, and between two looks for it."""

_SALT = "reviews.public.page_cache"
_SIGNATURE = hashlib.sha256().digest_size
_PRODUCT = Path(__file__).parents[3]

logger = logging.getLogger(__name__)


class SharedPages:
    """What all processes keep together. Every method is quick, and none raises if Redis fails."""

    def __init__(self, location: str) -> None:
        self._client = redis.Redis.from_url(
            location, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=None
        )
        self._away_until = 0.0

    def found(self, address: Address, standing: Standing) -> tuple[KeptPage, Basis] | None:
        """The page that another process has made or is making, if it is right. None: make it."""
        key = _key(address, standing.stamp)
        begun = time.monotonic()
        while True:
            if found := self._read(key, standing):
                return found
            if self._ask("set", f"{key}:making", b"", nx=True, px=int(LONGEST_MAKING * 1000)) is not None:
                return None
            if self._is_away or time.monotonic() - begun > LONGEST_MAKING:
                return None
            time.sleep(LOOKED_AGAIN_AFTER)

    def keep(self, address: Address, page: KeptPage, basis: Basis) -> None:
        """Give a page to the other processes, unless it says that nothing is at this address: there are any number."""
        if page.status == 404 and address.path:
            self.make_no_more(address, basis.stamp)
            return
        form = page.form(BROTLI)
        read = [basis.stamp, basis.at.isoformat(), basis.schedule]
        about = json.dumps([*read, page.status, [*page.headers.values()], form.encoding])
        key = _key(address, basis.stamp)
        content = about.encode() + b"\n" + form.body
        self._ask("set", key, _signature(key, content) + content, ex=EXPIRES_AFTER)
        self.make_no_more(address, basis.stamp)

    def make_no_more(self, address: Address, stamp: int) -> None:
        """Let another process make the page."""
        self._ask("delete", f"{_key(address, stamp)}:making")

    @property
    def _is_away(self) -> bool:
        return time.monotonic() < self._away_until

    def _read(self, key: str, standing: Standing) -> tuple[KeptPage, Basis] | None:
        said = self._ask("get", key)
        if not isinstance(said, bytes):
            return None
        signature, content = said[:_SIGNATURE], said[_SIGNATURE:]
        if not constant_time_compare(signature, _signature(key, content)):
            return None
        about, _, body = content.partition(b"\n")
        stamp, at, schedule, status, headers, encoding = json.loads(about)
        basis = Basis(stamp, dt.datetime.fromisoformat(at), schedule)
        if not standing.holds(basis):
            return None
        named = [(name, value) for name, value in headers]
        return KeptPage(status, named, Form.of(encoding, body)), basis

    def _ask(self, command: str, *words: Any, **more: Any) -> Any:
        """What Redis says; None if it says nothing in time, or did not a moment ago."""
        if self._is_away:
            return None
        try:
            return getattr(self._client, command)(*words, **more)
        except (redis.RedisError, OSError) as error:
            logger.warning("Redis does not answer, so each process keeps pages by itself: %s", error)
            self._away_until = time.monotonic() + TRIED_AGAIN_AFTER
            return None


@cache
def shared_at(location: str) -> SharedPages:
    """One for each Redis."""
    return SharedPages(location)


def shared_pages() -> SharedPages | None:
    """What all processes keep together; None without a Redis."""
    configured = settings.CACHES["default"]
    is_redis = configured["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    return shared_at(configured["LOCATION"]) if is_redis else None


def _key(address: Address, stamp: int) -> str:
    named = json.dumps([release(), settings.SITE_URL, stamp, *address])
    return f"reviews:page:{hashlib.sha256(named.encode()).hexdigest()}"


def _signature(key: str, content: bytes) -> bytes:
    return salted_hmac(_SALT, key.encode() + content, algorithm="sha256").digest()


@cache
def release() -> str:
    """A digest of the code and the templates that pages are made by, and of the names of static files.

    First asked for when the server starts: files that are replaced while it runs are those of another release.
    """
    digest = hashlib.sha256()
    files = [
        *sorted(file for code in ("reviews", "reviewsite") for file in (_PRODUCT / code).rglob("*.py")),
        *sorted((_PRODUCT / "templates").rglob("*.html")),
        Path(settings.STATIC_ROOT) / "staticfiles.json",
    ]
    for file in files:
        digest.update(
            str(file.relative_to(_PRODUCT) if file.is_relative_to(_PRODUCT) else file.name).encode()
        )
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()
