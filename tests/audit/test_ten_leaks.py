"""More than ten leaks, planted in the product one at a time: an audit finds each, and says where and in what."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from reviews.audit.running import Audit, Extent
from reviews.desk.public_state import changes, purged
from reviews.models import Edition
from reviews.public.page_cache import answering, middleware, surrogate_keys
from reviews.rules.surrogate_keys import key_of, keys_of_page
from reviews.seeding.factories import make_edition, make_outlet
from tests.leaks.breakages import amend, feed, queries, sitemap, writes

# Each audits a site: ten take some minutes. Of the gate, one audit that finds nothing is enough (test_running.py).
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]

Patch = pytest.MonkeyPatch


def editions() -> int:
    return Edition.objects.count()


def header(patch: Patch) -> None:
    def dated(response: HttpResponse) -> None:
        response.headers["Last-Modified"] = str(
            Edition.objects.order_by("-visible_from")[:1].get().visible_from
        )

    amend(patch, "home", dated)


def warm_cache(patch: Patch) -> None:
    """Only what comes from the cache says how much there is."""
    original = answering.answer

    def counting(*args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = original(*args, **kwargs)
        if len(args) < 4:  # It was not made for this request.
            response.headers["X-Kept"] = str(editions())
        return response

    patch.setattr(middleware, "answer", counting)


def purge_key(patch: Patch) -> None:
    """A page has the keys of all its film's reviews, not of those that it names."""

    def keyed(path: str, *args: Any, **kwargs: Any) -> list[str]:
        reviews = Edition.objects.order_by("slug")
        return keys_of_page(path, *args, **kwargs) + [key_of(each.get_absolute_url()) for each in reviews]

    patch.setattr(surrogate_keys, "keys_of_page", keyed)


def purge(patch: Patch) -> None:
    """Whatever is written, a CDN is asked to drop pages."""
    for module in (changes, purged):
        patch.setattr(module, "is_any_seen", lambda model, keys: True)


def count(patch: Patch) -> None:
    amend(patch, "critics", writes(editions))


def structured_data(patch: Patch) -> None:
    def lists(response: HttpResponse) -> None:
        response.write(f'<script type="application/ld+json">{{"reviewCount": {editions()}}}</script>')

    amend(patch, "films", lists)


def not_found(patch: Patch) -> None:
    """A 404 asks once more where there is something hidden."""
    amend(patch, "errors", lambda response: [editions() for _ in range(editions())])


def etag(patch: Patch) -> None:
    """The validator digests more than the bytes."""
    original = answering.answer

    def salted(*args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = original(*args, **kwargs)
        if "ETag" in response.headers:
            response.headers["ETag"] = f'{response.headers["ETag"][:-1]}{editions()}"'
        return response

    patch.setattr(middleware, "answer", salted)


@dataclass(frozen=True)
class PlantedLeak:
    """What is broken, and the route, way and words of what an audit must say of it."""

    breaks: Callable[[Patch], None]
    route: str
    way: str
    what: str


LEAKS = [
    PlantedLeak(header, "home", "GET", "headers Last-Modified"),
    PlantedLeak(queries, "home", "GET, uncached", "queries"),
    PlantedLeak(warm_cache, "about", "GET, warm", "headers X-Kept"),
    PlantedLeak(purge_key, "film_detail", "GET", "Surrogate-Key"),
    PlantedLeak(purge, "(purges)", "purge", "1 keys"),
    PlantedLeak(count, "critic_detail", "GET", "body"),
    PlantedLeak(feed, "review_feed", "GET", "body"),
    PlantedLeak(sitemap, "sitemap_section", "GET", "body"),
    PlantedLeak(structured_data, "film_list", "GET", "body"),
    PlantedLeak(not_found, "review_detail", "GET", "queries"),
    PlantedLeak(etag, "home", "GET", "headers ETag"),
]


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.breaks.__name__)
def test_is_found(leak: PlantedLeak, monkeypatch: Patch, tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    make_outlet()
    make_edition(tags=("noir",))
    leak.breaks(monkeypatch)
    audit = Audit(Extent(most=1, few=1, kinds=("approved_for_later",)), lambda line: None)
    report = audit.run()
    assert not report.has_passed
    found = [line for line in report.leaks if (line.route, line.way) == (leak.route, leak.way)]
    assert any(leak.what in line.what for line in found), report.leaks
    # A leak on more surfaces than are asked again is told of without a cause at the others.
    causes = {tuple(line.because) for line in report.leaks}
    assert {("scheduled reviews",)} <= causes <= {("scheduled reviews",), ()}
    assert all("hidden-" not in f"{line.route} {line.way} {line.what}" for line in report.leaks)
