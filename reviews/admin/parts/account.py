"""The account of a request to the desk."""

from django.contrib.auth.models import User
from django.http import HttpRequest


def account_of(request: HttpRequest) -> User:
    """The signed-in user: every desk page requires one."""
    assert isinstance(request.user, User)
    return request.user
