"""Snapshots outlive the model: fields that came or went since, and what they name being renamed, gone or made again."""

from typing import Any

import pytest

from reviews.desk import preview_links, revisions
from reviews.desk.document import snapshots
from reviews.desk.document.documents import document_of
from reviews.desk.document.snapshots import from_snapshot
from reviews.models import PreviewLink, Review, Revision, Tag
from reviews.seeding.factories import make_aspect, make_judgement, make_review, make_tag
from tests.desk.reading import change, is_refused, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def age(*, without: str = "how_seen") -> None:
    """Make every revision one that was written before a field was added, and before another was removed."""
    for revision in Revision.objects.all():
        document = revision.document
        document.pop("version", None)
        document["fields"].pop(without, None)
        document["fields"]["sound"] = "mono"
        document["judgements"] = [{**row, "weight": 3} for row in document["judgements"]]
        document["sound"] = ["mono"]
        revision.save(update_fields=["document"])


def written(review: Review, **values: Any) -> Revision:
    """Save changes as the desk does."""
    before = revisions.claim(review, reread(review).revision)
    change(reread(review), **values)
    found = revisions.record(review, by=None, before=before)
    assert found is not None
    return found


@pytest.fixture
def review() -> Review:
    review = make_review(headline="As filed", how_seen="At a festival", tags=("Noir",))
    make_judgement(review)
    revisions.settle(review)
    age()
    return review


class TestAFieldThatCameSince:
    def test_makes_no_revision_by_itself(self, review: Review) -> None:
        assert not is_refused(review, 1)
        assert revisions.settle(review).number == 1
        assert Revision.objects.count() == 1

    def test_keeps_no_save_from_its_turn(self, review: Review) -> None:
        assert written(review, headline="Another").what == "Headline."
        assert written(review, how_seen="At home").what == "How seen."

    def test_is_not_wiped_by_what_is_restored(self, review: Review) -> None:
        written(review, headline="Another")
        first = Revision.objects.get(number=1)
        assert not revisions.hindrances(review, first)
        revisions.restore(review, first, read=2, by=None)
        assert (reread(review).headline, reread(review).how_seen) == ("As filed", "At a festival")

    def test_is_shown_by_a_pinned_link_as_it_is_saved(self, review: Review) -> None:
        link, _ = preview_links.make(review, by=None, revision=Revision.objects.get())
        shown = preview_links.shown_by(PreviewLink.objects.get(pk=link.pk)).edition
        assert (shown.headline, shown.how_seen) == ("As filed", "At a festival")


class TestUpgrades:
    def test_run_from_the_version_of_the_document_on(
        self, review: Review, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def renamed(document: dict[str, Any]) -> dict[str, Any]:
            fields = dict(document["fields"])
            return {**document, "fields": {**fields, "how_seen": fields.pop("sound")}}

        def louder(document: dict[str, Any]) -> dict[str, Any]:
            fields = document["fields"]
            return {**document, "fields": {**fields, "how_seen": fields["how_seen"].upper()}}

        monkeypatch.setattr(snapshots, "UPGRADES", [renamed, louder])
        document = Revision.objects.get().document
        assert from_snapshot(document).fields["how_seen"] == "MONO"
        second = {**document, "version": 2, "fields": {**document["fields"], "how_seen": "stereo"}}
        assert from_snapshot(second).fields["how_seen"] == "STEREO"
        assert "how_seen" not in document["fields"]

    def test_are_not_needed_by_what_is_written_now(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(snapshots, "UPGRADES", [lambda document: document])
        review = make_review()
        document = revisions.settle(review).document
        assert document["version"] == 2
        monkeypatch.setattr(snapshots, "UPGRADES", [lambda document: {**document, "fields": {}}] * 1)
        assert from_snapshot(document).same_as(document_of(review))

    def test_leave_what_a_later_release_wrote(self, review: Review) -> None:
        document = Revision.objects.get().document | {"version": 99}
        assert from_snapshot(document).fields["headline"] == "As filed"


class TestTags:
    """Restored, whatever became of the tag that a snapshot names."""

    @pytest.mark.parametrize(
        ("now", "restored"),
        [
            ({"name": "Noir", "slug": "film-noir"}, "Noir"),
            ({"name": "Film noir", "slug": "noir"}, "Film noir"),
            ({"name": "Something else", "slug": "else"}, "Noir"),
            (None, "Noir"),
        ],
        ids=["equal name", "equal address", "neither", "gone"],
    )
    def test_once_one_was_deleted_and_made_again(self, now: dict[str, Any] | None, restored: str) -> None:
        review = make_review(tags=("Noir",))
        first = revisions.settle(review)
        review.tags.clear()
        Tag.objects.get(name="Noir").delete()
        if now:
            make_tag(**now)
        read = revisions.settle(review).number
        assert not revisions.hindrances(review, first)
        revisions.restore(review, first, read=read, by=None)
        assert [tag.name for tag in reread(review).tags.all()] == [restored]

    def test_once_two_were_merged_into_one(self) -> None:
        review = make_review(tags=("Noir", "Film noir"))
        first = revisions.settle(review)
        review.tags.clear()
        Tag.objects.all().delete()
        make_tag("Noir", slug="film-noir")
        read = revisions.settle(review).number
        revisions.restore(review, first, read=read, by=None)
        assert [tag.name for tag in reread(review).tags.all()] == ["Noir"]

    def test_once_two_have_changed_names(self) -> None:
        review = make_review(tags=("Noir", "Western"))
        first = revisions.settle(review)
        noir, western = Tag.objects.get(name="Noir"), Tag.objects.get(name="Western")
        for tag, name in ((noir, "spare"), (western, "Noir"), (noir, "Western")):
            tag.name = name
            tag.save()
        assert revisions.settle(review) == first
        review.tags.remove(western)
        revisions.restore(review, first, read=revisions.settle(review).number, by=None)
        assert set(reread(review).tags.all()) == {noir, western}

    def test_are_shown_in_a_link_and_compared_though_they_are_gone(self) -> None:
        review = make_review(tags=("Noir",))
        first = revisions.settle(review)
        review.tags.clear()
        Tag.objects.all().delete()
        link, _ = preview_links.make(review, by=None, revision=first)
        assert [tag.name for tag in preview_links.shown_by(link).tags] == ["Noir"]


class TestOtherNouns:
    def test_an_aspect_made_again_is_another_one(self) -> None:
        review = make_review()
        row = make_judgement(review, aspect=make_aspect(name="Sound", slug="sound"))
        first = revisions.settle(review)
        aspect = row.aspect
        row.delete()
        aspect.delete()
        make_aspect(name="Sound", slug="sound")
        read = revisions.settle(review).number
        assert revisions.left_behind(first, document_of(reread(review))) == [
            "A judgement cannot come back: the aspect is no more."
        ]
        assert revisions.restore(review, first, read=read, by=None) is None

    @pytest.mark.parametrize("noun", ["film", "critic"])
    def test_a_film_or_critic_made_again_is_another_one(self, noun: str) -> None:
        review = make_review()
        first = revisions.settle(review)
        old = getattr(review, noun)
        other = getattr(make_review(), noun)
        change(reread(review), **{noun: other})
        slug = old.slug
        old.delete()
        other.slug = slug
        other.save()
        revisions.settle(review)
        assert revisions.hindrances(reread(review), first) == [f"The {noun} that it is about is no more."]
