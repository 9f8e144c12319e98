"""An embargo says since when it was agreed, as the history has it; empty for one that is older than the history."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def read_the_history(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    agreed = Q(what__endswith=" was agreed.") | Q(what__endswith=" was moved.")
    entries = apps.get_model("reviews", "HistoryEntry").objects.using(using)
    first = entries.filter(agreed, decides_uid=OuterRef("uid")).order_by("at")
    apps.get_model("reviews", "Embargo").objects.using(using).update(agreed_at=Subquery(first.values("at")[:1]))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0015_counts_are_kept")]

    operations = [
        migrations.AddField(
            "embargo",
            "agreed_at",
            models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When it was entered here; empty if nobody knows.",
                null=True,
            ),
        ),
        migrations.RunPython(read_the_history, migrations.RunPython.noop),
    ]
