"""What each public address costs: a number of queries, and a number of rows whatever the size of the site.

Budgets are only ever lowered, which ``test_budgets.py`` checks against their history. What has to cost more than it did
is entered in ``RISEN``, with a line that says why.
"""

from dataclasses import dataclass

from reviews.audit.ended_links import UNKNOWN
from reviews.audit.surfaces import NO_DIGEST, NO_TOKEN


@dataclass(frozen=True)
class Budget:
    """``rows`` are rows returned. ``grows_with`` says what they grow with, if they are not bounded yet."""

    queries: int
    rows: int
    grows_with: str = ""


@dataclass(frozen=True)
class Rise:
    """How much more than its budget an address may cost, and why that is worth it."""

    because: str
    queries: int = 0
    rows: int = 0


A_FILE = 90
"""The size of a sitemap file while rows are counted: smaller than the number of rows of every kind."""
THE_CRITICS = "every critic of the film has a seat, and any two may be those who disagree most"

BUDGETS = {
    "/": Budget(5, 559, f"the film that divides its critics: {THE_CRITICS}"),
    "/films/": Budget(3, 46),
    "/critics/": Budget(2, 22),
    "/reviews/": Budget(2, 22),
    "/people/": Budget(2, 22),
    "/tags/": Budget(2, 7),
    "/archive/": Budget(3, 6),
    "/archive/2025/": Budget(5, 26),
    "/archive/2025/06/": Budget(5, 27),
    "/franchises/": Budget(3, 41),
    "/franchises/franchise-0/": Budget(4, 26),
    "/corrections/": Budget(3, 42),
    "/how-we-rate/": Budget(1, 1),
    "/how-we-count/": Budget(1, 1),
    "/about/": Budget(1, 1),
    "/films/film-0/": Budget(8, 600, THE_CRITICS),
    "/films/film-1/": Budget(8, 18),
    "/films/film-0/side-by-side/": Budget(5, 640, THE_CRITICS),
    "/side-by-side/review-0/review-3/": Budget(3, 7),
    "/critics/critic-0/": Budget(8, 26, THE_CRITICS),
    "/reviews/review-0/": Budget(8, 22),
    "/people/person-1/": Budget(7, 134),
    "/tags/tag-1/": Budget(4, 25),
    "/feed.xml": Budget(2, 21),
    "/films/film-0/feed.xml": Budget(3, 22),
    "/critics/critic-0/feed.xml": Budget(3, 12),
    "/tags/tag-1/feed.xml": Budget(3, 22),
    "/sitemap.xml": Budget(6, 20),
    "/sitemap-pages.xml": Budget(0, 0),
    "/sitemap-reviews.xml": Budget(1, 90),
    "/sitemap-films.xml": Budget(1, 90),
    "/sitemap-critics.xml": Budget(1, 90),
    "/sitemap-franchises.xml": Budget(1, 20),
    "/sitemap-people.xml": Budget(1, 90),
    "/sitemap-tags.xml": Budget(1, 6),
    "/sitemap-archive.xml": Budget(2, 5),
    "/robots.txt": Budget(0, 0),
}
"""Every public address that answers 200, on the site of ``reviews/seeding/site.py``."""

NOT_FOUND = {
    "/nothing/": Budget(2, 4),
    "/reviews/nothing/": Budget(6, 5),
    "/films/nothing/": Budget(6, 5),
    "/films/nothing/feed.xml": Budget(4, 4),
    "/films/nothing/side-by-side/": Budget(4, 4),
    "/side-by-side/review-0/nothing/": Budget(4, 5),
    "/critics/nothing/": Budget(6, 5),
    "/people/nothing/": Budget(6, 5),
    "/tags/nothing/": Budget(6, 5),
    "/franchises/nothing/": Budget(6, 5),
    "/archive/1999/": Budget(4, 5),
    "/sitemap-reviews.xml?from=ffffffffffffffffffffffffffffffff": Budget(3, 4),
    f"/preview/{UNKNOWN}/": Budget(3, 4),
    f"/preview/{UNKNOWN}/pictures/{NO_TOKEN}/{NO_DIGEST}.jpg": Budget(3, 4),
    f"/pictures/{NO_TOKEN}/{NO_DIGEST}.jpg": Budget(1, 0),
    "/pictures/nothing": Budget(0, 0),
    f"/cards/reviews/review-0/{NO_DIGEST}.png": Budget(2, 2),
    f"/cards/reviews/nothing/{NO_DIGEST}.png": Budget(1, 0),
    f"/cards/films/film-0/{NO_DIGEST}.png": Budget(3, 7),
    f"/cards/critics/critic-0/{NO_DIGEST}.png": Budget(3, 3),
    f"/cards/franchises/franchise-0/{NO_DIGEST}.png": Budget(3, 12),
}
"""Addresses that are not found, by the way in which that is established. A card costs as much where it is found."""

_STATE = "one row says that the months are counted, instead of counting the year's reviews"
_SAMPLE = "a sample of uids says where a file ends, so that the index need not read every row to say where each begins"
_SECTIONS = ("reviews", "films", "critics", "people")
RISEN: dict[str, Rise] = {
    "/side-by-side/review-0/review-3/": Rise(
        "the share card is the film's, and its address is made of the count of the film's verdicts",
        queries=1,
        rows=5,
    ),
    "/critics/critic-0/": Rise(
        "a short row for each colleague and judgement takes two thirds of the time that grouping in the database took,"
        " which read the long row of an edition again for each judgement",
        queries=1,
        rows=294,
    ),
    "/people/person-1/": Rise(
        "the films of a page are found before the credits on them, and one film more says whether another page follows",
        queries=1,
        rows=2,
    ),
    **{f"/sitemap-{section}.xml": Rise(_SAMPLE, queries=1, rows=4) for section in _SECTIONS},
    **{f"/sitemap-{section}.xml": Rise(_SAMPLE, queries=1, rows=2) for section in ("franchises", "tags")},
    "/sitemap-reviews.xml?from=ffffffffffffffffffffffffffffffff": Rise(_SAMPLE, queries=1, rows=4),
    "/archive/2025/": Rise(_STATE, rows=1),
    "/archive/2025/06/": Rise(_STATE, rows=1),
    "/archive/1999/": Rise(_STATE, rows=1),
    "/tags/tag-1/": Rise("one row says that the pairs of tags are counted, instead of counting them", rows=1),
}
"""By address. Where the figure falls again, lower the rise, or take it out."""


def allowed(path: str) -> Budget:
    """What an address may cost now."""
    return within((BUDGETS | NOT_FOUND)[path], RISEN.get(path))


def within(budget: Budget, rise: Rise | None) -> Budget:
    """A budget with what it has risen by."""
    if rise is None:
        return budget
    return Budget(budget.queries + rise.queries, budget.rows + rise.rows, budget.grows_with)
