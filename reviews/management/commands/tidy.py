"""``manage.py tidy``: remove at once what the site removes a few rows at a time."""

from typing import Any

from django.core.management.base import BaseCommand

from reviews.desk import tidying


class Command(BaseCommand):
    help = (
        "Remove old autosaves, preview links that ended long ago, expired sessions and old failed sign-ins."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, rows in tidying.EVERYTHING.items():
            self.stdout.write(f"Removed {kind}: {tidying.remove_all(rows)}.")
