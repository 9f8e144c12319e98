"""Filters for what others carry away from a review. Pure: none of them asks the database for anything."""

from django import template

from reviews import citation, summary
from reviews.addresses import absolute
from reviews.models.edition import Edition
from reviews.models.outlet import Outlet
from reviews.provenance import provenance_line

register = template.Library()


@register.filter
def cited(edition: Edition, outlet: Outlet) -> citation.Citation:
    """How to cite a published review."""
    original = provenance_line(edition, outlet.name).original
    return citation.citation(edition, outlet, original=original, address=absolute(edition.get_absolute_url()))


@register.filter
def verdict_line(edition: Edition) -> str:
    """The verdict and whose it is, in a sentence; empty where none is stated."""
    return summary.verdict_line(edition)
