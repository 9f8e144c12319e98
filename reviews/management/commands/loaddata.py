"""``manage.py loaddata``: Django's command, which also publishes approved reviews; if it cannot, it loads nothing.

Files of pictures are taken from a folder beside the fixture.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata

from reviews import derived
from reviews.desk.pictures import adopting


class Command(loaddata.Command):
    def handle(self, *fixture_labels: Any, **options: Any) -> None:
        super().handle(*fixture_labels, **options)
        # A label without a folder is a name, and is looked for in the folders of the settings.
        named = (Path(label).parent for label in fixture_labels if Path(label).name != label)
        if missing := adopting.adopt([*named, *map(Path, self.fixture_dirs)]):
            self.stderr.write(adopting.told_of(missing))

    def loaddata(self, fixture_labels: Any) -> None:
        # Django calls this in the transaction that everything is loaded in.
        try:
            with derived.published_together():
                super().loaddata(fixture_labels)
        except derived.CannotPublish as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
