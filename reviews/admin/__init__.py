"""The desk's rooms in Django's admin, by noun. The site they register with is :mod:`reviews.admin.site`."""

from reviews.admin import accounts, embargo, film, outlet, people, records, review, vocabulary

__all__ = ["accounts", "embargo", "film", "outlet", "people", "records", "review", "vocabulary"]
