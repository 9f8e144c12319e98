"""``manage.py renditions``: make, check and prune the renditions of pictures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reviews.imaging.headers import RefusedImageError
from reviews.management.progress import Progress
from reviews.models import PictureFile
from reviews.pictures import making, storage
from reviews.pictures.needed import batches_of, frames_needed
from reviews.pictures.pruning import prune

MOST_NAMED = 5


class Command(BaseCommand):
    help = (
        "Make the renditions that pages need and that are not there yet, of every picture that stands anywhere. What "
        "is not made ahead is made when the first reader asks. It may be stopped at any time, and goes on next time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--check", action="store_true", help="only say which files of pictures are missing")
        only.add_argument(
            "--prune",
            action="store_true",
            help="only remove renditions of versions that are gone, and of sizes that no page asks for any more",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prune"]:
            self.stdout.write(f"{sum(prune()):,} renditions removed.")
        elif options["check"]:
            self._check()
        else:
            try:
                self._make()
            except KeyboardInterrupt:
                raise CommandError(
                    "Stopped: what was made is kept, and the next run goes on from there."
                ) from None

    def _check(self) -> None:
        files = PictureFile.objects.order_by("picture_uid", "number")
        missing, progress = [], Progress(self.stdout, files.count(), "files of pictures")
        for count, file in enumerate(files.iterator(), 1):
            name = storage.master_name(file)
            if not storage.storage().exists(name):
                missing.append(name)
            progress.show(count)
        if missing:
            raise CommandError(_told_of(missing))
        self.stdout.write("Every picture has its file.")

    def _make(self) -> None:
        needed = frames_needed()
        files = PictureFile.objects.filter(pk__in=needed).order_by("picture_uid", "number")
        made, missing, damaged, progress = 0, [], [], Progress(self.stdout, len(needed), "pictures")
        for count, file in enumerate(files, 1):
            try:
                for batch in batches_of(file, needed[file.pk]):
                    made += making.make(file, batch)
            except storage.MissingFileError:
                missing.append(storage.master_name(file))
            except RefusedImageError:
                damaged.append(storage.master_name(file))
            progress.show(count)
        self.stdout.write(f"{made:,} renditions made.")
        if missing or damaged:
            raise CommandError(" ".join(filter(None, (_told_of(missing), _told_of_damaged(damaged)))))


def _told_of(missing: list[str]) -> str:
    if not missing:
        return ""
    return (
        f"Files of pictures are missing, so readers do not see these: {_named(missing)}. Put them back from the backup "
        "that goes with the database."
    )


def _told_of_damaged(damaged: list[str]) -> str:
    return f"These files of pictures are damaged: {_named(damaged)}." if damaged else ""


def _named(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
