"""What each kind of page of the desk costs, at most and at any size of the archive.

Budgets are only ever lowered (``tests/public/every_page/test_budgets.py``). What has to cost more than it did is
entered in ``RISEN``, with a line that says why.
"""

from tests.public.every_page.budgets import Budget, Rise, within

REVIEWS = "/admin/reviews/review/"

BUDGETS: dict[str, Budget] = {
    "/admin/": Budget(8, 13),
    "/admin/calendar/": Budget(8, 39),
    "/admin/time/": Budget(3, 3),
    "/admin/time/2025-06-06T12:00:00Z/": Budget(25, 149),
    "/admin/leak-audit/": Budget(3, 3),
    REVIEWS: Budget(5, 54),
    f"{REVIEWS}?o=1": Budget(5, 54),
    f"{REVIEWS}?o=-2": Budget(5, 54),
    f"{REVIEWS}?o=3": Budget(5, 54),
    f"{REVIEWS}?o=4": Budget(5, 54),
    f"{REVIEWS}?readers=see": Budget(5, 54),
    f"{REVIEWS}?readers=will": Budget(6, 5),
    f"{REVIEWS}?readers=not": Budget(5, 4),
    f"{REVIEWS}?whose=mine": Budget(6, 4),
    f"{REVIEWS}?status__exact=approved": Budget(5, 54),
    f"{REVIEWS}?q=review": Budget(5, 54),
    f"{REVIEWS}?q=nowhere": Budget(5, 4),
    f"{REVIEWS}?after=last": Budget(5, 54),
    "/admin/reviews/embargo/": Budget(5, 4),
    "/admin/reviews/film/": Budget(5, 44),
    "/admin/reviews/critic/": Budget(5, 24),
    "/admin/reviews/person/": Budget(5, 46),
    "/admin/reviews/picture/": Budget(5, 24),
    "/admin/reviews/franchise/": Budget(5, 8),
    "/admin/reviews/tag/": Budget(5, 10),
    "/admin/reviews/aspect/": Budget(5, 6),
    "/admin/reviews/edition/": Budget(5, 54),
    "/admin/reviews/correction/": Budget(5, 44),
    "/admin/reviews/oldaddress/": Budget(5, 4),
    "/admin/auth/user/": Budget(6, 8),
    "/admin/auth/group/": Budget(5, 7),
}
"""Lists, and pages of the desk that are about no one thing, asked for by a superuser."""

NOT_FOUND: dict[str, Budget] = {}

RISEN: dict[str, Rise] = {
    "/admin/reviews/picture/": Rise("the films to filter by are asked for once a page", queries=1),
}
"""By address. Where the figure falls again, lower the rise, or take it out."""


def allowed(path: str) -> Budget:
    """What an address may cost now."""
    return within(BUDGETS[path], RISEN.get(path))
