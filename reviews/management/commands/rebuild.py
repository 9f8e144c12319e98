"""``manage.py rebuild``: recreate what is computed from what was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews import derived


class Command(BaseCommand):
    help = "Recreate everything that is computed: rendered bodies, sort keys, editions of reviews loaded as approved."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for line in derived.rebuild():
                self.stdout.write(line)
        except derived.CannotPublish as error:
            raise CommandError(str(error)) from error
