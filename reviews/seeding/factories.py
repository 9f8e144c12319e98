"""Typed factories of one row: ``make_film(title="La Haine")``. Every value has a plain default; nothing is random.

Each saves what it makes, or adds it to a batch: ``make_film(into=batch)``.
"""

import datetime as dt
import itertools
from typing import Any, TypeVar

from django.contrib.auth.models import Group, User
from django.db import models

from reviews import clock
from reviews.desk.verbs import publishing
from reviews.models import (
    Aspect,
    Correction,
    Credit,
    Critic,
    Edition,
    Embargo,
    Film,
    Franchise,
    Judgement,
    Outlet,
    Person,
    Picture,
    PictureFile,
    Release,
    Review,
    Tag,
)
from reviews.rules.argument import Stance, Verdict
from reviews.seeding.rows import Batch

M = TypeVar("M", bound=models.Model)

MOMENT = dt.datetime(2025, 6, 6, 12, 0, tzinfo=dt.UTC)
"""The moment at which tests freeze the clock."""

BODY = (
    "The camera waits.\n\nThe lead carries every scene, and the *fights* are clear.\n\nThe script does less."
)

_numbers = itertools.count(1)


def make_outlet(**overrides: Any) -> Outlet:
    fields: dict[str, Any] = {"name": "The Test Reel", "time_zone": "Europe/London"}
    return _made(Outlet(**fields | overrides))


# -- Pictures ------------------------------------------------------------------------------------------------


def make_picture(*, version: dict[str, Any] | None = None, **overrides: Any) -> Picture:
    """A picture without a file: pages show it, and its renditions cannot be made."""
    number = next(_numbers)
    picture = Picture(**{"name": f"picture-{number}", "alt": f"Picture {number}"} | overrides)
    size = {"width": 1600, "height": 900, "upload_width": 1600, "upload_height": 900}
    file = PictureFile(
        **{
            "picture_uid": picture.uid,
            "format": "JPEG",
            "colour": "#808080",
            "upload_digest": f"{number:064}",
        }
        | size
        | (version or {})
    )
    picture.file = _made(file)
    return _made(picture)


# -- Films, critics, people and the outlet ---------------------------------------------------------------------


def make_franchise(*, into: Batch | None = None, **overrides: Any) -> Franchise:
    number = next(_numbers)
    return _made(
        Franchise(**{"name": f"Franchise {number}", "slug": f"franchise-{number}"} | overrides), into
    )


def make_film(*, into: Batch | None = None, **overrides: Any) -> Film:
    number = next(_numbers)
    fields: dict[str, Any] = {
        "title": f"Film {number}",
        "slug": f"film-{number}",
        "release_year": 2025,
        "runtime_minutes": 125,
    }
    return _made(Film(**fields | overrides), into)


def make_release(film: Film, *, into: Batch | None = None, **overrides: Any) -> Release:
    fields: dict[str, Any] = {"territory": "GB", "date": MOMENT.date()}
    return _made(Release(film=film, **fields | overrides), into)


def make_person(*, into: Batch | None = None, **overrides: Any) -> Person:
    number = next(_numbers)
    return _made(Person(**{"name": f"Person {number}", "slug": f"person-{number}"} | overrides), into)


def make_credit(*, into: Batch | None = None, **overrides: Any) -> Credit:
    fields: dict[str, Any] = {"job": "actor", "character": "Eve", "position": 1}
    fields |= overrides
    fields["film"] = fields.get("film") or make_film(into=into)
    fields["person"] = fields.get("person") or make_person(into=into)
    return _made(Credit(**fields), into)


def make_critic(*, into: Batch | None = None, **overrides: Any) -> Critic:
    number = next(_numbers)
    fields: dict[str, Any] = {"name": f"Critic {number}", "slug": f"critic-{number}", "kind": "person"}
    return _made(Critic(**fields | overrides), into)


def make_aspect(*, into: Batch | None = None, **overrides: Any) -> Aspect:
    number = next(_numbers)
    fields: dict[str, Any] = {"name": f"Aspect {number}", "slug": f"aspect-{number}", "position": number}
    return _made(Aspect(**fields | overrides), into)


def make_tag(name: str, *, into: Batch | None = None, **overrides: Any) -> Tag:
    return _made(Tag(name=name, **overrides), into)


def make_embargo(
    film: Film, lifts_at: dt.datetime, *, into: Batch | None = None, **overrides: Any
) -> Embargo:
    """A bare row, without the desk's verbs; use ``embargoes.impose`` if its consequences matter."""
    fields: dict[str, Any] = {"zone": "America/Los_Angeles", "covers": "reviews"}
    return _made(Embargo(film=film, lifts_at=lifts_at, **fields | overrides), into)


# -- Reviews and editions --------------------------------------------------------------------------------------


def make_review(*, tags: tuple[str, ...] = (), into: Batch | None = None, **overrides: Any) -> Review:
    """A working review, which no reader sees. In a batch, its tags are separate rows."""
    number = next(_numbers)
    fields: dict[str, Any] = {
        "headline": f"Headline {number}",
        "slug": f"review-{number}",
        "standfirst": f"Standfirst {number}.",
        "body": BODY,
        "verdict": Verdict.POSITIVE,
    }
    fields |= overrides
    fields["film"] = fields.get("film") or make_film(into=into)
    fields["critic"] = fields.get("critic") or make_critic(into=into)
    review = _made(Review(**fields), into)
    if tags:
        review.tags.set(tags)
    return review


def make_judgement(review: Review, *, into: Batch | None = None, **overrides: Any) -> Judgement:
    fields: dict[str, Any] = {"stance": Stance.PRAISE, "evidence": "the fights are clear"}
    fields |= overrides
    fields["aspect"] = fields.get("aspect") or make_aspect(into=into)
    return _made(Judgement(review=review, **fields), into)


def make_edition(*, at: dt.datetime | None = None, **overrides: Any) -> Edition:
    """A published review: visible from a moment (default: now)."""
    at = at or clock.now()
    return publishing.publish(make_review(**overrides), at=at, backdated=at < clock.now())


def make_correction(edition: Edition, *, into: Batch | None = None, **overrides: Any) -> Correction:
    fields: dict[str, Any] = {"note": "It was 1995.", "at": edition.visible_from}
    return _made(Correction(edition=edition, **fields | overrides), into)


# -- Accounts --------------------------------------------------------------------------------------------------


def make_account(role: str = "", **overrides: Any) -> User:
    """A staff account in one of the three groups (Critic, Editor, Publisher), or in none."""
    number = next(_numbers)
    fields: dict[str, Any] = {"username": f"{role or 'user'}-{number}".lower(), "is_staff": bool(role)}
    user = User.objects.create_user(**fields | overrides)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def _made(row: M, into: Batch | None = None) -> M:
    if into is None:
        row.save(force_insert=True)
    else:
        into.add(row)
    return row
