"""Revisions in sentences for an editor."""

from reviews.desk.moments import spoken
from reviews.models import Revision

NOBODY = "Somebody"
"""Who saved what nobody at the desk did: a fixture, an import."""


def saved_by(revision: Revision) -> str:
    """Who saved it and when."""
    return f"{revision.by_name or NOBODY} saved this review on {spoken(revision.at)}."
