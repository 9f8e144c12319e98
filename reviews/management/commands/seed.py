"""``manage.py seed``: fill the database with an invented archive of any size."""

import datetime as dt
import os
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_date

from reviews import clock
from reviews.management.progress import Progress
from reviews.models import Review
from reviews.seeding.invented.plan import SeedError, midnight
from reviews.seeding.invented.writing import seed
from reviewsite.environment import set_for_production


class Command(BaseCommand):
    help = "Write an invented archive: films, critics and reviews in every state. The same one for the same options."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reviews", type=int, required=True, metavar="N", help="how many reviews to write"
        )
        parser.add_argument(
            "--as-of",
            metavar="YYYY-MM-DD",
            help="the day (UTC) on which the archive stands as described; what is due is due after it (default: today)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _require_a_place_for_inventions()
        reviews: int = options["reviews"]
        as_of = _day(options["as_of"]) if options["as_of"] else midnight(clock.now())
        progress = Progress(self.stdout, reviews, "reviews")
        try:
            seed(reviews, as_of=as_of, progress=progress.show)
        except SeedError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped: the films written so far are whole, with all of their reviews."
            ) from None
        self.stdout.write(f"{reviews} reviews are here, as of {as_of:%Y-%m-%d}.")


def _require_a_place_for_inventions() -> None:
    """Refuse a real site: seeded reviews are public at once, and cannot be told from real ones afterwards."""
    if settings.PRODUCTION:
        raise CommandError("Seeded reviews are public at once, so seed in development only: set DEBUG=1.")
    # DATABASE_URL is also set in development on PostgreSQL. There, the content of the database decides.
    if named := [
        name for name in set_for_production(os.environ) if name not in ("DATABASE_URL", "CONN_MAX_AGE")
    ]:
        raise CommandError(
            f"Set for a real site, which must not be seeded: {', '.join(named)}. Empty them for this command, "
            f"even if .env sets them: {' '.join(f'{name}=' for name in named)} manage.py seed …"
        )
    # Accounts count too: a real site has one before its first review.
    held = Review.objects.order_by("sequence").first() or User.objects.order_by("pk").first()
    if held:
        raise CommandError(
            f"The {held._meta.verbose_name} “{held}” is here already. Seed an empty database, and make accounts "
            "afterwards: set VAR_DIR to a new folder or DATABASE_URL to a new database, and run migrate first."
        )


def _day(text: str) -> dt.datetime:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"“{text}” is not a day: write it like 2025-06-06.")
    return dt.datetime.combine(day, dt.time(), dt.UTC)
