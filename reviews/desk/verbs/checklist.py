"""The checklist of saved reviews: reads the data, which :mod:`reviews.rules.checklist` judges.

Every publishing verb checks it; the form and the desk's home show it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User

from reviews.desk.document.documents import document_without_nouns
from reviews.desk.document.pictures import named_pictures
from reviews.desk.outlook import Outlook, outlooks_of
from reviews.desk.pictures.files import pictures_seen
from reviews.desk.windows import held
from reviews.models import Judgement, Outlet, Review
from reviews.rules import checklist
from reviews.rules.checklist import ChecklistItem, Circumstances
from reviews.rules.slugs import is_placeholder
from reviews.text import Body


def items(outlook: Outlook, *, at: dt.datetime | None = None, by: User | None = None) -> list[ChecklistItem]:
    """What the saved review needs to be published at a moment, embargoes aside, as it is told to somebody.

    ``at`` is aware. Default: an approved review's own moment, if it has one, else now. A picture that ``by`` may not
    see is to them one that there is not.
    """
    return _found(outlook, at=at, body=outlook.review.read(), by=by)


def told_to(items: Iterable[ChecklistItem], *, sees_all: bool) -> list[ChecklistItem]:
    """The items; without “the address is taken” for people who may not see all copy, because it reveals other copy."""
    return [item for item in items if sees_all or item.name != "address"]


def obstacles(outlook: Outlook, *, at: dt.datetime | None = None) -> list[str]:
    """A sentence for each thing that prevents publishing the saved review at a moment."""
    return checklist.obstacles(items(outlook, at=at))


def blocking_of(
    held_until: Mapping[Review, dt.datetime | None], outlet: Outlet
) -> dict[int, list[ChecklistItem]]:
    """The items that block each saved review if it were published now, by primary key, in a constant number of queries.

    The reviews are not approved yet; with each is the moment until which an embargo holds it.
    """
    found = {}
    for outlook in outlooks_of(held_until, outlet=outlet):
        until, rows = held_until[outlook.review], _rows_of(outlook)
        moment = max(outlook.at, until) if until else outlook.at
        circumstances = _circumstances(outlook, moment, outlook.review.body)
        document = document_without_nouns(outlook.review, [], rows)
        # Do not load many bodies at once.
        found[outlook.review.pk] = checklist.blocking(document, circumstances)
    return found


def _found(outlook: Outlook, *, at: dt.datetime | None, body: Body, by: User | None) -> list[ChecklistItem]:
    review, goes_up = outlook.review, at or _moment_of(outlook)
    return checklist.checklist(
        document_without_nouns(review, outlook.tags, _rows_of(outlook)),
        # Only a given moment can be delayed by an embargo.
        _circumstances(outlook, goes_up and held(goes_up, outlook.holding_embargo()), body, by=by),
        body=body,
    )


def _circumstances(
    outlook: Outlook, visible_from: dt.datetime | None, body: str | Body, *, by: User | None = None
) -> Circumstances:
    hero = outlook.review.hero
    known = {each.name: each for each in pictures_seen(outlook.pictures, hero, by)}
    return Circumstances(
        visible_from=visible_from,
        address=outlook.review.address_to_be,
        address_is_taken=outlook.has_taken_address,
        lacks_address=is_placeholder(outlook.review.address_to_be),
        star_scale=outlook.outlet.star_scale,
        wants_verdict=outlook.outlet.wants_verdict,
        pictures=tuple(named_pictures(hero, body, known)),
    )


def _rows_of(outlook: Outlook) -> list[Judgement]:
    """In the model's default order, which is that of the rows on the form."""
    return sorted(outlook.judgements, key=lambda row: (row.aspect.position, row.aspect_id))


def _moment_of(outlook: Outlook) -> dt.datetime | None:
    """When the saved review would go live: an approved review's moment; a past one means now."""
    review = outlook.review
    if review.status != Review.Status.APPROVED:
        return outlook.at
    return review.publish_at and max(review.publish_at, outlook.at)
