"""What the desk says of a CDN that was asked to drop pages and has not confirmed it."""

import datetime as dt

from django.contrib.auth.models import User

from reviews.desk.cdn.unconfirmed import last_failure
from reviews.desk.dates import moment_in_words
from reviews.desk.permissions import EDIT_ALL


def failure_in_words(by: User) -> str:
    """A sentence for those who publish; empty if there is nothing to say, or for others."""
    failure = last_failure() if by.has_perm(EDIT_ALL) else None
    if failure is None:
        return ""
    at = moment_in_words(dt.datetime.fromisoformat(failure.at))
    return (
        f"The CDN has not confirmed that it dropped pages that changed: on {at}, {failure.reason}. "
        "It may have shown readers the old pages until the end of that minute. Ask whoever runs the site to check "
        "CDN_PURGE_URL and CDN_PURGE_HEADER."
    )
