"""A new field, declared in the models and in the table of fields: snapshots, editions and fixtures hold it."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core import serializers
from django.db import models
from django.utils import timezone

from reviews.desk import preview_links, revisions
from reviews.desk.document.comparison import compared
from reviews.desk.document.composition import copy_of
from reviews.desk.document.documents import document_in, document_of
from reviews.desk.document.fields import JUDGEMENT_FIELDS, JudgementField
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import corrections, publishing
from reviews.models import EditionJudgement, Judgement, PreviewLink
from reviews.seeding.factories import MOMENT, make_judgement, make_outlet, make_review
from tests.desk.document.new_field import declared, sound_of, written
from tests.desk.reading import DAY, change, is_refused, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


OF_JUDGEMENTS = (Judgement, EditionJudgement)


@pytest.fixture
def sound() -> Iterator[None]:
    with declared():
        yield


@pytest.mark.usefixtures("sound")
class TestBeforeReaders:
    def test_an_edition_copies_it_and_differs_once_it_is_changed(self) -> None:
        review = make_review(sound="Mono.")
        edition = publishing.publish(review)
        edition.refresh_from_db()
        assert getattr(edition, "sound", None) == getattr(copy_of(edition).edition, "sound", None) == "Mono."
        assert outlook_of(reread(review)).differences(edition) == []
        change(reread(review), sound="Stereo.")
        assert outlook_of(reread(review)).differences(edition) == ["sound"]
        assert corrections.asked_of(outlook_of(reread(review))).is_asked


@pytest.mark.usefixtures("sound")
class TestAFixture:
    def test_brings_it_along(self) -> None:
        review = make_review(sound="Mono.")
        fixture = serializers.serialize("json", [review])
        change(review, sound="Stereo.")
        for row in serializers.deserialize("json", fixture):
            row.save()
        assert sound_of(review) == "Mono."

    def test_from_before_leaves_it_empty(self) -> None:
        review = make_review(sound="Mono.")
        (row,) = serializers.serialize("python", [review])
        del row["fields"]["sound"]
        for each in serializers.deserialize("python", [row]):
            each.save()
        assert sound_of(review) == ""


class TestASnapshotFromBefore:
    def test_restores_after_it(self) -> None:
        review = make_review(headline="As filed", tags=("Noir",))
        make_judgement(review)
        first = revisions.settle(review)
        with declared():
            assert not is_refused(review, 1)
            assert revisions.settle(review) == first
            second = written(review, headline="As edited", sound="Mono.")
            assert second is not None
            assert second.what == "Headline, sound."
            review.tags.clear()
            Judgement.objects.filter(review=review).delete()
            read = revisions.settle(review).number
            assert not revisions.hindrances(review, first)
            revisions.restore(review, first, read=read, by=None)
            assert (reread(review).headline, sound_of(review)) == ("As filed", "Mono.")
            assert [tag.name for tag in review.tags.all()] == ["Noir"]
            assert Judgement.objects.filter(review=review).count() == 1
            link, _secret = preview_links.make(review, by=None, revision=first)
            link = PreviewLink.objects.get(pk=link.pk)
            assert getattr(preview_links.shown_by(link).edition, "sound", None) == "Mono."

    def test_of_a_judgement_restores_after_a_field_of_judgements(self) -> None:
        review = make_review()
        make_judgement(review)
        first = revisions.settle(review)
        with declared(
            lambda: models.IntegerField(null=True, blank=True),
            JudgementField("how much it weighs"),
            on=OF_JUDGEMENTS,
            table=JUDGEMENT_FIELDS,
        ):
            assert revisions.settle(review) == first
            rows: Any = Judgement.objects.filter(review=review)
            rows.update(sound=3)
            edition = publishing.publish(reread(review))
            second = written(review, headline="As edited")
            assert second is not None
            rows.update(sound=4)
            change(reread(review), headline=edition.headline)
            assert outlook_of(reread(review)).differences(edition) == ["judgements"]
            (found,) = compared(document_in(edition), document_of(reread(review)))
            assert [(block.before.strip(), block.after.strip()) for block in found.blocks] == [("3", "4")]
            rows.update(evidence="The camera waits.")
            read = revisions.settle(review).number
            third = revisions.restore(review, first, read=read, by=None)
            row = Judgement.objects.get(review=review)
            assert third is not None
            assert (row.evidence, getattr(row, "sound", None)) == ("the fights are clear", 4)
            revisions.restore(review, second, read=third.number, by=None)
            assert getattr(Judgement.objects.get(review=review), "sound", None) == 3


KINDS: dict[str, tuple[Any, Any, Any, tuple[str, str]]] = {
    "number": (lambda: models.IntegerField(null=True, blank=True), None, 0, ("none", "0")),
    "decimal": (
        lambda: models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True),
        Decimal("1.50"),
        Decimal("2.25"),
        ("1.50", "2.25"),
    ),
    "yes or no": (lambda: models.BooleanField(null=True, blank=True), True, False, ("yes", "no")),
    "day": (
        lambda: models.DateField(null=True, blank=True),
        dt.date(2025, 6, 4),
        dt.date(2025, 6, 5),
        ("4 June 2025", "5 June 2025"),
    ),
    "moment": (
        lambda: models.DateTimeField(null=True, blank=True),
        MOMENT,
        MOMENT + DAY,
        ("6 June 2025, 13:00 (Europe/London)", "7 June 2025, 13:00 (Europe/London)"),
    ),
    "choice": (
        lambda: models.CharField(
            max_length=9, null=True, blank=True, choices=[("mono", "one"), ("dual", "two")]
        ),
        "mono",
        "dual",
        ("one", "two"),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_any_kind_of_field_is_kept_compared_restored_and_published(kind: str) -> None:
    make, was, becomes, words = KINDS[kind]
    make_outlet()
    with declared(make), timezone.override("Europe/London"):
        review = make_review(sound=was)
        first = revisions.settle(review)
        edition = publishing.publish(review)
        written(review, sound=becomes)
        assert outlook_of(reread(review)).differences(edition) == ["sound"]
        (found,) = compared(revisions.target(first, document_of(reread(review))), document_of(reread(review)))
        assert [(block.before.strip(), block.after.strip()) for block in found.blocks] == [words]
        revisions.restore(review, first, read=reread(review).revision, by=None)
        assert sound_of(review) == was
        edition.refresh_from_db()
        assert getattr(edition, "sound", None) == was
