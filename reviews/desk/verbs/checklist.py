"""The checklist of saved reviews: reads the data, which :mod:`reviews.rules.checklist` judges.

Every publishing verb checks it; the form and the desk's home show it.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from reviews.desk.document.documents import document_without_nouns
from reviews.desk.outlook import Outlook, outlooks_of
from reviews.desk.windows import held
from reviews.models import Judgement, Review
from reviews.rules import checklist
from reviews.rules.checklist import ChecklistItem, Circumstances
from reviews.rules.slugs import is_placeholder
from reviews.text import Body


def items(outlook: Outlook, *, at: dt.datetime | None = None) -> list[ChecklistItem]:
    """What the saved review needs to be published at a moment, embargoes aside.

    ``at`` is aware. Default: an approved review's own moment, if it has one, else now.
    """
    return _found(outlook, at=at, body=outlook.review.read())


def told_to(items: Iterable[ChecklistItem], *, sees_all: bool) -> list[ChecklistItem]:
    """The items; without “the address is taken” for people who may not see all copy, because it reveals other copy."""
    return [item for item in items if sees_all or item.name != "address"]


def obstacles(outlook: Outlook, *, at: dt.datetime | None = None) -> list[str]:
    """A sentence for each thing that prevents publishing the saved review at a moment."""
    return checklist.obstacles(items(outlook, at=at))


def items_of(reviews: Collection[Review]) -> dict[int, list[ChecklistItem]]:
    """The items of each saved review by primary key, in a constant number of queries."""
    # Do not load many bodies at once.
    return {each.review.pk: _found(each, at=None, body=None) for each in outlooks_of(reviews)}


def _found(outlook: Outlook, *, at: dt.datetime | None, body: Body | None) -> list[ChecklistItem]:
    review, goes_up = outlook.review, at or _moment_of(outlook)
    rows = sorted(outlook.judgements, key=_place_on_the_form)
    return checklist.checklist(
        document_without_nouns(review, outlook.tags, rows),
        Circumstances(
            # Only a given moment can be delayed by an embargo.
            visible_from=goes_up and held(goes_up, outlook.holding_embargo()),
            address=review.address_to_be,
            address_is_taken=outlook.has_taken_address,
            lacks_address=is_placeholder(review.address_to_be),
            star_scale=outlook.outlet.star_scale,
            wants_verdict=outlook.outlet.wants_verdict,
        ),
        body=body,
    )


def _place_on_the_form(judgement: Judgement) -> tuple[int, int]:
    """The model's default order, which is that of the rows on the form."""
    return (judgement.aspect.position, judgement.aspect_id)


def _moment_of(outlook: Outlook) -> dt.datetime | None:
    """When the saved review would go live: an approved review's moment; a past one means now."""
    review = outlook.review
    if review.status != Review.Status.APPROVED:
        return outlook.at
    return review.publish_at and max(review.publish_at, outlook.at)
