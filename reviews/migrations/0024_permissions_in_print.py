"""Words of permissions in a database that is in use: Django writes them once, when it makes the row, and never again.

The rows stay, so accounts and groups keep what they have. What somebody has worded by hand stays as well.
"""

from django.db import migrations

RENAMED = {
    "edit_all_copy": (("Can edit everybody's reviews",), "Can edit everybody’s reviews"),
    "publish_review": (
        ("Can publish, re-time and withdraw reviews",),
        "Can approve, return and re-time reviews",
    ),
}
"""By codename: the words of earlier releases, and those of now."""


def rename(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    for codename, (earlier, now) in RENAMED.items():
        permissions.filter(
            content_type__app_label="reviews",
            content_type__model="review",
            codename=codename,
            name__in=earlier,
        ).update(name=now)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("reviews", "0023_known_after"),
    ]

    # In no new database are there permissions yet, and the older words of a label do no harm to an earlier release.
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
