"""Typed factories: ``make_film(title="La Haine")``. Every value has a plain default, and nothing is random."""

import datetime as dt
import itertools
from typing import Any

from django.contrib.auth.models import Group, User

from reviews import clock
from reviews.desk.verbs import publishing
from reviews.models import (
    Aspect,
    Credit,
    Critic,
    Edition,
    Embargo,
    Film,
    Judgement,
    Outlet,
    Person,
    Review,
    Tag,
)
from reviews.rules.argument import Stance, Verdict

_numbers = itertools.count(1)

MOMENT = dt.datetime(2025, 6, 6, 12, 0, tzinfo=dt.UTC)
"""The moment at which tests stop the clock."""

BODY = (
    "The camera waits.\n\nThe lead carries every scene, and the *fights* are clear.\n\nThe script does less."
)


def make_outlet(**overrides: Any) -> Outlet:
    fields: dict[str, Any] = {"name": "The Test Reel", "time_zone": "Europe/London"}
    return Outlet.objects.create(**fields | overrides)


def make_film(**overrides: Any) -> Film:
    number = next(_numbers)
    fields: dict[str, Any] = {
        "title": f"Film {number}",
        "slug": f"film-{number}",
        "release_year": 2025,
        "runtime_minutes": 125,
    }
    return Film.objects.create(**fields | overrides)


def make_person(**overrides: Any) -> Person:
    number = next(_numbers)
    return Person.objects.create(**{"name": f"Person {number}", "slug": f"person-{number}"} | overrides)


def make_credit(**overrides: Any) -> Credit:
    fields: dict[str, Any] = {"job": "actor", "character": "Eve", "position": 1}
    fields |= overrides
    fields.setdefault("film", None)
    fields["film"] = fields["film"] or make_film()
    fields["person"] = fields.get("person") or make_person()
    return Credit.objects.create(**fields)


def make_critic(**overrides: Any) -> Critic:
    number = next(_numbers)
    fields: dict[str, Any] = {"name": f"Critic {number}", "slug": f"critic-{number}", "kind": "person"}
    return Critic.objects.create(**fields | overrides)


def make_aspect(**overrides: Any) -> Aspect:
    number = next(_numbers)
    return Aspect.objects.create(
        **{"name": f"Aspect {number}", "slug": f"aspect-{number}", "position": number} | overrides
    )


def make_tag(name: str, **overrides: Any) -> Tag:
    return Tag.objects.create(name=name, **overrides)


def make_embargo(film: Film, lifts_at: dt.datetime, **overrides: Any) -> Embargo:
    """A bare row, written past the desk; use ``embargoes.impose`` where its consequences matter."""
    fields: dict[str, Any] = {"zone": "America/Los_Angeles", "covers": "reviews"}
    return Embargo.objects.create(film=film, lifts_at=lifts_at, **fields | overrides)


def make_review(*, tags: tuple[str, ...] = (), **overrides: Any) -> Review:
    """A working review, which no reader sees."""
    number = next(_numbers)
    fields: dict[str, Any] = {
        "headline": f"Headline {number}",
        "slug": f"review-{number}",
        "standfirst": f"Standfirst {number}.",
        "body": BODY,
        "verdict": Verdict.POSITIVE,
    }
    fields |= overrides
    fields["film"] = fields.get("film") or make_film()
    fields["critic"] = fields.get("critic") or make_critic()
    review = Review.objects.create(**fields)
    if tags:
        review.tags.set(tags)
    return review


def make_judgement(review: Review, **overrides: Any) -> Judgement:
    fields: dict[str, Any] = {"stance": Stance.PRAISE, "evidence": "the fights are clear"}
    fields |= overrides
    fields["aspect"] = fields.get("aspect") or make_aspect()
    return Judgement.objects.create(review=review, **fields)


def make_edition(*, at: dt.datetime | None = None, **overrides: Any) -> Edition:
    """A published review: visible from a moment (default: now)."""
    at = at or clock.now()
    return publishing.publish(make_review(**overrides), at=at, backdated=at < clock.now())


def make_account(role: str = "", **overrides: Any) -> User:
    """A staff account in one of the three groups (Critic, Editor, Publisher), or in none."""
    number = next(_numbers)
    fields: dict[str, Any] = {"username": f"{role or 'user'}-{number}".lower(), "is_staff": bool(role)}
    user = User.objects.create_user(**fields | overrides)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
