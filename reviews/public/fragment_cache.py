"""A cache of rendered fragments of readers' pages and of drawings, in each process: the least recently used go first.

The key of a fragment has *all* of its inputs: the template, and the values that the template was given, which are the
only ones that it can show (:mod:`reviews.templatetags.fragments`). So the code that asks for a fragment has fetched
everything that the fragment says. A cached fragment cannot be out of date, cannot show anything that
``Edition.objects.public()`` did not return for that page, and does not depend on the clock. A changed value makes
another key; nothing is invalidated.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import blake2b
from sys import getsizeof
from threading import Lock

from django.conf import settings
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import get_language

from reviews.pictures.elsewhere import below
from reviews.public.as_of import is_elsewhen

OVERHEAD = 300
"""The bytes of an entry besides its text: its key, and its place in the order."""

_AS_TYPED = "surrogatepass"
"""Half a character, which no encoding has, is kept as well."""


class FragmentCache:
    """A cache of texts by key, up to a number of bytes; the least recently used are removed first. Thread-safe.

    In UTF-8, because Python takes two bytes for each letter of a text with one typographic quotation mark.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._texts: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._texts)

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """The text for a key; ``make`` makes a missing one. Two threads may both make it: the result is the same.

        For pages that are not for readers, each text is made anew, and not kept.
        """
        if is_elsewhen() or below():
            return make()
        with self._lock:
            text = self._texts.get(key)
            if text is not None:
                self._texts.move_to_end(key)
        if text is not None:
            return text.decode(errors=_AS_TYPED)
        made = make()
        self._keep(key, made.encode(errors=_AS_TYPED))
        return made

    def clear(self) -> None:
        """Remove every entry."""
        with self._lock:
            self._texts.clear()
            self.bytes = 0

    def _keep(self, key: Hashable, text: bytes) -> None:
        size = getsizeof(text) + OVERHEAD
        if size > self.most_bytes:
            return
        with self._lock:
            if key in self._texts:
                return
            self._texts[key] = text
            self.bytes += size
            while self.bytes > self.most_bytes:
                _key, oldest = self._texts.popitem(last=False)
                self.bytes -= getsizeof(oldest) + OVERHEAD


def digest(*values: object) -> bytes:
    """A short key for values, each of which says all of itself in its ``repr``: texts, numbers, moments, uids, and
    tuples and frozen dataclasses of these."""
    return blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def surroundings() -> tuple[str | None, str, str, str]:
    """What a template depends on besides its values: the language, the time zone, and where the site is."""
    return (
        get_language(),
        timezone.get_current_timezone_name(),
        get_script_prefix(),
        settings.SITE_URL,
    )


FRAGMENTS = FragmentCache(settings.FRAGMENT_CACHE_BYTES)
"""The fragments of readers' pages."""
