"""Who may give which permissions to whom: nobody gives a permission that they lack, or adds any to themselves.

A superuser has no such limits. Nobody else may change or delete an account or a role that may do more than they may;
that includes its password and its roles.
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
    """The roles that ``by`` may choose for an account. For their own account: those that it has."""
    if by.is_superuser:
        return Group.objects.all()
    if to.pk == by.pk:
        return Group.objects.filter(user=to)
    beyond = Permission.objects.exclude(pk__in=held_by(by).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def permissions_to_give(by: User, role: Group | None) -> QuerySet[Permission]:
    """The permissions that ``by`` may choose for a role (None: a new one). For their own role: those that it has."""
    if by.is_superuser:
        return Permission.objects.all()
    if role is not None and role.user_set.filter(pk=by.pk).exists():
        return role.permissions.all()
    return Permission.objects.filter(pk__in=held_by(by).values("pk"))


def _has_more(permissions: QuerySet[Permission], by: User) -> bool:
    return permissions.exclude(pk__in=held_by(by).values("pk")).exists()
