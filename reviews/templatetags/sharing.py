"""Filters for sharing and citing a review. None makes a query."""

from django import template

from reviews.models.public.edition import Edition
from reviews.models.shared.outlet import Outlet
from reviews.public import citation
from reviews.public.addresses import absolute
from reviews.public.provenance import provenance_line
from reviews.public.reading import summary

register = template.Library()

register.filter(summary.verdict_line)


@register.filter
def cited(edition: Edition, outlet: Outlet) -> citation.Citation:
    """How to cite a published review."""
    original = provenance_line(edition, outlet.name).original
    return citation.citation(edition, outlet, original=original, address=absolute(edition.get_absolute_url()))
