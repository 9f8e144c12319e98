"""Readers' pages, by concern. A view has the same name as its route and its template."""

from reviews.public.pages.about import about, correction_list, how_we_count, how_we_rate, robots
from reviews.public.pages.archive import archive, archive_month, archive_year
from reviews.public.pages.cards import critic_card, film_card, franchise_card, review_card
from reviews.public.pages.critics import critic_detail, critic_list
from reviews.public.pages.errors import (
    bad_request,
    csrf_failure,
    page_not_found,
    permission_denied,
    server_error,
)
from reviews.public.pages.film_side_by_side import film_side_by_side
from reviews.public.pages.films import film_detail, film_list
from reviews.public.pages.franchises import franchise_detail, franchise_list
from reviews.public.pages.home import home
from reviews.public.pages.people import person_detail, person_list
from reviews.public.pages.pictures import no_picture, rendition
from reviews.public.pages.reviews import review_detail, review_list
from reviews.public.pages.side_by_side import side_by_side
from reviews.public.pages.tags import tag_detail, tag_list

__all__ = [
    "about",
    "archive",
    "archive_month",
    "archive_year",
    "bad_request",
    "correction_list",
    "critic_card",
    "critic_detail",
    "critic_list",
    "csrf_failure",
    "film_card",
    "film_detail",
    "film_list",
    "film_side_by_side",
    "franchise_card",
    "franchise_detail",
    "franchise_list",
    "home",
    "how_we_count",
    "how_we_rate",
    "no_picture",
    "page_not_found",
    "permission_denied",
    "person_detail",
    "person_list",
    "rendition",
    "review_card",
    "review_detail",
    "review_list",
    "robots",
    "server_error",
    "side_by_side",
    "tag_detail",
    "tag_list",
]
