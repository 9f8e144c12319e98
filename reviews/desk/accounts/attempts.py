"""A limit on attempts to sign in, by account and address and, wider, by address.

An attempt is counted before its password is checked, and taken back when it succeeds, so that simultaneous attempts
cannot get around the limit. A refused attempt costs one query and no hashing. Attempts from one address never lock an
account out at another.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from reviews import clock
from reviews.models import SignInAttempts

FORGOTTEN_AFTER = dt.timedelta(hours=1)
"""How long failures count after the last attempt."""
MOST_ROWS = 10_000
"""How many rows are kept at most; beyond that, the oldest are deleted first."""
AT_ONCE = 100
"""How many rows one attempt deletes at most."""


@dataclass(frozen=True)
class Limit:
    """From the ``free``-th failure in a row on, each is followed by a wait: the first, doubled up to the longest."""

    free: int
    first: dt.timedelta
    longest: dt.timedelta

    def wait(self, failures: int) -> dt.timedelta | None:
        over = failures - self.free
        if over < 0:
            return None
        doubled: int = 2 ** min(over, 20)
        return min(self.first * doubled, self.longest)


OF_AN_ACCOUNT = Limit(5, dt.timedelta(seconds=30), dt.timedelta(minutes=10))
"""From one address."""
OF_AN_ADDRESS = Limit(30, dt.timedelta(seconds=30), dt.timedelta(minutes=2))
"""For all accounts together. Higher, with short waits: a whole newsroom may share one address."""


def begin(address: str, name: str) -> dt.datetime | None:
    """Count an attempt; the moment until which it is refused, or None if its password may be checked.

    A refused attempt is not counted, so repeating it does not lengthen the wait.
    """
    now = clock.now()
    keys = _keys(address, name)
    if until := _refused_until(keys, now):
        return until
    with transaction.atomic():
        is_new = _add_missing(keys, now)
        # Always in the same order, so that two attempts cannot deadlock.
        rows = SignInAttempts.objects.select_for_update().filter(key__in=keys).order_by("key")
        found = {row.key: row for row in rows}
        if until := _refused_until(keys, now):
            return until
        for key, limit in keys.items():
            row = found.get(key)
            if row is None:  # Another attempt has deleted it meanwhile, to make room.
                continue
            row.failures = 1 if row.last_at < now - FORGOTTEN_AFTER else row.failures + 1
            wait = limit.wait(row.failures)
            row.refused_until = now + wait if wait else None
            row.last_at = now
            row.save(update_fields=["failures", "refused_until", "last_at"])
        if is_new:
            _make_room(keys, now)
    return None


def succeeded(address: str, name: str) -> None:
    """Take back the attempt that was begun, and forget the account's failures from this address."""
    of_account, of_address = _keys(address, name)
    SignInAttempts.objects.filter(key=of_account).update(failures=0, refused_until=None)
    SignInAttempts.objects.filter(key=of_address, failures__gt=0).update(
        failures=F("failures") - 1, refused_until=None
    )


def _keys(address: str, name: str) -> dict[str, Limit]:
    def digest(*parts: str) -> str:
        return salted_hmac("reviews.desk.accounts.attempts", "\n".join(parts), algorithm="sha256").hexdigest()

    return {digest(address, name): OF_AN_ACCOUNT, digest(address): OF_AN_ADDRESS}


def _refused_until(keys: dict[str, Limit], now: dt.datetime) -> dt.datetime | None:
    rows = SignInAttempts.objects.filter(key__in=list(keys), refused_until__gt=now)
    return max((row.refused_until for row in rows if row.refused_until), default=None)


def _add_missing(keys: dict[str, Limit], now: dt.datetime) -> bool:
    """Add the rows that are missing; whether any were."""
    if SignInAttempts.objects.filter(key__in=list(keys)).count() == len(keys):
        return False
    new = [SignInAttempts(key=key, last_at=now) for key in sorted(keys)]
    SignInAttempts.objects.bulk_create(new, ignore_conflicts=True)
    return True


def _make_room(keys: dict[str, Limit], now: dt.datetime) -> None:
    """Delete some old rows, or the oldest if there are too many.

    The caller holds its own rows and waits for no others: an attempt whose row is deleted here cannot block it.
    """
    oldest = SignInAttempts.objects.exclude(key__in=list(keys)).order_by("last_at", "pk")
    if SignInAttempts.objects.count() <= MOST_ROWS:
        oldest = oldest.filter(last_at__lt=now - FORGOTTEN_AFTER)
    found = oldest.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE]
    SignInAttempts.objects.filter(pk__in=list(found)).delete()
