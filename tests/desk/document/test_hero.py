"""The picture at the head of a review: a noun that a document may name, and that may be none."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from reviews.desk import preview_links, revisions
from reviews.desk.document.comparison import compared
from reviews.desk.document.composition import copy_of
from reviews.desk.document.documents import document_in, document_of
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import publishing
from reviews.models import Picture, PreviewLink, Review
from reviews.seeding.factories import make_account, make_critic, make_picture, make_review
from tests.desk.reading import change, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def restored(review: Review, number: int, by: User | None = None) -> Review:
    revision = revisions.numbered(review, str(number))
    assert revision is not None
    revisions.restore(review, revision, read=revisions.settle(review).number, by=by)
    return reread(review)


def with_revisions(*heroes: Any, **fields: Any) -> Review:
    """A review with a revision for each of these pictures; the last is saved."""
    review = make_review(hero=heroes[0], **fields)
    revisions.settle(review)
    for hero in heroes[1:]:
        change(review, hero=hero)
        revisions.settle(review)
    return review


class TestAnEdition:
    def test_has_the_picture_of_its_moment(self) -> None:
        first, second = make_picture(), make_picture()
        review = make_review(hero=first)
        edition = publishing.publish(review)
        change(review, hero=second)
        edition.refresh_from_db()
        assert edition.hero == first
        assert copy_of(edition).edition.hero == first

    def test_differs_from_a_review_with_another(self) -> None:
        review = make_review(hero=make_picture(name="the-van"))
        edition = publishing.publish(review)
        assert outlook_of(reread(review)).differences(edition) == []
        change(review, hero=make_picture(name="the-roof"))
        assert outlook_of(reread(review)).differences(edition) == ["picture at its head"]
        (found,) = compared(document_in(edition), document_of(reread(review)))
        assert [(block.before.strip(), block.after.strip()) for block in found.blocks] == [
            ("the-van", "the-roof")
        ]

    def test_of_none_is_compared_in_words(self) -> None:
        review = make_review()
        edition = publishing.publish(review)
        change(review, hero=make_picture(name="the-roof"))
        (found,) = compared(document_in(edition), document_of(reread(review)))
        assert [(block.before.strip(), block.after.strip()) for block in found.blocks] == [
            ("none", "the-roof")
        ]


class TestARevision:
    def test_brings_its_picture_back(self) -> None:
        first = make_picture()
        assert restored(with_revisions(first, make_picture()), 1).hero == first
        assert restored(with_revisions(first, None), 1).hero == first

    def test_of_none_takes_the_picture_away(self) -> None:
        assert restored(with_revisions(None, make_picture()), 1).hero is None

    def test_loses_a_deleted_picture_and_says_so(self) -> None:
        gone = make_picture()
        review = with_revisions(gone, None, standfirst="As it was.")
        change(review, standfirst="Another.")
        revisions.settle(review)
        Picture.objects.filter(pk=gone.pk).delete()
        first = revisions.numbered(review, "1")
        assert first is not None
        assert revisions.hindrances(reread(review), first) == []
        assert revisions.left_behind(first, document_of(reread(review))) == [
            "The picture at its head cannot come back: it is no more."
        ]
        back = restored(review, 1)
        assert (back.hero, back.standfirst) == (None, "As it was.")

    def test_is_shown_by_a_link_without_a_deleted_picture(self) -> None:
        gone = make_picture()
        review = with_revisions(gone, None)
        link, _ = preview_links.make(review, by=None, revision=revisions.numbered(review, "1"))
        Picture.objects.filter(pk=gone.pk).delete()
        assert preview_links.shown_by(PreviewLink.objects.get(pk=link.pk)).edition.hero is None

    def test_does_not_give_a_critic_a_picture_that_they_may_not_see(self) -> None:
        by = make_account("Critic")
        hidden, own = make_picture(), make_picture(added_by=by)
        review = with_revisions(hidden, own, None, critic=make_critic(user=by))
        assert restored(review, 1, by).hero is None
        assert restored(review, 2, by).hero == own

    def test_leaves_a_critic_the_picture_that_an_editor_has_chosen(self) -> None:
        by, hidden = make_account("Critic"), make_picture()
        review = with_revisions(hidden, critic=make_critic(user=by), standfirst="As it was.")
        change(review, standfirst="Another.")
        back = restored(review, 1, by)
        assert (back.hero, back.standfirst) == (hidden, "As it was.")
