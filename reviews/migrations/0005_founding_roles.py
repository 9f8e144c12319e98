import django.db.models.deletion
from django.db import migrations, models

import reviews.models.fields

_ALL = ("add", "change", "delete", "view")
_EDITOR = {
    "review": (*_ALL, "edit_all_copy", "publish_review"),
    "film": _ALL,
    "credit": _ALL,
    "release": _ALL,
    "franchise": _ALL,
    "person": ("add", "change", "view"),
    "critic": ("add", "view"),
    "criticlink": ("add", "view"),
    "aspect": _ALL,
    "tag": _ALL,
    "embargo": ("view",),
    "edition": ("view",),
    "correction": ("view",),
    "oldaddress": ("view",),
    "outlet": ("view",),
}
GRANTED = {
    "Critic": {
        "review": ("add", "change", "view"),
        "film": ("view",),
        "critic": ("view",),
        "person": ("view",),
        "aspect": ("view",),
        "tag": ("view",),
    },
    "Editor": _EDITOR,
    "Publisher": _EDITOR
    | {
        "review": (*_EDITOR["review"], "withdraw_review"),
        "critic": _ALL,
        "criticlink": _ALL,
        "person": _ALL,
        "embargo": ("add", "change", "view"),
        "oldaddress": _ALL,
        "outlet": ("add", "change", "view"),
        "user": _ALL,
        "group": _ALL,
    },
}
"""The permissions that every earlier migrate gave each role: if a role lacks one of them now, the outlet removed it."""


def remember(apps, schema_editor):
    """Record this table as granted in a database that is in use. In a new one, it is granted after migrating."""
    using = schema_editor.connection.alias
    Group, User = (apps.get_model("auth", name) for name in ("Group", "User"))
    if not (Group.objects.using(using).exists() or User.objects.using(using).exists()):
        return
    FoundingRole = apps.get_model("reviews", "FoundingRole")
    for name, table in GRANTED.items():
        granted = [
            f"{'auth' if model in ('user', 'group') else 'reviews'}.{verb if '_' in verb else f'{verb}_{model}'}"
            for model, verbs in table.items()
            for verb in verbs
        ]
        FoundingRole.objects.using(using).create(
            name=name,
            group=Group.objects.using(using).filter(name=name).first(),
            granted=sorted(granted),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("reviews", "0004_franchises_have_pages"),
    ]

    operations = [
        migrations.CreateModel(
            name="FoundingRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", reviews.models.fields.LineField(max_length=40, unique=True)),
                ("granted", models.JSONField(blank=True, default=list)),
                (
                    "group",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="auth.group",
                    ),
                ),
            ],
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
