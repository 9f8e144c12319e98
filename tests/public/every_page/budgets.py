"""What each public address may cost: a number of queries, and a number of rows whatever the size of the site."""

from dataclasses import dataclass

from tests.leaks.links import UNKNOWN


@dataclass(frozen=True)
class Budget:
    """``rows`` are rows returned. ``grows_with`` says what they grow with, if they are not bounded yet."""

    queries: int
    rows: int
    grows_with: str = ""


LIST, DETAIL, REVIEW, FEED, SITEMAP = 5, 8, 10, 4, 8
A_PAGE, A_FILE = 50, 90
"""The size of a sitemap file while rows are counted: smaller than the number of rows of every kind."""
MISSING = Budget(6, 5)
THE_CRITICS = "every critic of the film has a seat, and any two may be those who disagree most"

BUDGETS = {
    "/": Budget(LIST, 700, f"the film that divides its critics: {THE_CRITICS}"),
    "/films/": Budget(LIST, 21 + 20 * 6 + 1),
    "/critics/": Budget(LIST, A_PAGE),
    "/reviews/": Budget(LIST, A_PAGE),
    "/people/": Budget(LIST, A_PAGE),
    "/tags/": Budget(LIST, A_PAGE),
    "/archive/": Budget(LIST, A_PAGE),
    "/archive/2025/": Budget(LIST, A_PAGE),
    "/archive/2025/06/": Budget(LIST, A_PAGE),
    "/franchises/": Budget(LIST, A_PAGE),
    "/franchises/franchise-0/": Budget(LIST, 10 + 10 * 6 + 2),
    "/corrections/": Budget(LIST, A_PAGE),
    "/how-we-rate/": Budget(LIST, 1),
    "/how-we-count/": Budget(1, 1),
    "/about/": Budget(LIST, 1),
    "/films/film-0/": Budget(DETAIL, 700, THE_CRITICS),
    "/films/film-1/": Budget(DETAIL, A_PAGE),
    "/films/film-0/side-by-side/": Budget(DETAIL, 700, THE_CRITICS),
    "/side-by-side/review-0/review-3/": Budget(DETAIL, A_PAGE),
    "/critics/critic-0/": Budget(DETAIL, A_PAGE),
    "/reviews/review-0/": Budget(REVIEW, A_PAGE),
    "/people/person-1/": Budget(DETAIL, 160),
    "/tags/tag-1/": Budget(LIST, A_PAGE),
    "/feed.xml": Budget(FEED, A_PAGE),
    "/films/film-0/feed.xml": Budget(FEED, A_PAGE),
    "/critics/critic-0/feed.xml": Budget(FEED, A_PAGE),
    "/tags/tag-1/feed.xml": Budget(FEED, A_PAGE),
    "/sitemap.xml": Budget(SITEMAP, A_PAGE),
    "/sitemap-pages.xml": Budget(0, 0),
    "/sitemap-reviews.xml": Budget(SITEMAP, A_FILE),
    "/sitemap-films.xml": Budget(SITEMAP, A_FILE),
    "/sitemap-critics.xml": Budget(SITEMAP, A_FILE),
    "/sitemap-franchises.xml": Budget(SITEMAP, A_FILE),
    "/sitemap-people.xml": Budget(SITEMAP, A_FILE),
    "/sitemap-tags.xml": Budget(SITEMAP, A_FILE),
    "/sitemap-archive.xml": Budget(SITEMAP, A_PAGE),
    "/robots.txt": Budget(0, 0),
}
"""Every public address that answers 200, on the site of ``reviews/seeding/site.py``."""

NOT_FOUND = {
    "/nothing/": Budget(2, 4),
    "/reviews/nothing/": MISSING,
    "/films/nothing/": MISSING,
    "/films/nothing/feed.xml": MISSING,
    "/films/nothing/side-by-side/": MISSING,
    "/side-by-side/review-0/nothing/": MISSING,
    "/critics/nothing/": MISSING,
    "/people/nothing/": MISSING,
    "/tags/nothing/": MISSING,
    "/franchises/nothing/": MISSING,
    "/archive/1999/": MISSING,
    "/sitemap-reviews.xml?from=ffffffffffffffffffffffffffffffff": MISSING,
    f"/preview/{UNKNOWN}/": MISSING,
}
"""Addresses that are not found, by the way in which that is established."""
