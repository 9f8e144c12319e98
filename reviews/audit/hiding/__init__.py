"""The hidden states: each plants one secret in a site, under the names of its placement."""

from reviews.audit.hiding.changes import (
    CHANGES,
    Change,
    changed_but_unpublished,
    correction_for_later,
    reinstated,
)
from reviews.audit.hiding.copies import review_of
from reviews.audit.hiding.embargoes import EMBARGOES, embargoed_in_the_database_alone
from reviews.audit.hiding.reviews import (
    SECRETS,
    Hide,
    approved_for_later,
    draft,
    in_review,
    rights_ended,
    withdrawn,
    without_a_review,
)
from reviews.audit.hiding.withdrawals import (
    GONE,
    TOLD,
    TOLD_LATER,
    told_of_and_waiting_to_come_back,
    withdrawn_with_a_note,
)

__all__ = [
    "CHANGES",
    "EMBARGOES",
    "GONE",
    "SECRETS",
    "TOLD",
    "TOLD_LATER",
    "Change",
    "Hide",
    "approved_for_later",
    "changed_but_unpublished",
    "correction_for_later",
    "draft",
    "embargoed_in_the_database_alone",
    "in_review",
    "reinstated",
    "review_of",
    "rights_ended",
    "told_of_and_waiting_to_come_back",
    "withdrawn",
    "withdrawn_with_a_note",
    "without_a_review",
]
