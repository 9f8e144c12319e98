"""Filters for the navigation of every page. None makes a query."""

from django import template

from reviews.public import navigation

register = template.Library()

register.filter(navigation.sections)
register.filter(navigation.about_site)
