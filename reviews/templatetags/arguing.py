"""Filters for disagreement between critics. None makes a query."""

from django import template

from reviews.models.public.edition import Edition
from reviews.models.shared.aspect import Aspect
from reviews.public import addresses
from reviews.public.reading import summary
from reviews.public.reading.argument import FilmArgument
from reviews.public.reading.matrix import Matrix
from reviews.rules.argument import Disagreement

register = template.Library()

register.filter(summary.opposition_line)


@register.filter
def side_by_side(opposition: Disagreement[Edition, Aspect]) -> str:
    """The address of the two reviews side by side."""
    return addresses.side_by_side_path(opposition.one, opposition.other)


@register.filter
def matrix(argument: FilmArgument, order: str) -> Matrix:
    """Critics by aspects, in one of the two orders."""
    return Matrix(argument, order)
