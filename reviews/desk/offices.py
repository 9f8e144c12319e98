"""Who may give which powers to whom: nobody gives what they do not hold, and nobody widens what they are themselves.

A superuser is asked nothing. Everybody else leaves alone an account or a role that may do more than they may: its
password, its roles and its end are a superuser's.
"""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet


def held_by(account: User) -> QuerySet[Permission]:
    """Every permission of an account, by its roles or of its own; all of them for a superuser."""
    if account.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=account) | Q(group__user=account)).distinct()


def exceeds(account: User, by: User) -> bool:
    """Whether an account may do more than somebody else may, or could if it were opened again."""
    if by.is_superuser:
        return False
    return account.is_superuser or _has_more(held_by(account), by)


def role_exceeds(role: Group, by: User) -> bool:
    """Whether a role allows more than somebody may do."""
    return not by.is_superuser and _has_more(role.permissions.all(), by)


def roles_to_give(by: User, to: User) -> QuerySet[Group]:
    """The roles that an account may be left with by somebody: to oneself nobody gives another."""
    if by.is_superuser:
        return Group.objects.all()
    if to.pk == by.pk:
        return Group.objects.filter(user=to)
    beyond = Permission.objects.exclude(pk__in=held_by(by).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def permissions_to_give(by: User, role: Group | None) -> QuerySet[Permission]:
    """The permissions that a role (None: a new one) may be left with by somebody: one's own is not widened."""
    if by.is_superuser:
        return Permission.objects.all()
    if role is not None and role.user_set.filter(pk=by.pk).exists():
        return role.permissions.all()
    return Permission.objects.filter(pk__in=held_by(by).values("pk"))


def _has_more(permissions: QuerySet[Permission], by: User) -> bool:
    return permissions.exclude(pk__in=held_by(by).values("pk")).exists()
