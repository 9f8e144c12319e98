"""The demo's pages: every kind that readers meet, and every page of the desk, read from the routes themselves."""

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse
from playwright.sync_api import Page

from reviews import urls
from reviews.admin.time.addresses import as_of
from reviews.desk import preview_links, revisions
from reviews.models import Embargo, PreviewLink, Review

EXAMPLES: dict[str, str | tuple[str, ...]] = {
    "film_detail": "ballerina",
    "film_side_by_side": "ballerina",
    "critic_detail": "jeff-ewing",
    "review_detail": "ballerina-jeff-ewing",
    "side_by_side": ("ballerina-adam-nayman", "ballerina-eileen-jones"),
    "person_detail": "ana-de-armas",
    "tag_detail": "action",
    "franchise_detail": "john-wick",
    "archive_year": "2025",
    "archive_month": ("2025", "06"),
}
LOGIN = "/admin/login/"
NO_PAGE = re.compile(r"_feed$|_card$|_picture$|^rendition$|^sitemap_|^robots$")
NO_PAGE_OF_THE_DESK = re.compile(r"^(logout|autocomplete|jsi18n)$")
JUST_RELEASED, NOT_YET = dt.datetime(2025, 6, 8, tzinfo=dt.UTC), dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
AS_OF = ["/", "/reviews/ballerina-jeff-ewing/"]
"""Readers' pages that are looked at as of two moments: one of the past and one of the future."""
STATES = ["ballerina-jeff-ewing", "ballerina-draft", "ballerina-scheduled"]
"""A live review, and two that are staged."""


def readers_pages() -> dict[str, str]:
    """Each kind of public page and the path of an example. A new route is in it without being listed here."""
    examples = EXAMPLES | {"preview_link": _example_link()}

    def arguments(name: str) -> tuple[str, ...]:
        example = examples.get(name, ())
        return (example,) if isinstance(example, str) else example

    pages = {
        str(pattern.name): reverse(pattern.name, args=arguments(pattern.name))
        for pattern in urls.urlpatterns
        if pattern.name and not NO_PAGE.search(pattern.name)
    }
    return pages | {"page_not_found": "/no/such/page/"}


def pinned_link(slug: str, **wanted: Any) -> str:
    """The secret of a new preview link to what is saved of a review now."""
    review = Review.objects.get(slug=slug)
    revisions.settle(review)
    _link, secret = preview_links.make(review, by=None, revision=revisions.newest(review), **wanted)
    return secret


def _example_link() -> str:
    """The secret of one such link, the same whenever it is asked for."""
    secret = f"{'example':x<43}"
    if preview_links.found_by(secret) is None:
        digest = preview_links.digest_of(pinned_link(str(EXAMPLES["review_detail"])))
        PreviewLink.objects.filter(digest=digest).update(digest=preview_links.digest_of(secret))
    return secret


@dataclass(frozen=True)
class Desk:
    """The desk at an address, and an account that may do everything there."""

    address: str
    account: User

    def let_in(self, page: Page) -> Page:
        """Sign the page's profile in: its cookie is made here, for typing a password takes a second each time."""
        client = self.client()
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])
        return page

    def client(self) -> Client:
        """Somebody who asks in this account's name without a browser."""
        client = Client()
        client.force_login(self.account)
        return client

    def pages(self, mine: Callable[[str], bool]) -> list[str]:
        """Every page that is ``mine``, for every noun and every verb: its address answers this account with a page."""
        changed = Review.objects.get(slug="ballerina-unattributed")
        publish = reverse("admin:reviews_review_publish", args=[changed.pk])
        paths = dict.fromkeys([*_frame(), *_nouns(), publish])
        assert len(paths) > 80
        client = self.client()
        with quiet():
            return [path for path in paths if mine(path) and is_page(client.get(path))]


@contextmanager
def quiet() -> Iterator[None]:
    """Without what is logged of addresses that are no pages: a verb that has nothing to do refuses."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def is_page(response: Any) -> bool:
    return response.status_code == 200 and str(response.headers["Content-Type"]).startswith("text/html")


def _frame() -> Iterator[str]:
    """The pages that belong to no noun."""
    for pattern in admin.site.get_urls():
        name = getattr(pattern, "name", None)
        if name == "app_list":
            yield from {
                reverse("admin:app_list", args=[model._meta.app_label]) for model in admin.site._registry
            }
        elif name == "desk_as_of":
            yield from (as_of(at, path) for at in (JUST_RELEASED, NOT_YET) for path in AS_OF)
        elif name and not NO_PAGE_OF_THE_DESK.search(name):
            yield reverse(f"admin:{name}")


def _nouns() -> Iterator[str]:
    """The pages of every registered noun, and of its examples."""
    for model, model_admin in admin.site._registry.items():
        for pattern in model_admin.get_urls():
            if not isinstance(pattern, URLPattern) or not pattern.name:
                continue
            if "<" not in str(pattern.pattern):
                yield reverse(f"admin:{pattern.name}")
                continue
            if str(pattern.pattern).count("<") > 1:
                continue  # A file of a picture, in a size.
            for example in _examples(model):
                named = example.uid if "<uuid:" in str(pattern.pattern) else example.pk
                yield reverse(f"admin:{pattern.name}", args=[named])


def _examples(model: type[Model]) -> list[Any]:
    """Rows whose pages differ: a review in each state, an embargo that has ended and one that holds."""
    rows = model._default_manager.order_by("pk")
    if model is Review:
        return [*rows.filter(slug__in=STATES)]
    return [*rows[:1], *rows.reverse()[:1]] if model is Embargo else [*rows[:1]]
