"""``manage.py seed``: fill the database with an invented archive of any size."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_date

from reviews import clock
from reviews.management.seeding.archive import SeedError, midnight
from reviews.management.seeding.writing import seed

BAR_WIDTH = 40
LINES = 10


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
        reviews: int = options["reviews"]
        as_of = _day(options["as_of"]) if options["as_of"] else midnight(clock.now())
        self.shown = -1
        try:
            seed(reviews, as_of=as_of, progress=lambda written: self.show(written, reviews))
        except SeedError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped: the films written so far are whole, with all of their reviews."
            ) from None
        self.stdout.write(f"{reviews} reviews are here, as of {as_of:%Y-%m-%d}.")

    def show(self, written: int, reviews: int) -> None:
        """Show how far it is: a bar on a terminal, elsewhere a line for every tenth."""
        if self.stdout.isatty():
            filled = BAR_WIDTH * written // reviews
            bar = "█" * filled + "·" * (BAR_WIDTH - filled)
            end = "\n" if written == reviews else ""
            self.stdout.write(f"\r{bar} {written:,} of {reviews:,} reviews", ending=end)
            self.stdout.flush()
        elif (tenth := LINES * written // reviews) > self.shown:
            self.shown = tenth
            self.stdout.write(f"{written:,} of {reviews:,} reviews")


def _day(text: str) -> dt.datetime:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"“{text}” is not a day: write it like 2025-06-06.")
    return dt.datetime.combine(day, dt.time(), dt.UTC)
