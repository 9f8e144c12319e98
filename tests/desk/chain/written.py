"""A history to tamper with, and its digests computed as docs/operations.md states the form, from the rows as stored."""

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

from reviews import clock
from reviews.desk import history
from reviews.desk.history import Window
from reviews.models import Embargo, HistoryEntry
from reviews.seeding.factories import MOMENT, make_account, make_film, make_review

LENGTH = 8
WORDS = "“Ça commence” — 東京 🎬 e\u0301 vs é \u2028\t\\ \"'"


def write_history() -> None:
    """Eight entries: texts of many scripts, of an account and of none, with windows and without."""
    film, person = make_film(), make_account("", username="zoë", first_name="Zoë", last_name="Ω")
    review = make_review(film=film)
    embargo = Embargo(film=film, lifts_at=MOMENT, zone="UTC")
    for number in range(LENGTH // 4):
        with clock.reading_at(MOMENT + dt.timedelta(hours=number, microseconds=7)):
            until = Window(MOMENT, MOMENT + dt.timedelta(days=number + 1, microseconds=1))
            history.record(f"Begun {number}.", by=person, film=film, review=review)
            history.record(WORDS, by=None, film=film, because=WORDS * (number + 1))
            history.record("Decided.", by=person, film=film, review=review, window=until)
            history.record("Agreed.", by=person, film=film, embargo=embargo, window=Window(MOMENT))


def link(previous: str, row: Any) -> str:
    """The digest of a row as stored, by the documented form."""

    def text(value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        return str(value) if isinstance(value, uuid.UUID) else value

    unsaid = {"id", "by_id", "number", "digest"}
    said = {name: text(value) for name, value in sorted(row.items()) if name not in unsaid}
    return hashlib.sha256(json.dumps([1, previous, said], separators=(",", ":")).encode()).hexdigest()


def chain_by_hand() -> list[str]:
    """The digests that the entries should have, in the order of their numbers."""
    digests = ["0" * 64]
    for row in HistoryEntry.objects.order_by("number").values():
        digests.append(link(digests[-1], row))
    return digests[1:]
