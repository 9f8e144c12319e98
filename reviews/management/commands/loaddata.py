"""``manage.py loaddata``: Django's command, which also publishes approved reviews; if it cannot, it loads nothing."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata

from reviews import derived


class Command(loaddata.Command):
    def loaddata(self, fixture_labels: Any) -> None:
        # Django calls this in the transaction that everything is loaded in.
        try:
            with derived.published_together():
                super().loaddata(fixture_labels)
        except derived.CannotPublish as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
