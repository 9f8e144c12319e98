"""Sessions for what a bench sends to the desk, made without a sign-in: hashing a password takes a second."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from reviews.seeding.factories import make_review


def session_of(account: User) -> str:
    """The value of the session's cookie."""
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def writer(account: User, **fields: Any) -> dict[str, Any]:
    """A session of an account with a review of its own, for :class:`tests.bench.editor.Editor`."""
    review = make_review(**fields)
    return {"session": session_of(account), "review": review.pk, "slug": review.slug}
