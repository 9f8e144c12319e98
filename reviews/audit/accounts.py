"""Accounts of the audit, in one of the founding roles."""

import secrets

from django.contrib.auth.models import Group, Permission, User

from reviews.desk.accounts.roles import permissions_of
from reviews.seeding.factories import make_account


def new_account(role: str) -> User:
    """A staff account in a role, under a name that nobody has. Makes the role again where there is none so named."""
    group, is_new = Group.objects.get_or_create(name=role)
    if is_new:
        codenames = {each.rpartition(".")[2] for each in permissions_of(role)}
        group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return make_account(role, username=f"leak-audit-{secrets.token_hex(8)}")
