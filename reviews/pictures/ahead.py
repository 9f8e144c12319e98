"""Makes renditions ahead of readers, after a commit that may bring new ones: in a thread, one width at a time.

A worker that stops loses nothing: what is not made ahead is made when the first reader asks.
"""

import logging
import time
from threading import Lock, Thread

from django.conf import settings
from django.db import connection

from reviews.imaging.headers import RefusedImageError
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.making import make
from reviews.pictures.needed import batches_of, frames_needed
from reviews.pictures.storage import MissingFileError

WAIT = 1.0
"""Seconds after a commit: whoever made it reads the next page first."""

logger = logging.getLogger(__name__)


class Ahead:
    """The thread of a process, if anything may have to be made, and which renditions (by digest) it has looked at."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_asked = False
        self._is_running = False
        self._looked_at: set[str] = set()

    def look(self) -> None:
        """Make, soon, what pages need and is not there. Returns at once and never raises."""
        if not settings.PICTURES_AHEAD:
            return
        with self._lock:
            self._is_asked = True
            if self._is_running:
                return
            self._is_running = True
        try:
            Thread(target=self._run, name="renditions-ahead", daemon=True).start()
        except RuntimeError:
            self._is_running = False
            logger.exception("No thread for renditions could be started.")

    def _run(self) -> None:
        while True:
            time.sleep(WAIT)
            with self._lock:
                self._is_asked = False
            try:
                self.make()
            except Exception:
                logger.exception("Renditions could not be made ahead.")
            finally:
                connection.close()
            with self._lock:
                if not self._is_asked:
                    self._is_running = False
                    return

    def make(self) -> int:
        """Make what pages need and this process has not looked at, the newest first. Returns how many were made."""
        needed, made = frames_needed(), 0
        # All of them at once: a query that stays open would keep SQLite from writing its log back.
        for file in list(PictureFile.objects.filter(pk__in=needed).order_by("-added_at", "uid")):
            batches = [*batches_of(file, needed[file.pk])]
            digests = {each.digest for batch in batches for each in batch}
            if digests <= self._looked_at:
                continue
            try:
                made += sum(make(file, batch) for batch in batches)
            except (MissingFileError, RefusedImageError) as error:
                logger.warning("No reader sees a picture until its file is put back: %s", error)
            self._looked_at |= digests
        return made


AHEAD = Ahead()
