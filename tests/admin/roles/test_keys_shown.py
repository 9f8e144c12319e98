"""No response to a critic contains a sequential key: their own drafts do not reveal how many others have."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client
from django.urls import reverse

from reviews.desk import revisions
from reviews.desk.verbs import publishing
from reviews.models import (
    Autosave,
    Correction,
    Critic,
    Edition,
    EditionJudgement,
    Embargo,
    HistoryEntry,
    Judgement,
    OldAddress,
    PreviewLink,
    Review,
    Revision,
)
from reviews.models.desk.review import ReviewTag
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_aspect,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_judgement,
    make_review,
    make_tag,
)
from tests.admin.pages import fields_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

FIRST = 7_654_000
"""The first key of others' rows, and of the critic's own with sequential keys."""
COUNTED = re.compile(r"(?<![\d.])7654\d{3}(?!\d)")
COUNTING = (
    Review,
    Judgement,
    Revision,
    Autosave,
    PreviewLink,
    HistoryEntry,
    ReviewTag,
    Edition,
    EditionJudgement,
    Embargo,
    Correction,
    OldAddress,
    LogEntry,
)
"""Models whose number of rows a critic may not know."""


def others() -> None:
    """Rows with such keys, of somebody else."""
    editor, edition = make_account("Editor"), make_edition()
    review = Review.objects.get(pk=edition.review_id)
    made: list[models.Model] = [
        make_judgement(review),
        ReviewTag.objects.create(content_object=review, tag=make_tag("Thriller")),
        Revision(review=review, number=1, at=MOMENT, document={}),
        Autosave(owner=editor, form=uuid4(), window=uuid4(), seen_at=MOMENT),
        PreviewLink(review=review, digest="x", made_at=MOMENT, expires_at=MOMENT + dt.timedelta(days=1)),
        HistoryEntry(at=MOMENT, film_uid=review.film.uid, what="Done."),
        make_embargo(make_film(), MOMENT + dt.timedelta(days=1)),
        Correction(edition=edition, note="It was 1995.", at=MOMENT),
        OldAddress(path="/films/old/", kind="film", target_uid=review.film.uid),
        LogEntry(
            user=editor,
            object_repr="x",
            action_flag=CHANGE,
            content_type=ContentType.objects.get_for_model(Review),
        ),
        EditionJudgement(edition=edition, aspect=make_aspect(), stance=1, evidence="x"),
        edition,
        review,
    ]
    aspect, tag = make_aspect(), make_tag("Western")
    for row in made:
        closed = {"visible_until": MOMENT} if row is edition else {}
        fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        unique = {"uid": uuid4(), "slug": "others", "digest": "others", "path": "/films/older/", "number": 9}
        unique |= {"form": uuid4(), "aspect_id": aspect.pk, "tag_id": tag.pk}
        unique = {name: value for name, value in unique.items() if name in fields}
        type(row)._base_manager.create(**fields | unique | {"id": FIRST, **closed})
    assert {type(row) for row in made} == set(COUNTING)


@pytest.fixture
def critic() -> Critic:
    return make_critic(user=make_account("Critic"), name="Vera")


@pytest.fixture
def client(critic: Critic) -> Client:
    client = Client()
    client.force_login(critic.user)  # type: ignore[arg-type]
    return client


def received(client: Client, critic: Critic) -> Iterator[Any]:
    """All responses to a critic, from an empty desk to live copy."""
    film, aspect = make_film(title="Ida", slug="ida"), make_aspect(name="Pace")
    make_embargo(film, MOMENT + dt.timedelta(days=2))
    for name in ("index", "desk_calendar", "reviews_review_changelist", "reviews_film_changelist"):
        yield client.get(reverse(f"admin:{name}"))
    add = reverse("admin:reviews_review_add")
    form = client.get(add)
    yield form
    typed = fields_of(form) | {
        "film": str(film.pk),
        "headline": "Mine",
        "body": "The camera waits.",
        "_turn": "1",
    }
    judged = {
        "aspect": str(aspect.pk),
        "stance": "1",
        "evidence": "The camera waits.",
        "id": "",
        "review": "",
    }
    typed |= {f"judgements-0-{name}": value for name, value in judged.items()}
    typed |= {"judgements-TOTAL_FORMS": "1", "tags": "Western"}
    kept = client.post(reverse("admin:reviews_review_autosave_new"), typed)
    yield kept
    yield client.get(reverse("admin:reviews_review_kept", args=[kept.json()["form"]]))
    yield client.post(add, typed | {"_continue": "1"}, follow=False)
    review = Review.objects.get(headline="Mine")
    for verb in ("change", "history", "revisions", "preview", "links", "submit", "change"):
        yield client.get(url(verb, review))
    made = client.post(url("links", review), {"shows": "as-it-stands", "works": "72"})
    yield made
    (secret,) = set(re.findall(r"/preview/([\w-]{43})/", made.content.decode()))
    yield Client().get(reverse("preview_link", args=[secret]))
    page = fields_of(client.get(url("change", review)))
    yield client.post(url("autosave", review), page | {"_turn": "1", "headline": "Half"})
    yield client.post(url("change", review), page | {"headline": "Mine again"})
    yield client.post(url("change", review), page | {"headline": "Mine too"})  # From an older revision.
    yield client.get(f"{url('compare', review)}?one=1&two=2")
    yield client.get(url("change", film))
    yield client.get(url("history", film))
    yield client.get(
        f"{reverse('admin:autocomplete')}?app_label=reviews&model_name=review&field_name=film&term="
    )
    for verb in ("submit", "take_back"):
        opened = client.get(url(verb, review))
        yield opened
        yield client.post(url(verb, review), fields_of(opened))
    Embargo.objects.all().delete()
    publishing.publish(review, by=None)
    for name in ("index", "desk_calendar", "reviews_review_changelist"):
        yield client.get(reverse(f"admin:{name}"))
    for verb in ("change", "history", "preview"):
        yield client.get(url(verb, review))
    yield client.get(reverse("review_detail", args=[Edition.objects.get(review=review).slug]))


def keys_in(response: Any) -> list[str]:
    """The sequential keys in a response, its headers and its cookies."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return COUNTED.findall(f"{headers}\n{response.cookies.output()}\n{response.content.decode()}")


def test_no_answer_to_a_critic_holds_a_key_that_counts(client: Client, critic: Critic) -> None:
    others()
    answers = [
        (answer.request["PATH_INFO"], answer.status_code, keys_in(answer))
        for answer in received(client, critic)
    ]
    assert [each for each in answers if each[2]] == []
    assert {status for _, status, _ in answers} <= {200, 302}


def test_the_walk_would_see_one(client: Client, critic: Critic) -> None:
    make_review(critic=critic, id=FIRST + 1)
    answer = client.get(reverse("admin:reviews_review_changelist"))
    assert keys_in(answer)


def test_what_a_form_was_read_from_is_a_number_within_the_review(client: Client, critic: Critic) -> None:
    """Revisions are numbered within each review, so they reveal nothing about others' saves."""
    mine, theirs = make_review(critic=critic), make_review()
    for _ in range(3):
        Review.objects.filter(pk=theirs.pk).update(headline=uuid4().hex)
        revisions.settle(theirs)
    revisions.settle(mine)
    assert fields_of(client.get(url("change", mine)))["_revision"] in ("0", "1")
