from itertools import groupby
from typing import Any

from django.core.management.base import CommandError
from django.db import migrations, models

DETAILS = ("certificate", "advice", "distributor")


def merge_undated(apps: Any, schema_editor: Any) -> None:
    """Merge releases of one film, territory and medium without a date if their details agree.

    Raises CommandError, and names them, if they do not.
    """
    releases = apps.get_model("reviews", "Release").objects.using(schema_editor.connection.alias)
    # By the key: “film” would order by title and year, in which films that share both are mixed.
    undated = releases.filter(date=None).select_related("film").order_by("film_id", "territory", "medium", "pk")
    contrary = []
    for _what, rows in groupby(undated, key=lambda row: (row.film_id, row.territory, row.medium)):
        first, *others = rows
        said = {name: {getattr(row, name) for row in (first, *others)} - {""} for name in DETAILS}
        if any(len(values) > 1 for values in said.values()):
            contrary.append(f"“{first.film.title}” ({first.film.slug}): {first.territory}, {first.medium}")
        elif others:
            for name, values in said.items():
                setattr(first, name, "".join(values))
            first.save(update_fields=DETAILS)
            releases.filter(pk__in=[row.pk for row in others]).delete()
    if contrary:
        raise CommandError(
            "A film can have one release without a date for each territory and medium. These films have more, whose "
            f"details differ: {'; '.join(contrary)}. With the version that you ran until now, give all but one of "
            "each a date or delete them on the film’s page at the desk. Then run migrate again."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0005_founding_roles"),
    ]

    operations = [
        migrations.RunPython(merge_undated, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("date", None)),
                fields=("film", "territory", "medium"),
                name="release_once_undated",
                violation_error_message="This film has that release already.",
            ),
        ),
    ]
