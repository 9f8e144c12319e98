"""The leak walk of the tests: which addresses are requested in a site of theirs, and how."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import pairwise

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from reviews import clock
from reviews.audit.asking import AS_EDITOR, OTHERS, Answers, Key, SiteAnswer, ask, silently
from reviews.audit.copying.files import WORDS
from reviews.audit.copying.switching import NO_CDN
from reviews.audit.ended_links import UNKNOWN
from reviews.audit.surfaces import ELSEWHERE_IN_PICTURES, NOUNS, SECTIONS, Known, Slugs, public_routes
from reviews.audit.world import rendition_called, uid
from reviews.pictures import storage
from reviews.seeding.factories import make_account
from tests.leaks.leaks import NOW

ROUTES = public_routes()

_AFTER = "?after=" + uid("film hidden").hex

KNOWN = Known(
    slugs={
        "film": ("public-film", "no-such-film"),
        "critic": ("public-critic", "other-critic", "no-such-critic"),
        "review": ("public-review", "renamed-review", "other-review", "no-such-review"),
        "person": ("public-person", "no-such-person"),
        "tag": ("public-tag", "other-tag", "no-such-tag"),
        "franchise": ("public-series", "no-such-series"),
        "preview": (UNKNOWN,),
        "rendition": (
            *map(rendition_called, ("public-poster", "public-portrait", "public-hero")),
            rendition_called("no-such-picture"),
        ),
    },
    variable={
        "sitemap_section": tuple((section,) for section in SECTIONS),
        "no_picture": ELSEWHERE_IN_PICTURES,
        "archive_year": (("2025",), ("2024",), ("2026",), ("9999",)),
        "archive_month": (("2025", "05"), ("2025", "06"), ("2025", "04"), ("2024", "05"), ("2025", "13")),
        "side_by_side": (
            ("public-review", "renamed-review"),
            ("renamed-review", "public-review"),
            ("other-review", "public-review"),
            ("public-review", "public-review"),
            ("no-such-review", "public-review"),
        ),
    },
    film="public-film",
    pair=("public-review", "renamed-review"),
    before="?before=20250608T120000000000Z-" + uid("review hidden").hex,
    queries={f"{noun}_list": f"{_AFTER}-the" for noun in NOUNS if noun != "review"}
    | {"person_detail": f"{_AFTER}-2025-the", "sitemap_section": "?from=" + uid("review hidden").hex},
)
"""What is public in the sites of the tests. Cursors and pages of the query strings name something hidden."""


def known_addresses(*, queries: bool) -> Iterator[str]:
    """Every address of what is public and of what does not exist; ``queries``: with query strings, too."""
    return KNOWN.addresses(queries=queries)


def make_readers() -> dict[str, Client]:
    """One client for each method and role."""
    clients = {way: Client(raise_request_exception=False) for way in ("GET", "HEAD", AS_EDITOR, *OTHERS)}
    for way in (AS_EDITOR, *OTHERS):
        clients[way].force_login(make_account(way.rpartition(" ")[2].capitalize()))
    return clients


def tour(hidden: Slugs, *, thorough: bool = False) -> dict[Key, Key]:
    """The requests of a walk, each with its twin for the plain site: for a hidden slug, one that does not exist.

    An editor requests everything that a reader may know of, and the hidden reviews. A ``thorough`` walk requests all,
    HEAD as well, and has the same requests for the plain site.
    """
    ways = ("HEAD", AS_EDITOR) if thorough else (AS_EDITOR,)
    keys = [("GET", address) for address in known_addresses(queries=True)]
    keys += [(way, address) for way in ways for address in known_addresses(queries=False)]
    twins = {key: key for key in keys}
    for noun, slugs in hidden.items():
        for slug in slugs:
            if thorough:
                own = [
                    ("GET", address)
                    for address in KNOWN.addresses_of(noun, slug, queries=True, thorough=True)
                ]
                own += [
                    (way, address)
                    for way in ways
                    for address in KNOWN.addresses_of(noun, slug, queries=False)
                ]
                twins |= {key: key for key in own}
            else:
                twins |= zip(_asked_of(noun, slug), _asked_of(noun, KNOWN.slugs[noun][-1]), strict=True)
    if thorough:
        reviews = hidden.get("review", ())
        pairs = [reverse("side_by_side", args=pair) for pair in pairwise(reviews)]
        twins |= {("GET", pair): ("GET", pair) for pair in pairs}
    return twins


def _asked_of(noun: str, slug: str) -> list[Key]:
    keys = [("GET", address) for address in KNOWN.addresses_of(noun, slug, queries=True)]
    return keys + ([(AS_EDITOR, reverse("review_detail", args=[slug]))] if noun == "review" else [])


@contextmanager
def as_audited() -> Iterator[None]:
    """Context manager: as behind a CDN, and with every file of a picture in its place."""
    storages = settings.STORAGES | {storage.ALIAS: WORDS}
    with override_settings(CDN_PURGE_URL=NO_CDN, STORAGES=storages):
        yield


def walk(readers: dict[str, Client], keys: Collection[Key], at: dt.datetime = NOW) -> Answers:
    """Make all these requests at one moment of the clock.

    As behind a CDN, so that answers have a ``Surrogate-Key``. A session's user is known from the database only. If no
    query of an editor's request read it, the response cannot depend on the role: publishers and critics make only the
    other requests.
    """
    answers: Answers = {}
    with clock.frozen_at(at), silently(), as_audited():
        for way, address in keys:
            answers[way, address], looked = ask(readers[way], way, address)
            if way == AS_EDITOR and looked:
                for other in OTHERS:
                    answers[other, address], _ = ask(readers[other], other, address)
    return answers


def names_the_hidden(answer: SiteAnswer) -> bool:
    """Whether the body contains a hidden name; ``aria-hidden`` drawings are ignored."""
    return b"hidden" in answer.body.replace(b"aria-hidden", b"")
