"""What a CDN is asked to drop after a change that readers see."""

from collections.abc import Collection, Mapping

from django.db.models import Model

from reviews.desk.cdn.addresses import MOST_EDITIONS, addresses_of
from reviews.desk.public_state.rows import is_any_seen
from reviews.models import Correction, Edition
from reviews.rules.surrogate_keys import SITE, keys_to_purge

EVERYTHING = {SITE}


def keys_of(differing: Collection[set[int] | None], rows: Mapping[type[Model], set[int]]) -> set[str]:
    """The keys of the pages that show a change.

    ``differing`` are the editions that appeared or went, ``rows`` all that was written. Where readers see more of the
    change than these editions (a record, a name, a note), or where they are not known, it is everything. So nothing is
    named that readers do not see now and did not see before.
    """
    editions: set[int] = set()
    for each in differing:
        if each is None:
            return EVERYTHING
        editions |= each
    if len(editions) > MOST_EDITIONS:
        return EVERYTHING
    told: dict[type[Model], set[int]] = {
        Edition: editions,
        Correction: _notes_of(editions, rows.get(Correction, set())),
    }
    if any(is_any_seen(model, keys - told.get(model, set())) for model, keys in rows.items()):
        return EVERYTHING
    return keys_to_purge(addresses_of(editions))


def _notes_of(editions: set[int], notes: set[int]) -> set[int]:
    return set(Correction.objects.filter(pk__in=notes, edition__in=editions).values_list("pk", flat=True))
