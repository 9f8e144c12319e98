"""The demo: its three accounts, and the only backend that lets them in.

Their rows hold a mark where others hold a password, and no password fits it. What opens them is drawn anew at every
start of ``manage.py demo``, printed, and kept in that process's environment; a site that is not started in demo mode
does not know this backend, and an account without the mark is never opened by it.
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
"""What the demo's accounts hold as their password; one that is given a password is an account like any other."""


class NotTheDemos(Exception):
    """An account has the name of one of the demo's, and was made by somebody else."""


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
    """Make the accounts where they are missing, and draw their passwords; user name to password. Raises NotTheDemos."""
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
