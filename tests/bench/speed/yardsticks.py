"""What everything is measured beside: a page of constant bytes, and a plain list, behind the same middleware.

Neither is ever made slower, nor faster than a Django developer would make it in an hour: one query for twenty cards
with the fields of ours, without objects; two templates; no cache; a connection that is kept.
"""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from reviews import clock
from reviews.models import Edition

CONSTANT, PLAIN = "/static/bench-constant/", "/static/bench-plain/"
"""Below the folder of static files, because the page cache keeps no answer from there."""
BYTES = b"x" * 30_000
CARDS = 20
FIELDS = (
    "slug",
    "headline",
    "standfirst",
    "verdict",
    "rating",
    "source_name",
    "first_visible_from",
    "film__slug",
    "film__title",
    "film__release_year",
    "critic__slug",
    "critic__name",
)

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{% block title %}{% endblock title %}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/plain.css">
</head>
<body>
<nav><a href="/">Home</a> <a href="/films/">Films</a> <a href="/critics/">Critics</a> <a href="/about/">About</a></nav>
<main>{% block main %}{% endblock main %}</main>
<footer><a href="/feed.xml">Feed</a></footer>
</body>
</html>
"""

LIST = """{% extends "bench/page.html" %}
{% block title %}Reviews{% endblock title %}
{% block main %}
<h1>Reviews</h1>
{% for card in cards %}
<article>
  <p><a href="/films/{{ card.film__slug }}/">{{ card.film__title }}</a> ({{ card.film__release_year }})</p>
  <h2><a href="/reviews/{{ card.slug }}/">{{ card.headline }}</a></h2>
  <p>{{ card.standfirst }}</p>
  <p><a href="/critics/{{ card.critic__slug }}/">{{ card.critic__name }}</a>
  {% if card.verdict is not None %}<b>{{ card.verdict }}</b>{% endif %}
  {% if card.rating %}<span>{{ card.rating }}</span>{% endif %}
  {% if card.source_name %}<span>{{ card.source_name }}</span>{% endif %}
  <time>{{ card.first_visible_from|date:"j F Y" }}</time></p>
</article>
{% endfor %}
<p><a href="?before={{ older }}">Older</a></p>
{% endblock main %}
"""


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BYTES)


def plain(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    public = Edition.objects.filter(
        Q(visible_until=None) | Q(visible_until__gt=at), first_visible_from__lte=at
    )
    cards = list(public.order_by("-first_visible_from", "review_uid").values(*FIELDS)[:CARDS])
    older = cards[-1]["first_visible_from"].isoformat()
    return render(request, "bench/list.html", {"cards": cards, "older": older})


urlpatterns = [
    path(CONSTANT.removeprefix("/"), constant),
    path(PLAIN.removeprefix("/"), plain),
    path("", include("reviewsite.urls")),
]
handler400 = "reviews.public.pages.bad_request"
handler403 = "reviews.public.pages.permission_denied"
handler404 = "reviews.public.pages.page_not_found"
handler500 = "reviews.public.pages.server_error"


def add_to_settings() -> None:
    """Serve them beside the site. Before the first request."""
    settings.ROOT_URLCONF = __name__
    options: Any = settings.TEMPLATES[0]["OPTIONS"]
    ((_cached, loaders),) = options["loaders"]
    loaders.append(
        ("django.template.loaders.locmem.Loader", {"bench/page.html": PAGE, "bench/list.html": LIST})
    )
