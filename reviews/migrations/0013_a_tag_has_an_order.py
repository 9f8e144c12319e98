"""A tag of an edition also says when the review went up and which one it is, so that a tag's list has an index."""

from typing import Any

import django.db.models.expressions
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    edition = apps.get_model("reviews", "Edition").objects.using(using).filter(pk=OuterRef("edition"))
    apps.get_model("reviews", "EditionTag").objects.using(using).update(
        first_visible_from=Subquery(edition.values("first_visible_from")),
        review_uid=Subquery(edition.values("review_uid")),
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_public_state")]

    operations = [
        migrations.AddField(
            "editiontag", "first_visible_from", models.DateTimeField(editable=False, null=True)
        ),
        migrations.AddField(
            "editiontag",
            "review_uid",
            models.UUIDField(editable=False, null=True, verbose_name="review's uid"),
        ),
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.AlterField("editiontag", "first_visible_from", models.DateTimeField(editable=False)),
        migrations.AlterField(
            "editiontag", "review_uid", models.UUIDField(editable=False, verbose_name="review's uid")
        ),
        migrations.AddIndex(
            "editiontag",
            models.Index(
                models.F("tag"),
                models.OrderBy(models.F("first_visible_from"), descending=True),
                models.F("review_uid"),
                name="editiontag_newest",
            ),
        ),
    ]
