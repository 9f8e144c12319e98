"""The navigation of every page: the sections of the site, and the pages about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

_SECTIONS = ("film_list", "critic_list", "review_list", "person_list", "tag_list")
_ABOUT = ("archive", "how_we_rate", "how_we_count", "correction_list", "about")


@dataclass(frozen=True)
class Link:
    """A link of the navigation; ``is_here`` if the page is what it leads to, or below that."""

    label: str
    path: str
    is_here: bool


def section_of(path: str) -> str:
    """The path of the section that a page with this path is in; empty if it is in none."""
    paths = _paths(get_script_prefix(), _SECTIONS + _ABOUT)
    return next((each for each in paths if path.startswith(each)), "")


def sections(here: str) -> list[Link]:
    """The sections of the site, for a page in the section at ``here``."""
    labels = (_("Films"), _("Critics"), _("Reviews"), _("People"), _("Tags"))
    return _links(labels, _SECTIONS, here)


def about_site(here: str) -> list[Link]:
    """The pages about the site, in the same way."""
    labels = (_("Archive"), _("How we rate"), _("How we count"), _("Corrections"), _("About"))
    return _links(labels, _ABOUT, here)


def _links(labels: Iterable[str], routes: tuple[str, ...], here: str) -> list[Link]:
    paths = _paths(get_script_prefix(), routes)
    return [Link(label, path, path == here) for label, path in zip(labels, paths, strict=True)]


@lru_cache(maxsize=16)
def _paths(prefix: str, routes: tuple[str, ...]) -> tuple[str, ...]:
    """The paths of routes, which depend on where the site is only."""
    return tuple(reverse(route) for route in routes)
