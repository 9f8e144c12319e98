"""Every link of a page leads on at the same moment, whoever wrote it; links to elsewhere stay."""

import pytest
from django.conf import settings
from django.http import HttpResponse

from reviews.admin.time.links import Leading

THEN = "/admin/time/2025-06-06T12:00:00Z"


def led(content: str, kind: str = "text/html; charset=utf-8", path: str = "/reviews/a/") -> str:
    response = HttpResponse(content, content_type=kind)
    Leading(THEN, path).lead(response)
    return response.content.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/", f"{THEN}/"),
        ("/films/?after=a&amp;b=c#d", f"{THEN}/films/?after=a&amp;b=c#d"),
        (f"{settings.SITE_URL}/films/", f"{settings.SITE_URL}{THEN}/films/"),
        (settings.SITE_URL, f"{settings.SITE_URL}{THEN}/"),
        ("../../../films/", f"{THEN}/films/"),
        ("../b/", "../b/"),
        ("b/", "b/"),
        ("#passage", "#passage"),
        ("?before=a", "?before=a"),
        ("", ""),
        ("https://elsewhere.example/films/", "https://elsewhere.example/films/"),
        (f"{settings.SITE_URL}.evil.example/", f"{settings.SITE_URL}.evil.example/"),
        ("//elsewhere.example/", "//elsewhere.example/"),
        ("http://[", "http://["),
        ("mailto:desk@example.com", "mailto:desk@example.com"),
        ("/static/css/site.css", "/static/css/site.css"),
        ("/admin/", "/admin/"),
    ],
)
def test_a_link(before: str, after: str) -> None:
    assert (
        led(f'<p><a title="a > b" href="{before}">x</a></p>')
        == f'<p><a title="a > b" href="{after}">x</a></p>'
    )


def test_forms_and_links_of_the_head() -> None:
    page = '<link rel="alternate" href="/feed.xml"><form action="/films/a/side-by-side/" method="get">'
    assert led(page).count(THEN) == 2


def test_text_that_looks_like_a_link_stays() -> None:
    page = '<p>Write href="/films/" and &lt;a href="/films/"&gt;.</p>'
    assert led(page) == page


def test_feeds_sitemaps_and_robots() -> None:
    site = settings.SITE_URL
    feed = f'<link>{site}/a/</link><atom:link href="{site}/feed.xml" rel="self"></atom:link><title>{site}/</title>'
    assert led(feed, "application/rss+xml; charset=utf-8") == (
        f'<link>{site}{THEN}/a/</link><atom:link href="{site}{THEN}/feed.xml" rel="self"></atom:link>'
        f"<title>{site}/</title>"
    )
    assert led(f"<loc>{site}/</loc>", "application/xml") == f"<loc>{site}{THEN}/</loc>"
    robots = f"Disallow: /admin/\n\nSitemap: {site}/sitemap.xml\n"
    assert led(robots, "text/plain") == f"Disallow: /admin/\n\nSitemap: {site}{THEN}/sitemap.xml\n"


def test_where_a_page_redirects_to() -> None:
    response = HttpResponse(status=301, headers={"Location": "/reviews/b/"})
    Leading(THEN, "/reviews/a/").lead(response)
    assert response.headers["Location"] == f"{THEN}/reviews/b/"
