"""The demo: its three accounts, and the only authentication backend that accepts them.

Instead of a password hash, their rows contain a marker that no password matches. Every start of ``manage.py demo``
generates new passwords, prints them and keeps them in the environment of its process. Only a site in demo mode uses
this backend, and it never signs in to an account without the marker.
"""

import os
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

ACCOUNTS = {"critic": "Critic", "editor": "Editor", "publisher": "Publisher"}
"""User name to group."""
MARK = f"{UNUSABLE_PASSWORD_PREFIX}the-demo's"
"""The password field of the demo's accounts. An account that is given a password becomes an ordinary account."""


class NotTheDemos(Exception):
    """An account has the name of a demo account, but the demo did not make it."""


class DemoBackend(ModelBackend):
    """Sign in a demo account with the password of this start."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        if not settings.DEMO or username not in ACCOUNTS or not password:
            return None
        expected = os.environ.get(_variable(username), "")
        if not expected or not secrets.compare_digest(password.encode(), expected.encode()):
            return None
        return _the_demos().filter(username=username, is_active=True).first()


def open_accounts() -> dict[str, str]:
    """Create missing accounts and generate passwords; return user name to password. Raises NotTheDemos."""
    passwords = {}
    for username, role in ACCOUNTS.items():
        _, created = User.objects.get_or_create(
            username=username, defaults={"is_staff": True, "password": MARK}
        )
        account = _the_demos().filter(username=username).first()
        if account is None:
            raise NotTheDemos(username)
        if created:
            account.groups.add(Group.objects.get(name=role))
        passwords[username] = os.environ[_variable(username)] = "-".join(
            secrets.token_hex(2) for _ in range(3)
        )
    return passwords


def _the_demos() -> QuerySet[User]:
    return User.objects.filter(password=MARK, is_superuser=False)


def _variable(username: str) -> str:
    return f"DEMO_PASSWORD_{username.upper()}"
