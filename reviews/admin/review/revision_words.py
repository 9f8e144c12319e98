"""Revisions in sentences for an editor."""

from reviews.desk.dates import moment_in_words, short
from reviews.models import Revision

NOBODY = "Somebody"
"""The name shown for saves by a fixture or an import."""


def saved_by(revision: Revision) -> str:
    """Who saved it and when."""
    return f"{revision.by_name or NOBODY} saved this review on {moment_in_words(revision.at)}."


def title_of(revision: Revision) -> str:
    """Its title on a page: ``Revision 3, “as filed” · Pauline, 4 Jun 2025, 17:00``."""
    return f"{revision} · {revision.by_name or NOBODY}, {short(revision.at)}"
