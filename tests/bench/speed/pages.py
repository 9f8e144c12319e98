"""The kinds of page that are measured, each with the address of one that stands for the rest."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.db.models import Count, QuerySet

from reviews.models import Critic, Edition, EditionTag, Film, Franchise, Outlet, Person, Tag
from reviews.public.addresses import side_by_side_path
from reviews.public.reading.archive import count_by_month

SECTIONS = ("pages", "reviews", "films", "critics", "franchises", "people", "tags", "archive")


def pages() -> dict[str, str]:
    """Addresses by kind. ``deep`` is the middle of a list, ``most`` the noun with the most reviews."""
    return dict(_pages())


def _pages() -> Iterator[tuple[str, str]]:
    public = Edition.objects.public()
    middle = public.newest_first()[public.count() // 2]
    films, critics = _by_reviews("film"), _by_reviews("critic")
    film, most_film = Film.objects.get(pk=films[len(films) // 2]), Film.objects.get(pk=films[0])
    critic, most_critic = Critic.objects.get(pk=critics[len(critics) // 2]), Critic.objects.get(pk=critics[0])
    tags = EditionTag.objects.filter(edition__in=public.order_by()).values_list("tag", flat=True)
    by_use = list(tags.annotate(uses=Count("pk")).order_by("-uses", "tag"))
    tag, rare_tag = Tag.objects.get(pk=by_use[0]), Tag.objects.get(pk=by_use[-1])
    one, other = public.of(most_film).newest_first()[:2]
    person = _middle(Person.objects.public().order_by("sort_name", "uid"))
    franchise = _middle(Franchise.objects.public().order_by("name", "uid"))
    deep = f"?before={middle.first_visible_from.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}-{middle.review_uid.hex}"

    yield "home", "/"
    yield "404", "/nothing/"
    yield "404 of a film", "/films/nothing/"
    yield "review", middle.get_absolute_url()
    yield "film", film.get_absolute_url()
    yield "film, most", most_film.get_absolute_url()
    yield "films", "/films/"
    yield "films, deep", "/films/" + _after(Film.objects.public().order_by("sort_title", "uid"), "sort_title")
    yield "list", "/reviews/"
    yield "list, deep", f"/reviews/{deep}"
    yield "critic", critic.get_absolute_url()
    yield "critic, most", most_critic.get_absolute_url()
    yield "critics", "/critics/"
    yield (
        "critics, deep",
        "/critics/" + _after(Critic.objects.public().order_by("sort_name", "uid"), "sort_name"),
    )
    yield "tag, most", tag.get_absolute_url()
    yield "tag, deep", tag.get_absolute_url() + deep
    yield "tag, least", rare_tag.get_absolute_url()
    yield "tags", "/tags/"
    yield "archive", "/archive/"
    yield "archive, year", f"/archive/{middle.first_visible_from:%Y}/"
    yield "archive, month", _fullest_month()
    yield "people", "/people/"
    yield (
        "people, deep",
        "/people/" + _after(Person.objects.public().order_by("sort_name", "uid"), "sort_name"),
    )
    yield "person", person.get_absolute_url()
    yield "franchises", "/franchises/"
    yield "franchise", franchise.get_absolute_url()
    yield "side by side", side_by_side_path(one, other)
    yield "film, side by side", f"{most_film.get_absolute_url()}side-by-side/"
    yield "corrections", "/corrections/"
    yield "about", "/about/"
    yield "how we rate", "/how-we-rate/"
    yield "feed", "/feed.xml"
    yield "feed of a film", f"{most_film.get_absolute_url()}feed.xml"
    yield "feed of a critic", f"{most_critic.get_absolute_url()}feed.xml"
    yield "feed of a tag", f"{tag.get_absolute_url()}feed.xml"
    yield "sitemap", "/sitemap.xml"
    for section in SECTIONS:
        yield f"sitemap, {section}", f"/sitemap-{section}.xml"
    yield "sitemap, reviews, deep", f"/sitemap-reviews.xml?from=8{'0' * 31}"


def _fullest_month() -> str:
    """The month with the most reviews: a full page in an archive of any size."""
    months = count_by_month(Outlet.objects.current().zone)
    return max(months, key=lambda counted: counted.reviews).month.get_absolute_url()


def _by_reviews(noun: str) -> list[Any]:
    """The keys of public films or critics, those with the most reviews first."""
    counted = Edition.objects.public().order_by().values_list(noun, flat=True)
    return list(counted.annotate(reviews=Count("pk")).order_by("-reviews", noun))


def _middle(rows: QuerySet[Any]) -> Any:
    return rows[rows.count() // 2]


def _after(rows: QuerySet[Any], key: str) -> str:
    row = _middle(rows)
    return f"?after={row.uid.hex}-{quote(getattr(row, key))}"
