"""What the lists of the desk's home show of reviews and of editions: the same columns in every list."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from reviews import clock
from reviews.desk.document.fields import column, names
from reviews.models import Correction, Edition, Review

_RELATED = ("film__title", "film__release_year", "critic__name")
_OF_REVIEWS = ("uid", "status", "status_since", *_RELATED, "hero__name")
_OF_EDITIONS = (
    "headline",
    "planned_for",
    "visible_from",
    "first_visible_from",
    "number",
    "review__has_changes",
    *_RELATED,
)


def shown_reviews(**expressions: Any) -> QuerySet[Any]:
    """Reviews with what their checklist needs but for the body, and with annotations, empty unless they are given.

    ``text`` is the body, ``held_until`` the end of an embargo, ``note`` and ``note_by`` are an editor's, ``filed`` is a
    number.
    """
    document = [name for name in names() if name != "body" and not column(name).is_relation]
    empty: dict[str, Any] = {
        "text": Value("", TextField()),
        "held_until": Cast(Value(None), DateTimeField()),
        "note": Value("", TextField()),
        "note_by": Value("", CharField()),
        "filed": Value(0, IntegerField()),
    }
    reviews = Review.objects.with_nouns().only(*document, *_OF_REVIEWS)
    return reviews.annotate(**empty | expressions)


def shown_editions() -> QuerySet[Any]:
    """Editions, each with the primary key of its review's edition that readers see, if any (``public_now``).

    ``is_correction``: a note tells readers what was wrong before.
    """
    public = Edition.objects.public(clock.now()).filter(review=OuterRef("review")).order_by()
    editions = Edition.objects.select_related("film", "critic", "review").only(*_OF_EDITIONS)
    return editions.annotate(
        public_now=Subquery(public.values("pk")[:1], BigIntegerField()),
        is_correction=Exists(Correction.objects.filter(edition=OuterRef("pk"))),
    )
