"""What saved reviews lack: gathered here, judged by the pure :mod:`reviews.rules.checklist`.

Every verb that puts copy before readers asks, and the form and the desk's home show the answer.
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
    """What is to be done to the saved review if it is to go up at a moment, whether or not an embargo holds it then.

    ``at`` is aware. Without it: the moment that an approved review names, if it names one, and now for any other.
    """
    return _found(outlook, at=at, body=outlook.review.read())


def told_to(items: Iterable[ChecklistItem], *, sees_all: bool) -> list[ChecklistItem]:
    """The items; without “the address is taken” for people who may not see all copy, because it reveals other copy."""
    return [item for item in items if sees_all or item.name != "address"]


def obstacles(outlook: Outlook, *, at: dt.datetime | None = None) -> list[str]:
    """One sentence for each thing that must be put right before the saved review can be published at a moment."""
    return checklist.obstacles(items(outlook, at=at))


def items_of(reviews: Collection[Review]) -> dict[int, list[ChecklistItem]]:
    """The items of each saved review by its primary key, in as many queries for many as for one."""
    # Many bodies are not held in memory at once.
    return {each.review.pk: _found(each, at=None, body=None) for each in outlooks_of(reviews)}


def _found(outlook: Outlook, *, at: dt.datetime | None, body: Body | None) -> list[ChecklistItem]:
    review, goes_up = outlook.review, at or _moment_of(outlook)
    rows = sorted(outlook.judgements, key=_place_on_the_form)
    return checklist.checklist(
        document_without_nouns(review, outlook.tags, rows),
        Circumstances(
            # Held only where there is something to hold: an embargo makes no moment out of none.
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
    """The model's own order, which is that of the rows on the form."""
    return (judgement.aspect.position, judgement.aspect_id)


def _moment_of(outlook: Outlook) -> dt.datetime | None:
    """When what is saved would go up: an approved review names a moment, and one that has passed means now."""
    review = outlook.review
    if review.status != Review.Status.APPROVED:
        return outlook.at
    return review.publish_at and max(review.publish_at, outlook.at)
