"""Lets the code of this thread read and write a copy, and the rest of the process nothing of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.utils import override_settings

from reviews.audit.copying.files import WORDS
from reviews.desk.cdn.purging import NotedPurge, purges_noted
from reviews.models.public import state
from reviews.pictures import storage
from reviews.public import page_cache
from reviews.public.fragment_cache import FRAGMENTS

IN_MEMORY = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "leak-audit"}
}
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
NO_CDN = "http://cdn.invalid/"
"""So that pages have the keys that they have behind a CDN."""


@contextmanager
def switched_to(copy: Mapping[str, Any]) -> Iterator[list[NotedPurge]]:
    """Use the copy as the site's database. Nothing is sent out, no cache of the site is read or written, and errors
    look as they do to readers. Yields each purge that a CDN would be asked for.

    Every request reads the row of public state, as after two tenths of a second, so that all cost the same.
    """
    handler: Any = connections
    own = handler[DEFAULT_DB_ALIAS]
    beside = handler.create_connection(DEFAULT_DB_ALIAS)
    beside.settings_dict = {**beside.settings_dict, **copy}
    known_for, state.KNOWN_FOR = state.KNOWN_FOR, 0
    handler[DEFAULT_DB_ALIAS] = beside
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    try:
        with (
            override_settings(
                CACHES=IN_MEMORY,
                EMAIL_BACKEND=NOWHERE,
                PAGE_CACHE=True,
                CDN_PURGE_URL=NO_CDN,
                ALLOWED_HOSTS=[host],
                DEBUG=False,
                PICTURES_AHEAD=False,
                STORAGES=settings.STORAGES | {storage.ALIAS: WORDS},
            ),
            purges_noted() as purges,
        ):
            forget()
            yield purges
    finally:
        handler[DEFAULT_DB_ALIAS] = own
        beside.close()
        state.KNOWN_FOR = known_for
        forget()


def forget() -> None:
    """Forget every page and piece that this process keeps."""
    FRAGMENTS.clear()
    page_cache.forget()
