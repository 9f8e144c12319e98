"""The admin of each noun that has no package of its own."""

from reviews.admin.nouns import accounts, film, outlet, people, records, vocabulary

__all__ = ["accounts", "film", "outlet", "people", "records", "vocabulary"]
