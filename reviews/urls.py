"""Every public address. The route, the view and the template have the same name."""

from django.urls import path, re_path, register_converter

from reviews import preview_page
from reviews.public import pages
from reviews.public.machines import feeds, sitemaps
from reviews.rules.slugs import SLUG_PATTERN


class SlugConverter:
    """A slug in any script; one with a colon, dot or control character is rejected before any query."""

    regex = SLUG_PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class YearConverter:
    """A year of four digits, so that each year has one address."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04}"


class MonthConverter(YearConverter):
    """A month of two digits, for the same reason."""

    regex = "[0-9]{2}"

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02}"


class DigestConverter:
    """What a card's address has of its content."""

    regex = "[0-9a-f]{16}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TokenConverter:
    """The secret part of a picture's address."""

    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SlugConverter, "name")
register_converter(DigestConverter, "digest")
register_converter(TokenConverter, "token")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(preview_page.SecretConverter, "secret")

urlpatterns = [
    path("", pages.home, name="home"),
    path("films/", pages.film_list, name="film_list"),
    path("films/<name:slug>/", pages.film_detail, name="film_detail"),
    path("films/<name:slug>/feed.xml", feeds.film_feed, name="film_feed"),
    path("films/<name:slug>/side-by-side/", pages.film_side_by_side, name="film_side_by_side"),
    path("critics/", pages.critic_list, name="critic_list"),
    path("critics/<name:slug>/", pages.critic_detail, name="critic_detail"),
    path("critics/<name:slug>/feed.xml", feeds.critic_feed, name="critic_feed"),
    path("reviews/", pages.review_list, name="review_list"),
    path("reviews/<name:slug>/", pages.review_detail, name="review_detail"),
    path("archive/", pages.archive, name="archive"),
    path("archive/<year:year>/", pages.archive_year, name="archive_year"),
    path("archive/<year:year>/<month:month>/", pages.archive_month, name="archive_month"),
    path("franchises/", pages.franchise_list, name="franchise_list"),
    path("franchises/<name:slug>/", pages.franchise_detail, name="franchise_detail"),
    path("side-by-side/<name:one>/<name:other>/", pages.side_by_side, name="side_by_side"),
    path("people/", pages.person_list, name="person_list"),
    path("people/<name:slug>/", pages.person_detail, name="person_detail"),
    path("tags/", pages.tag_list, name="tag_list"),
    path("tags/<name:slug>/", pages.tag_detail, name="tag_detail"),
    path("tags/<name:slug>/feed.xml", feeds.tag_feed, name="tag_feed"),
    path("pictures/<token:token>/<str:name>", pages.rendition, name="rendition"),
    re_path(r"^pictures/(?P<rest>[\s\S]*)\Z", pages.no_picture, name="no_picture"),
    path("cards/reviews/<name:slug>/<digest:digest>.png", pages.review_card, name="review_card"),
    path("cards/films/<name:slug>/<digest:digest>.png", pages.film_card, name="film_card"),
    path("cards/critics/<name:slug>/<digest:digest>.png", pages.critic_card, name="critic_card"),
    path("cards/franchises/<name:slug>/<digest:digest>.png", pages.franchise_card, name="franchise_card"),
    path("how-we-rate/", pages.how_we_rate, name="how_we_rate"),
    path("how-we-count/", pages.how_we_count, name="how_we_count"),
    path("corrections/", pages.correction_list, name="correction_list"),
    path("about/", pages.about, name="about"),
    path("feed.xml", feeds.review_feed, name="review_feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
    path("robots.txt", pages.robots, name="robots"),
    path("preview/<secret:secret>/", preview_page.preview_link, name="preview_link"),
    path(
        "preview/<secret:secret>/pictures/<token:token>/<str:name>",
        preview_page.preview_link_picture,
        name="preview_link_picture",
    ),
]
