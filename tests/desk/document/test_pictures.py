"""An edition shows its pictures in the versions that it was published with, however it came to be."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

from reviews.derived import rebuild
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import in_bulk, publishing, withdrawing
from reviews.models import Edition, EditionPicture, Picture, PictureFile
from reviews.seeding.factories import MOMENT, make_picture, make_review
from tests.desk.reading import DAY, change, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def pinned(edition: Edition) -> list[tuple[str, int]]:
    """The names and numbers of versions."""
    rows = EditionPicture.objects.filter(edition=edition).select_related("picture", "file").order_by("pk")
    return [(row.picture.name, row.file.number) for row in rows]


def new_version(picture: Picture) -> PictureFile:
    """As an upload of another file leaves it."""
    file = PictureFile.objects.get(pk=picture.file_id)
    file.pk, file.token, file.number = None, f"token-of-version-{file.number}-ab", file.number + 1
    file._state.adding = True
    file.uid = Picture().uid
    file.save()
    Picture.objects.filter(pk=picture.pk).update(file=file)
    return file


def illustrated(**fields: Any) -> Any:
    """A review with a picture at its head, one in its body, and a name that no picture has."""
    body = "The camera waits.\n\n![](picture:roof)\n\n![](picture:nobody)\n\n![](picture:van)"
    return make_review(
        hero=make_picture(name="van"), body=body, **{"pull_quote": "The camera waits."} | fields
    )


class TestPublishing:
    def test_pins_what_the_head_and_the_body_name_once_each(self) -> None:
        review = illustrated()
        make_picture(name="roof")
        assert pinned(publishing.publish(review)) == [("van", 1), ("roof", 1)]

    def test_pins_nothing_for_a_review_without_pictures(self) -> None:
        assert pinned(publishing.publish(make_review())) == []

    def test_of_many_pins_the_same(self) -> None:
        roof, reviews = make_picture(name="roof"), [illustrated(), make_review()]
        in_bulk.publish_all(dict.fromkeys(reviews))
        first, second = (Edition.objects.get(review=review) for review in reviews)
        assert pinned(first) == [("van", 1), (roof.name, 1)]
        assert pinned(second) == []

    def test_keeps_the_place_of_a_picture_in_the_html_and_no_word_in_the_text(self) -> None:
        review = illustrated()
        edition = publishing.publish(review)
        assert edition.body_html.count("<figure") == 3
        assert edition.body_text == "The camera waits."
        assert edition.excerpt == "The camera waits."


class TestANewVersion:
    def test_stays_off_an_edition_until_the_next(self) -> None:
        review = illustrated()
        first = publishing.publish(review)
        assert not outlook_of(reread(review)).has_changes
        new_version(review.hero)
        assert pinned(first) == [("van", 1)]
        outlook = outlook_of(reread(review))
        assert outlook.differences(first) == ["pictures (there are newer versions)"]
        assert outlook.has_unpublished
        (change_,) = outlook.changes
        assert [(block.name, block.before.strip(), block.after.strip()) for block in change_.blocks] == [
            ("van", "version 1, 1600 × 900", "version 2, 1600 × 900")
        ]
        second = publishing.publish(review, nothing_was_wrong=True)
        assert (pinned(first), pinned(second)) == ([("van", 1)], [("van", 2)])

    def test_is_noted_as_a_change_that_waits(self, django_capture_on_commit_callbacks: Any) -> None:
        review, other = illustrated(), make_review()
        for each in (review, other):
            publishing.publish(each)
        picture = review.hero
        with django_capture_on_commit_callbacks(execute=True):
            picture.file = new_version(picture)
            picture.save()
        assert (reread(review).has_changes, reread(other).has_changes) == (True, False)

    def test_makes_a_page_of_publishing_out_of_date(self) -> None:
        review = illustrated()
        before = outlook_of(reread(review)).version
        new_version(review.hero)
        assert outlook_of(reread(review)).version != before


class TestACopyOfAnEdition:
    def test_shows_what_the_edition_showed(self) -> None:
        review = illustrated()
        publishing.publish(review, at=MOMENT - DAY, backdated=True)
        withdrawing.withdraw(review)
        new_version(review.hero)
        change(reread(review), hero=None)
        assert pinned(withdrawing.reinstate(review)) == [("van", 1)]


class TestRebuilding:
    def test_pins_what_is_lacking_and_leaves_what_is_pinned(self) -> None:
        review = illustrated()
        make_picture(name="roof")
        edition = publishing.publish(review)
        EditionPicture.objects.filter(picture__name="roof").delete()
        new_version(review.hero)
        list(rebuild())
        assert pinned(edition) == [("van", 1), ("roof", 1)]


class TestAFixture:
    def test_of_an_approved_review_is_published_with_its_pictures(self, tmp_path: Any) -> None:
        review = illustrated(status="approved", publish_at=dt.datetime(2025, 6, 1, tzinfo=dt.UTC))
        file = tmp_path / "all.json"
        models = ("picturefile", "picture", "film", "critic", "review")
        call_command(
            "dumpdata",
            *(f"reviews.{model}" for model in models),
            natural_foreign=True,
            natural_primary=True,
            output=str(file),
            verbosity=0,
        )
        review.delete()
        call_command("loaddata", str(file), verbosity=0)
        (edition,) = Edition.objects.all()
        assert pinned(edition) == [("van", 1)]
