"""Addresses with a statement whose plan sorts or scans editions at some LIMIT from 1 to 50, each with its reason.

The test of plans fails for an address that is not here, and for one that need not be here any more.
"""

from reviews.audit.surfaces import NO_DIGEST

BEFORE = "?before=20240101T000000000000Z-00000000000000000000000000000000"
"""A place in the middle of a list by moment."""

WITHDRAWN = "sorts the corrections of what was withdrawn, of which there are few"
CHOSEN_NEXT = "sorts what its film, critic and tags have in common with others by how much that is"
ONE_CRITIC = "sorts what one critic has written, for their verdicts by provenance and for their newest"
FEWER_PARENTS = (
    "has so few rows that sorting them is as good as an index, and would rather scan than look for each"
)
A_WHOLE_FILE = "lists all that is in its range of uids, at most a file of a sitemap, and may sort that"

IN_BOTH = {
    "/critics/critic-0/": ONE_CRITIC,
    f"/cards/critics/critic-0/{NO_DIGEST}.png": ONE_CRITIC,
    "/critics/nothing/": WITHDRAWN,
    "/tags/nothing/": WITHDRAWN,
}

IN_SQLITE = {
    "/reviews/review-0/": CHOSEN_NEXT,
    "/reviews/nothing/": WITHDRAWN,
    "/films/nothing/": WITHDRAWN,
    "/people/nothing/": WITHDRAWN,
    "/franchises/nothing/": WITHDRAWN,
}

IN_POSTGRESQL = {
    "/critics/critic-0/feed.xml": ONE_CRITIC,
    f"/critics/critic-0/{BEFORE}": ONE_CRITIC,
    "/critics/": FEWER_PARENTS,
    "/critics/?after=00000000000000000000000000000000-critic 0010": FEWER_PARENTS,
    "/franchises/": FEWER_PARENTS,
    "/franchises/franchise-0/": FEWER_PARENTS,
    "/franchises/nothing/": FEWER_PARENTS,
    "/sitemap.xml": FEWER_PARENTS,
    "/sitemap-reviews.xml": A_WHOLE_FILE,
    "/sitemap-reviews.xml?from=ffffffffffffffffffffffffffffffff": A_WHOLE_FILE,
    "/sitemap-reviews.xml?from=80000000000000000000000000000000": A_WHOLE_FILE,
    "/sitemap-critics.xml": FEWER_PARENTS,
    "/sitemap-franchises.xml": FEWER_PARENTS,
}
