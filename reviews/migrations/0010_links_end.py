from typing import Any

from django.db import migrations
from django.db.models import F, Q

from reviews import clock


def end_links(apps: Any, schema_editor: Any) -> None:
    """End existing links that a withdrawal or a closed account would end now, and print how many."""
    using, now = schema_editor.connection.alias, clock.now()
    links = apps.get_model("reviews", "PreviewLink").objects.using(using)
    working = links.filter(Q(revoked_at=None) | Q(revoked_at__gt=now), expires_at__gt=now)
    before = Q(review__status_since=None) | Q(made_at__lte=F("review__status_since"))
    gone = Q(made_by=None) & ~Q(made_by_name="")
    for ending, why in (
        (working.filter(before, review__status="withdrawn"), "to withdrawn reviews"),
        (working.filter(gone | Q(made_by__is_active=False)), "of closed accounts"),
    ):
        keys = list(ending.values_list("pk", flat=True))
        if count := links.filter(pk__in=keys).update(revoked_at=now):
            print(f"\n    Ended preview links {why}: {count}.", end="")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_sign_in_attempts")]

    operations = [migrations.RunPython(end_links, migrations.RunPython.noop)]
