"""Public code broken on purpose, each in one way in which a site has leaked or could."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from reviews.audit import ended_links as links
from reviews.audit.asking import AS_EDITOR
from reviews.desk import preview_links
from reviews.models import Edition, EditionTag, Film, OldAddress, PreviewLink, Tag
from reviews.public import addresses
from reviews.public.machines import feeds, sitemaps
from tests.leaks import leaks

WITHDRAWN = "hidden-withdrawn-0"

Patch = pytest.MonkeyPatch


def amend(patch: Patch, module: str, change: Callable[[HttpResponse], object]) -> None:
    """Change every page that a module of public views renders."""
    # By import: a view and a module of the package may have the same name.
    views = import_module(f"reviews.public.pages.{module}")
    original = views.render_page

    def amended(*args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = original(*args, **kwargs)
        change(response)
        return response

    patch.setattr(views, "render_page", amended)


def writes(what: Callable[[], object]) -> Callable[[HttpResponse], object]:
    return lambda response: response.write(f"<!-- {what()} -->")


def body(patch: Patch) -> None:
    amend(patch, "films", writes(lambda: list(Edition.objects.values_list("headline", flat=True))))


def count(patch: Patch) -> None:
    amend(patch, "critics", writes(lambda: Edition.objects.filter(critic__slug="public-critic").count()))


def header(patch: Patch) -> None:
    def dated(response: HttpResponse) -> None:
        newest = Edition.objects.order_by("-visible_from")[:1].get()
        response.headers["Last-Modified"] = newest.visible_from.strftime("%a, %d %b %Y %H:%M:%S GMT")

    amend(patch, "reviews", dated)


def status(patch: Patch) -> None:
    """A film that the desk knows answers 410 instead of 404."""
    films = import_module("reviews.public.pages.films")
    original = films.nothing_public

    def gone(request: HttpRequest, slug: str) -> HttpResponse:
        return (
            HttpResponse(status=410) if Film.objects.filter(slug=slug).exists() else original(request, slug)
        )

    patch.setattr(films, "nothing_public", gone)


def order(patch: Patch) -> None:
    """Critics are ordered by number of reviews, unpublished ones included."""
    critics = import_module("reviews.public.pages.critics")
    original = critics._critics.page

    def busiest_first(*args: Any, **kwargs: Any) -> Any:
        page = original(*args, **kwargs)
        page.items.sort(key=lambda critic: -Edition.objects.filter(critic=critic).count())
        return page

    patch.setattr(critics._critics, "page", busiest_first)


def redirect(patch: Patch) -> None:
    """An old address redirects to something hidden."""
    original = addresses.target_of

    def any_target(kind: str, path: str) -> Any:
        uids = OldAddress.objects.filter(path=path).values("target_uid")
        return Film.objects.filter(uid__in=uids).first() if kind == "film" else original(kind, path)

    patch.setattr(addresses, "target_of", any_target)


def feed(patch: Patch) -> None:
    original: Any = feeds._feed
    patch.setattr(feeds, "_feed", lambda *args: original(*args[:-1], Edition.objects.all()))


def sitemap(patch: Patch) -> None:
    def all_but_none(at: dt.datetime) -> Any:
        """Every tag, by a statement that has the moment in it."""
        never = EditionTag.objects.filter(edition__visible_from__gt=at, edition__visible_from__lt=at)
        return Tag.objects.exclude(pk__in=never.values("tag"))

    patch.setitem(sitemaps._ROWS, "tags", ("tag_detail", all_but_none, "uid"))
    # What is composed by then was composed of the true rows.
    for composed in ("_sampled", "_listed"):
        patch.setattr(sitemaps, composed, cache(getattr(sitemaps, composed).__wrapped__))


def nothing_there(patch: Patch) -> None:
    amend(
        patch, "errors", writes(lambda: Edition.objects.order_by("-visible_from", "slug")[:1].get().headline)
    )


def queries(patch: Patch) -> None:
    """One query for each edition, each without rows."""

    def ask(response: HttpResponse) -> None:
        for _ in range(Edition.objects.count()):
            assert Edition.objects.filter(slug="never").first() is None

    amend(patch, "home", ask)


def rows(patch: Patch) -> None:
    """All editions are fetched, but nothing is shown of them."""
    amend(patch, "home", lambda response: len(Edition.objects.values_list("pk")))


def old_address(patch: Patch) -> None:
    """The target of an old address is looked up only if there is one: once a real fault."""
    errors = import_module("reviews.public.pages.errors")

    def moved(request: HttpRequest, slug: str) -> HttpResponse:
        old = OldAddress.objects.filter(path=request.path).first()
        target = addresses.target_of(old.kind, old.path) if old else None
        if target is None:
            raise Http404
        return HttpResponseRedirect(target.get_absolute_url())

    patch.setattr(errors, "moved_or_404", moved)


def maker(patch: Patch) -> None:
    """The maker of a link is checked in a second query, only if there is a link."""

    def found_by(secret: str) -> PreviewLink | None:
        links = PreviewLink.objects.valid().filter(digest=preview_links.digest_of(secret))
        link = links.exclude(review__rights_until__lte=leaks.NOW).first()
        return link if link and link.made_by and link.made_by.is_active else None

    patch.setattr(preview_links, "found_by", found_by)


def role(patch: Patch) -> None:
    """An editor sees a withdrawn review at its public address."""
    views = import_module("reviews.public.pages.reviews")
    original = views.nothing_public

    def shown(request: HttpRequest, slug: str) -> HttpResponse:
        if request.COOKIES.get("sessionid") and request.user.is_staff and Edition.objects.filter(slug=slug):
            return HttpResponse("It read: …")
        answer: HttpResponse = original(request, slug)
        return answer

    patch.setattr(views, "nothing_public", shown)


@dataclass(frozen=True)
class Breakage:
    """What is broken, the address that shows it, and the kind of difference."""

    breaks: Callable[[Patch], None]
    address: str
    shows: str
    way: str = "GET"


BREAKAGES = [
    Breakage(body, "/films/public-film/", "body"),
    Breakage(count, "/critics/public-critic/", "body"),
    Breakage(header, "/reviews/", "headers"),
    Breakage(status, f"/films/{WITHDRAWN}-new-film/", "status 404 is 410"),
    Breakage(order, "/critics/", "body"),
    Breakage(redirect, f"/films/{WITHDRAWN}-film/", "status 404 is 301"),
    Breakage(feed, "/feed.xml", "body"),
    Breakage(sitemap, "/sitemap-tags.xml", "body"),
    Breakage(nothing_there, "/reviews/no-such-review/", "body"),
    Breakage(queries, "/", "queries"),
    Breakage(rows, "/", "rows"),
    Breakage(old_address, f"/reviews/{WITHDRAWN}-old-review/", "queries"),
    Breakage(maker, f"/preview/{links.secret('closed', 'hidden-in-review-0')}/", "queries"),
    Breakage(role, f"/reviews/{WITHDRAWN}-review/", "status 404 is 200", way=AS_EDITOR),
]
