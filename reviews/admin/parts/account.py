"""The account of whoever sent a request to the desk."""

from django.contrib.auth.models import User
from django.http import HttpRequest


def account_of(request: HttpRequest) -> User:
    """Who is signed in: the desk's own pages open to nobody else."""
    assert isinstance(request.user, User)
    return request.user
