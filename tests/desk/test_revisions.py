"""Revisions: their content, their differences, and restoring them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from reviews.desk import preview_links, revisions
from reviews.desk.document import comparison
from reviews.desk.document.documents import document_of, judgements_of
from reviews.desk.document.fields import FIELDS, nouns
from reviews.desk.document.rows import found, judgements_in
from reviews.desk.document.snapshots import as_snapshot, from_snapshot
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import publishing
from reviews.models import Aspect, HistoryEntry, Judgement, Review, Revision, Tag
from reviews.rules.argument import Stance
from reviews.seeding.factories import make_account, make_aspect, make_judgement, make_review, make_tag
from tests.desk.document.documents import Shelf, documents, write
from tests.desk.reading import change, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def saved(review: Review, by: User | None = None, **fields: object) -> Revision | None:
    """Save the working copy as its form does, from the newest revision."""
    read = revisions.settle(review).number
    with transaction.atomic():
        before = revisions.claim(review, read)
        change(reread(review), **fields)
        return revisions.record(review, by=by, before=before)


def numbers(review: Review) -> list[int]:
    return list(Revision.objects.of(review).order_by("number").values_list("number", flat=True))


class TestASave:
    def test_also_stores_the_state_before_the_first_save(self) -> None:
        review = make_review(headline="As filed")
        saved(review, headline="As edited")
        first, second = Revision.objects.of(review).order_by("number")
        assert [first.document["fields"]["headline"], first.what] == ["As filed", revisions.FOUND]
        assert [second.document["fields"]["headline"], second.what] == ["As edited", "Headline."]
        assert reread(review).revision == 2

    def test_says_who_and_what(self) -> None:
        review = make_review()
        by = make_account("Editor", username="kael", first_name="Pauline")
        written = saved(review, by, body="Another.", verdict=None)
        assert written is not None
        assert (written.by, written.by_name, written.what) == (by, "Pauline", "Body, verdict.")

    def test_that_changes_nothing_is_no_revision(self) -> None:
        review = make_review()
        saved(review, headline="Once")
        assert saved(review, headline="Once") is None
        assert (numbers(review), reread(review).revision) == ([1, 2], 2)

    def test_from_an_older_revision_is_refused(self) -> None:
        review = make_review()
        read = revisions.settle(review).number
        saved(review, headline="Theirs")
        with pytest.raises(revisions.Stale), transaction.atomic():
            revisions.claim(review, read)

    def test_from_before_the_first_revision_reads_the_first(self) -> None:
        review = make_review()
        with transaction.atomic():
            before = revisions.claim(review, 0)
            change(reread(review), headline="Mine")
            revisions.record(review, by=None, before=before)
        assert [row.what for row in Revision.objects.order_by("number")] == [revisions.FOUND, "Headline."]

    def test_does_not_overwrite_a_change_made_outside_the_desk(self) -> None:
        review = make_review(headline="Read")
        read = revisions.settle(review).number
        change(reread(review), headline="Loaded")
        with pytest.raises(revisions.Stale), transaction.atomic():
            revisions.claim(review, read)
        assert revisions.settle(review).number == read + 1
        assert Revision.objects.get(review=review, number=read + 1).what == revisions.ELSEWHERE
        with pytest.raises(revisions.Stale), transaction.atomic():
            revisions.claim(review, read)

    def test_continues_the_numbers_after_a_fixture_was_loaded_over_it(self) -> None:
        review = make_review()
        saved(review, headline="Two")
        Review.objects.filter(pk=review.pk).update(revision=0)
        assert revisions.settle(review).number == 2
        assert reread(review).revision == 2

    def test_a_renamed_tag_or_film_is_no_change(self) -> None:
        review = make_review(tags=("noir",))
        revisions.settle(review)
        Tag.objects.filter(name="noir").update(name="film noir")
        change_film = review.film
        change_film.title = "Renamed"
        change_film.save()
        assert revisions.settle(review).number == 1


class TestASnapshot:
    def test_of_a_field_that_readers_see_is_complete(self) -> None:
        # A field added to the form and not to the snapshot would be lost by a restore.
        kept_elsewhere = {
            "id",
            "uid",
            "sequence",
            "status",
            "status_since",
            "publish_at",
            "written_by",
            "has_changes",
        }
        assert {field.name for field in Review._meta.concrete_fields} - kept_elsewhere == {
            *FIELDS,
            "revision",
        }

    @MANY
    @given(before=documents(), after=documents())
    def test_is_restored_with_tags_and_judgements(
        self, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        with transaction.atomic():
            shelf, review = Shelf(), make_review()
            taken = write(review, before, shelf)
            revisions.settle(review)
            write(review, after, shelf)
            read = revisions.settle(review).number
            first = Revision.objects.of(review).get(number=1)
            assert from_snapshot(first.document).same_as(taken)
            revisions.restore(review, first, read=read, by=None)
            again = reread(review)
            assert document_of(again) == taken
            plain = {name: value for name, value in before["fields"].items() if name not in nouns()}
            assert {name: getattr(again, name) for name in plain} == plain
            assert {tag.name for tag in again.tags.all()} == {shelf.tags[at].name for at in before["tags"]}
            rows = Judgement.objects.filter(review=review)
            assert {(row.aspect_id, row.stance, row.evidence) for row in rows} == {
                (shelf.aspects[at].pk, *said) for at, said in before["judgements"].items()
            }
            transaction.set_rollback(True)

    def test_has_its_judgements_in_the_order_in_which_aspects_are_shown(self) -> None:
        """Aspects of every film by position, then the film's own, whatever their uids and keys."""
        review = make_review()
        own = make_aspect(name="Own", film=review.film, position=1, uid=UUID(int=1))
        last = make_aspect(name="Last", position=9, uid=UUID(int=2))
        first = make_aspect(name="First", position=2, uid=UUID(int=3))
        for aspect in (own, last, first):
            make_judgement(review, aspect=aspect, evidence="The camera waits.")
        in_order = ["First", "Last", "Own"]
        assert [row.aspect.name for row in document_of(review).judgements] == in_order
        kept = from_snapshot(revisions.settle(review).document)
        shuffled = replace(kept, judgements=kept.judgements[::-1])
        assert [row.aspect.name for row in judgements_in(shuffled)] == in_order
        link, _secret = preview_links.make(review, by=None, revision=revisions.newest(review))
        assert [row.aspect.name for row in preview_links.shown_by(link).judgements] == in_order
        Judgement.objects.filter(review=review).delete()
        read = revisions.settle(review).number
        revisions.restore(review, Revision.objects.of(review).get(number=1), read=read, by=None)
        assert [row.aspect.name for row in judgements_of(review)] == in_order

    @MANY
    @given(before=documents(), after=documents())
    def test_compared_with_another_shows_every_difference_and_no_other(
        self, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        with transaction.atomic():
            shelf, review = Shelf(), make_review()
            one, other = write(review, before, shelf), write(review, after, shelf)
            kept = (found(from_snapshot(as_snapshot(each))) for each in (one, other))
            changes = comparison.compared(*kept)
            expected = {name for name, value in before["fields"].items() if after["fields"][name] != value}
            expected |= {part for part in ("tags", "judgements") if before[part] != after[part]}
            assert {each.name for each in changes} == expected
            assert all(each.remark or each.blocks for each in changes)
            transaction.set_rollback(True)


class TestRestoring:
    def test_is_a_new_revision_and_a_line_of_the_history(self) -> None:
        review = make_review(headline="First")
        saved(review, headline="Second")
        by = make_account("Editor", username="kael")
        first = Revision.objects.of(review).get(number=1)
        written = revisions.restore(review, first, read=2, by=by)
        assert written is not None
        assert (written.number, written.what, written.by) == (3, "Restored revision 1.", by)
        assert reread(review).headline == "First"
        entry = HistoryEntry.objects.of_review(review.uid).get()
        assert (entry.what, entry.by) == ("Restored revision 1, as revision 3.", by)

    def test_the_saved_state_changes_nothing(self) -> None:
        review = make_review()
        saved(review, headline="Second")
        second = Revision.objects.of(review).get(number=2)
        assert revisions.restore(review, second, read=2, by=None) is None
        assert not HistoryEntry.objects.exists()

    def test_from_an_older_reading_is_refused_and_changes_nothing(self) -> None:
        review = make_review(headline="First")
        saved(review, headline="Second")
        saved(review, headline="Third")
        first = Revision.objects.of(review).get(number=1)
        with pytest.raises(revisions.Stale):
            revisions.restore(review, first, read=2, by=None)
        assert reread(review).headline == "Third"

    def test_changes_nothing_that_readers_see(self) -> None:
        review = make_review(headline="First")
        edition = publishing.publish(review)
        saved(review, headline="Second")
        revisions.restore(review, Revision.objects.of(review).get(number=1), read=2, by=None)
        edition.refresh_from_db()
        assert edition.headline == "First"

    def test_creates_a_deleted_tag_again(self) -> None:
        review = make_review(tags=("noir",))
        revisions.settle(review)
        review.tags.clear()
        Tag.objects.filter(name="noir").delete()
        revisions.restore(
            review, Revision.objects.of(review).get(number=1), read=revisions.settle(review).number, by=None
        )
        assert [tag.name for tag in reread(review).tags.all()] == ["noir"]

    def test_uses_the_tag_that_has_the_slug_now(self) -> None:
        review = make_review(tags=("Sci-Fi",))
        revisions.settle(review)
        review.tags.clear()
        Tag.objects.filter(name="Sci-Fi").delete()
        make_tag("sci fi")
        revisions.restore(
            review, Revision.objects.of(review).get(number=1), read=revisions.settle(review).number, by=None
        )
        assert [tag.name for tag in reread(review).tags.all()] == ["sci fi"]

    def test_names_the_judgements_that_cannot_be_restored(self) -> None:
        review, aspect = make_review(), make_aspect()
        make_judgement(review, aspect=aspect)
        make_judgement(review)
        revisions.settle(review)
        Judgement.objects.filter(aspect=aspect).delete()
        Aspect.objects.filter(pk=aspect.pk).delete()
        first = Revision.objects.of(review).get(number=1)
        assert revisions.left_behind(first, document_of(reread(review))) == [
            "A judgement cannot come back: the aspect is no more."
        ]
        revisions.restore(review, first, read=revisions.settle(review).number, by=None)
        assert Judgement.objects.filter(review=review).count() == 1

    def test_is_refused_if_the_address_is_taken_now(self) -> None:
        review = make_review(slug="one")
        saved(review, slug="two")
        make_review(slug="one")
        first = Revision.objects.of(review).get(number=1)
        assert revisions.hindrances(review, first) == ["Another review has this address: choose another."]
        with pytest.raises(PublishingError):
            revisions.restore(review, first, read=2, by=None)
        assert reread(review).slug == "two"
        assert numbers(review) == [1, 2]

    def test_is_refused_if_the_critic_was_deleted(self) -> None:
        review, other = make_review(), make_review()
        saved(review, critic=other.critic)
        first = Revision.objects.of(review).get(number=1)
        gone = first.document["fields"]["critic"]
        type(other.critic).objects.filter(uid=gone).delete()
        assert revisions.hindrances(review, first) == ["The critic that it is about is no more."]

    def test_does_not_change_fields_that_the_user_may_not_write(self) -> None:
        review = make_review(headline="First", planned_on=None, source_name="One")
        saved(review, headline="Second", source_name="Two")
        first = Revision.objects.of(review).get(number=1)
        revisions.restore(review, first, read=2, by=None, keeping={*FIELDS} - {"headline"})
        assert [reread(review).headline, reread(review).source_name] == ["First", "Two"]

    def test_keeps_a_judgements_identity(self) -> None:
        review = make_review()
        row = make_judgement(review)
        revisions.settle(review)
        row.delete()
        read = revisions.settle(review).number
        revisions.restore(review, Revision.objects.of(review).get(number=1), read=read, by=None)
        again = Judgement.objects.get(review=review)
        assert (again.uid, again.stance) == (row.uid, Stance.PRAISE)


def test_a_name_and_a_note_change_nothing_else() -> None:
    review = make_review()
    revisions.settle(review)
    revision = Revision.objects.of(review).get()
    revisions.describe(revision, name="as filed", note="Before the cut.")
    revision.refresh_from_db()
    assert (str(revision), revision.note) == ("Revision 1, “as filed”", "Before the cut.")
