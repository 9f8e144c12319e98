"""Publishing many reviews at once leaves what publishing them one by one leaves, row by row."""

import copy
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models, transaction

from reviews import clock
from reviews.audit.counting import counted
from reviews.desk import counting
from reviews.desk.chain import checking
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import in_bulk, publishing, withdrawing
from reviews.desk.verbs.in_bulk import publish_all
from reviews.models import (
    Correction,
    Edition,
    EditionJudgement,
    EditionTag,
    HistoryEntry,
    OldAddress,
    PublicState,
    Review,
    Revision,
)
from reviews.models.public.counts import MonthCount, TagPairCount
from reviews.rules.slugs import placeholder
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_aspect,
    make_critic,
    make_embargo,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.desk.reading import DAY, HOUR, change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

Moments = dict[Review, dt.datetime | None]
MADE_ANEW = {"id", "uid", "sequence", "edition", "digest"}
"""Columns that differ between two publications of the same."""


def rows_of(model: type[models.Model], *order: str, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    names = [
        field.attname for field in model._meta.concrete_fields if field.name not in MADE_ANEW | set(without)
    ]
    owner = ["edition__review_uid", "edition__number"] if hasattr(model, "edition") else []
    return list(model._default_manager.order_by(*order).values(*owner, *names))


def all_of_it() -> dict[str, Any]:
    """Everything that publishing may write, and what readers see of it at several moments."""
    ours = ("edition__review_uid", "edition__number")
    return {
        "reviews": rows_of(Review, "slug"),
        "editions": rows_of(Edition, "review_uid", "number"),
        "tags": rows_of(EditionTag, *ours, "tag"),
        "judgements": rows_of(EditionJudgement, *ours, "aspect"),
        "corrections": rows_of(Correction, *ours),
        "addresses": rows_of(OldAddress, "path"),
        "history": rows_of(HistoryEntry, "review_uid", "sequence", without=("number",)),
        "revisions": rows_of(Revision, "review", "number"),
        "counts": [
            list(model.objects.order_by("pk").values_list("reviews")) for model in (MonthCount, TagPairCount)
        ],
        "next change": PublicState.objects.get().next_change,
        "public": [
            sorted(Edition.objects.public(MOMENT + n * HOUR).values_list("slug", "number"))
            for n in range(-30, 60, 3)
        ],
    }


def one_by_one(moments: Moments, *, backdated: bool, by: User | None) -> dict[Review, list[str]]:
    refused = {}
    for review, at in moments.items():
        try:
            publishing.publish(review, at=at, backdated=backdated, by=by)
        except PublishingError as error:
            refused[review] = error.reasons
    return refused


def left_by(way: Callable[..., Any], moments: Moments, **how: Any) -> dict[str, Any]:
    """What a way of publishing leaves; undone afterwards."""
    mine = {copy.copy(review): at for review, at in moments.items()}
    before = PublicState.objects.get()
    with transaction.atomic():
        with transaction.atomic():
            refused = way(mine, **how)
        checking.checked()
        counting.settle()
        left = all_of_it()
        after = PublicState.objects.get()
        left |= {
            "refused": {review.pk: reasons for review, reasons in refused.items()},
            "as the caller holds them": [
                (each.slug, each.status, each.publish_at, each.status_since, each.has_changes)
                for each in mine
            ],
            "is seen": before.stamp != after.stamp,
            "is scheduled": before.schedule != after.schedule,
        }
        transaction.set_rollback(True)
    return left


def a_site(chance: random.Random) -> Moments:
    """Reviews in any state, some of which cannot be published, and the moments for them."""
    films = [make_film() for _ in range(4)]
    make_embargo(films[0], MOMENT + 9 * HOUR)
    make_embargo(films[1], MOMENT - 9 * HOUR)
    make_embargo(films[2], MOMENT + 9 * HOUR, covers="social")
    critics, aspects = [make_critic() for _ in range(3)], [make_aspect() for _ in range(2)]
    moments: Moments = {}
    for _ in range(14):
        review = make_review(
            film=chance.choice(films),
            critic=chance.choice(critics),
            status=chance.choice(["draft", "in_review", "returned", "approved"]),
            status_since=MOMENT - DAY,
            rating=chance.choice(["", "3/5", "★★★½", "nonsense"]),
            verdict=chance.choice([None, 1, -2]),
            tags=chance.choice([(), ("noir",), ("noir", "drama")]),
            rights_until=chance.choice([None, None, MOMENT + 5 * HOUR, MOMENT - HOUR, MOMENT + 30 * HOUR]),
            body=chance.choice(
                ["So the *fights* are clear.[^1]\n\n[^1]: Or so.", "So the fights are clear.", ""]
            ),
        )
        for aspect in chance.sample(aspects, chance.randrange(3)):
            make_judgement(review, aspect=aspect)
        match chance.randrange(9):
            case 0:
                Review.objects.filter(pk=review.pk).update(slug=placeholder(review.uid))
            case 1 | 2 | 3 if review.body and review.rating != "nonsense":
                _has_a_past(review, chance)
        moments[Review.objects.select_related("film", "critic").get(pk=review.pk)] = chance.choice(
            [None, MOMENT - 20 * HOUR, MOMENT, MOMENT + 3 * HOUR, MOMENT + 20 * HOUR]
        )
    return moments


def _has_a_past(review: Review, chance: random.Random) -> None:
    Review.objects.filter(pk=review.pk).update(rights_until=None)
    review.refresh_from_db()
    publishing.publish(review, at=MOMENT + chance.choice([-2, 2]) * DAY, backdated=True)
    if chance.random() < 0.3 and Edition.objects.public().filter(review=review):
        withdrawing.withdraw(review)
    change(review, headline=f"{review.headline}, again", slug=f"{review.slug}-again")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("backdated", [True, False])
def test_leaves_what_one_by_one_leaves(seed: int, backdated: bool) -> None:
    make_outlet()
    moments = a_site(random.Random(seed))
    alone = left_by(one_by_one, moments, backdated=backdated, by=None)
    assert left_by(publish_all, moments, backdated=backdated, by=None) == alone
    assert alone["refused"]
    assert len(alone["refused"]) < len(moments)


def test_asks_who_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_bulk, "AT_ONCE", 3)
    make_outlet(four_eyes=True)
    editor = make_account("Editor")
    own = make_critic(user=editor)
    moments: Moments = {
        make_review(critic=own if n % 2 else None, status="in_review"): None for n in range(8)
    }
    alone = left_by(one_by_one, moments, backdated=False, by=editor)
    assert left_by(publish_all, moments, backdated=False, by=editor) == alone
    assert len(alone["refused"]) == 4


def test_tells_of_one_that_was_deleted() -> None:
    make_outlet()
    gone, left = make_review(), make_review()
    moments: Moments = {copy.copy(gone): None, left: None}
    gone.delete()
    refused = publish_all(moments)
    assert list(refused.values()) == [["Somebody has deleted this review."]]
    assert Edition.objects.get().review == left


def test_takes_as_many_statements_for_more_reviews() -> None:
    make_outlet()
    film, critic = make_film(), make_critic()
    found = []
    for number in (1, 2, 12):  # The first finds that nobody has written yet what is due.
        moments: Moments = {
            make_review(film=film, critic=critic, tags=("noir",)): None for _ in range(number)
        }
        with clock.frozen_at(MOMENT), counted() as count:
            assert publish_all(moments) == {}
        found.append(count.queries)
    assert found[1] == found[2]
