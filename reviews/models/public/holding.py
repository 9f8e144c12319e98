"""Which embargoes hold reviews back from readers."""

import datetime as dt

from django.db.models import OuterRef, Q

from reviews.models.insider import insider
from reviews.models.shared.embargo import Embargo, EmbargoQuerySet
from reviews.models.shared.queryset import none_of, unless


def embargoes_known(at: dt.datetime) -> EmbargoQuerySet:
    """The embargoes on reviews that decide what was, is or will be public at a moment.

    An embargo counts for all the time before it lifts, whenever it was agreed: what a reader is shown must not depend
    on how well the clocks of two servers agree, nor tell when an embargo was agreed. Only for those who may see every
    embargo and read the site of the past (:mod:`reviews.models.insider`), it counts from when it was agreed: they ask
    what readers really saw then. One of which nobody knows when it was agreed counts for all the time.
    """
    # Every embargo but those on social media posts. One whose ``covers`` is NULL or a word that this release does not
    # know is counted, too: in doubt, a review is hidden.
    on_reviews = Embargo.objects.filter(unless(Q(covers=Embargo.Covers.SOCIAL)))
    someone = insider()
    if someone is None or not someone.sees_everything:
        return on_reviews
    return on_reviews.filter(Q(agreed_at=None) | Q(agreed_at__lte=at))


def is_not_held(at: dt.datetime, film: str = "film") -> Q:
    """The condition that no embargo on reviews of a row's film is active at a moment.

    It is asked of each row, by an index: a page reads the embargoes of its own films only, however many are active.
    Where a NULL is compared the row is hidden: an embargo holds unless it is known to be over, or not on reviews.
    """
    is_over = Q(lifts_at__lte=at) | Q(ended_at__lte=at)
    held = embargoes_known(at).filter(unless(is_over), film=OuterRef(film))
    return none_of(held.order_by("film_id", "lifts_at"), Q(**{f"{film}__isnull": False}))
