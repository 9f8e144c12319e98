"""What readers see of some reviews or of a film, before a change and after it."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Sum

from reviews.desk.cdn.addresses import MOST_EDITIONS
from reviews.models import Correction, Edition

Fingerprint = tuple[Any, ...]


@dataclass
class Watch:
    """Looks at the editions that readers see, before and after a change; both at the moment of its clock.

    ``scope`` is a condition on editions, such as ``{"film": 3}``. The number, sum and ends of their keys stand for
    them, because a film may have thousands. A film's embargo hides notes on withdrawals and earlier verdicts, too.
    """

    scope: dict[str, Any]
    with_notes: bool = False
    before: Fingerprint | None = field(default=None, init=False)
    _public_before: set[int] | None = field(default=None, init=False)

    def look(self) -> None:
        """Look, unless it has: before the first statement that changes anything."""
        if self.before is None:
            self.before = self._fingerprint()
            self._public_before = self._public()

    def changes(self) -> tuple[bool, bool]:
        """Whether readers see something else now, and whether any of what they saw is gone."""
        if self.before is None:
            return False, False
        after = self._fingerprint()
        is_changed = after != self.before
        return is_changed, is_changed and bool(self.before[0]) and after[0] <= self.before[0]

    def differing(self) -> set[int] | None:
        """For a CDN: the editions that readers see now and did not before, or the other way round. None: any."""
        after = self._public()
        if self._public_before is None or after is None:
            return None
        return (self._public_before ^ after) or None

    def _public(self) -> set[int] | None:
        """The editions that readers see; None if there is no CDN that could be told of them, or if they are many."""
        if not settings.CDN_PURGE_URL:
            return None
        public = Edition.objects.filter(**self.scope).public().order_by().values_list("pk", flat=True)
        found = set(public[: MOST_EDITIONS + 1])
        return found if len(found) <= MOST_EDITIONS else None

    def _fingerprint(self) -> Fingerprint:
        editions = Edition.objects.filter(**self.scope).order_by()
        public = editions.public().aggregate(n=Count("pk"), sum=Sum("pk"), first=Min("pk"), last=Max("pk"))
        fingerprint = tuple(public[name] for name in ("n", "sum", "first", "last"))
        if self.with_notes:
            of_them = {f"edition__{name}": value for name, value in self.scope.items()}
            notes = Correction.objects.in_force().filter(**of_them).order_by()
            fingerprint += tuple(notes.aggregate(n=Count("pk"), sum=Sum("pk")).values())
            fingerprint += tuple(editions.formerly_public().aggregate(n=Count("pk"), sum=Sum("pk")).values())
        return fingerprint
