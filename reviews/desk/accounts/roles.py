"""The three default groups and their permissions.

They are made after migrating, and each permission is granted once: a release's new permissions are added, and what an
outlet has given or taken stays so. (Permissions do not exist while a migration runs, and a flush removes groups, so
neither can live in a migration.)
"""

from typing import Any

from django.apps import apps as global_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import transaction

_ALL = ("add", "change", "delete", "view")
_VIEW = ("view",)

CRITIC: dict[str, tuple[str, ...]] = {
    "reviews.review": ("add", "change", "view"),
    "reviews.film": _VIEW,
    "reviews.critic": _VIEW,
    "reviews.person": _VIEW,
    "reviews.aspect": _VIEW,
    "reviews.tag": _VIEW,
    "reviews.picture": ("add", "change", "view"),
}
EDITOR: dict[str, tuple[str, ...]] = {
    "reviews.review": (*_ALL, "edit_all_copy", "publish"),
    "reviews.film": _ALL,
    "reviews.credit": _ALL,
    "reviews.release": _ALL,
    "reviews.franchise": _ALL,
    "reviews.person": ("add", "change", "view"),
    "reviews.critic": ("add", "view"),
    "reviews.criticlink": ("add", "view"),
    "reviews.aspect": _ALL,
    "reviews.tag": _ALL,
    "reviews.picture": _ALL,
    "reviews.embargo": _VIEW,
    "reviews.edition": _VIEW,
    "reviews.correction": _VIEW,
    "reviews.oldaddress": _VIEW,
    "reviews.outlet": _VIEW,
}
PUBLISHER: dict[str, tuple[str, ...]] = EDITOR | {
    "reviews.review": (*EDITOR["reviews.review"], "withdraw"),
    "reviews.critic": _ALL,
    "reviews.criticlink": _ALL,
    "reviews.person": _ALL,
    "reviews.embargo": ("add", "change", "view"),
    "reviews.oldaddress": _ALL,
    "reviews.picture": (*EDITOR["reviews.picture"], "license"),
    "reviews.outlet": ("add", "change", "view"),
    "auth.user": _ALL,
    "auth.group": _ALL,
}
ROLES = {"Critic": CRITIC, "Editor": EDITOR, "Publisher": PUBLISHER}
"""Group to model to permissions. :mod:`reviews.desk.permissions` applies a permission to one review."""

_CODENAMES = {
    "edit_all_copy": "edit_all_copy",
    "publish": "publish_review",
    "withdraw": "withdraw_review",
}


def permissions_of(role: str) -> set[str]:
    """A role's permissions, as ``reviews.publish_review``."""
    granted = set()
    for label, verbs in ROLES[role].items():
        application, model = label.split(".")
        granted |= {f"{application}.{_CODENAMES.get(verb, f'{verb}_{model}')}" for verb in verbs}
    return granted


def ensure_groups(using: str = "default", apps: Apps = global_apps, **kwargs: Any) -> None:
    """Make the groups that have never been made, and grant each what its role has never been granted.

    A permission that an outlet took away is not given back, a group that it deleted is not made again, and one that it
    renamed stays the same role. A receiver of ``post_migrate``; does nothing until all its tables exist.
    """
    try:
        Group = apps.get_model("auth", "Group")
        Permission = apps.get_model("auth", "Permission")
        FoundingRole = apps.get_model("reviews", "FoundingRole")
    except LookupError:
        return
    for label in ("auth", "reviews"):
        # Django makes permissions in a receiver of the same signal, which may come later.
        create_permissions(global_apps.get_app_config(label), verbosity=0, using=using, apps=apps)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using)
        .filter(content_type__app_label__in=["auth", "reviews"])
        .select_related("content_type")
    }
    for name in ROLES:
        with transaction.atomic(using=using):
            role = FoundingRole.objects.using(using).filter(name=name).first()
            if role is None:
                group, _ = Group.objects.using(using).get_or_create(name=name)
                role = FoundingRole.objects.using(using).create(name=name, group=group)
            new = permissions_of(name).intersection(known).difference(role.granted)
            if not new:
                continue
            if role.group:
                role.group.permissions.add(*(known[each] for each in sorted(new)))
            role.granted = sorted({*role.granted, *new})
            role.save(update_fields=["granted"])
