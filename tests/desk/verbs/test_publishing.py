"""Publishing: now, later, under embargo, backdated, and within the rights."""

import datetime as dt

import pytest

from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import locks, publishing
from reviews.desk.verbs.publishing import Note
from reviews.models import (
    Correction,
    Critic,
    Edition,
    EditionJudgement,
    EditionTag,
    Film,
    Review,
    Tag,
)
from reviews.rules.argument import Stance
from reviews.seeding.factories import (
    make_embargo,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.desk.reading import DAY, HOUR, INSTANT, change, reread, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestPublishNow:
    def test_it_is_public_from_this_moment(self, now: dt.datetime) -> None:
        publishing.publish(make_review(headline="Now"))
        assert texts() == ["Now"]
        assert texts(now - INSTANT) == []

    def test_it_makes_film_critic_and_tags_public(self) -> None:
        review = make_review(tags=("Drama",))
        assert not Film.objects.public().exists()
        publishing.publish(review)
        assert Film.objects.public().get() == review.film
        assert Critic.objects.public().get() == review.critic
        assert Tag.objects.public().get().name == "Drama"

    def test_the_edition_copies_the_review(self) -> None:
        make_outlet(star_scale=4)
        review = make_review(tags=("Drama", "Bees"), rating="★★★", how_seen="On a train")
        judgement = make_judgement(review, stance=Stance.MIXED)
        edition = publishing.publish(review)
        edition.refresh_from_db()
        for name in (
            "film",
            "critic",
            "headline",
            "slug",
            "standfirst",
            "body",
            "verdict",
            "rating",
            "how_seen",
        ):
            assert getattr(edition, name) == getattr(review, name)
        assert edition.rating_score == 75
        assert edition.star_scale == 4
        assert edition.review_uid == review.uid
        assert sorted(edition.tags.values_list("name", flat=True)) == ["Bees", "Drama"]
        copied = EditionJudgement.objects.get(edition=edition)
        assert (copied.uid, copied.aspect, copied.stance) == (judgement.uid, judgement.aspect, Stance.MIXED)
        assert copied.anchor in edition.body_html
        assert "<em>fights</em>" not in edition.body_text
        assert edition.excerpt.startswith("The camera waits.")

    def test_an_unrated_review_has_no_score_and_a_nought_has_one(self) -> None:
        assert publishing.publish(make_review(rating="")).rating_score is None
        assert publishing.publish(make_review(rating="0/5")).rating_score == 0

    def test_the_review_becomes_approved(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review)
        assert (review.status, review.publish_at) == (Review.Status.APPROVED, now)
        assert (reread(review).status, reread(review).publish_at) == (Review.Status.APPROVED, now)

    def test_a_moment_that_has_passed_means_now(self, now: dt.datetime) -> None:
        edition = publishing.publish(make_review(), at=now - DAY)
        assert edition.visible_from == edition.planned_for == now

    def test_it_publishes_the_saved_review_and_not_the_object_in_memory(self) -> None:
        review = make_review(headline="Saved")
        review.headline = "Typed and not saved"
        publishing.publish(review)
        assert texts() == ["Saved"]
        assert review.headline == "Typed and not saved"

    def test_saving_the_review_changes_nothing_for_readers(self) -> None:
        review = make_review(headline="As published", tags=("Drama",))
        judgement = make_judgement(review)
        publishing.publish(review)
        change(review, headline="Changed", slug="changed", film=make_film())
        review.tags.set(["Other"])
        judgement.delete()
        assert texts() == ["As published"]
        assert Tag.objects.public().get().name == "Drama"
        assert EditionJudgement.objects.count() == 1


class TestPublishLater:
    def test_it_is_absent_one_instant_before_and_present_at_the_moment(self, now: dt.datetime) -> None:
        publishing.publish(make_review(headline="Later"), at=now + HOUR)
        assert texts() == texts(now + HOUR - INSTANT) == []
        assert texts(now + HOUR) == ["Later"]

    def test_it_replaces_a_pending_edition(self, now: dt.datetime) -> None:
        review = make_review(headline="First plan", tags=("Drama",))
        publishing.publish(review, at=now + HOUR, note=Note("fact", "Never seen."))
        change(review, headline="Second plan")
        publishing.publish(review, at=now + DAY)
        assert texts(now + 2 * HOUR) == []
        assert texts(now + DAY) == ["Second plan"]
        assert [edition.number for edition in Edition.objects.all()] == [1]
        assert not Correction.objects.exists()
        assert EditionTag.objects.count() == 1

    def test_publishing_now_replaces_a_pending_edition(self, now: dt.datetime) -> None:
        review = make_review(headline="Later")
        publishing.publish(review, at=now + HOUR)
        change(review, headline="Now")
        publishing.publish(review)
        assert texts() == texts(now + DAY) == ["Now"]

    def test_the_live_edition_stays_until_the_new_one_takes_over(self, now: dt.datetime) -> None:
        review = make_review(headline="Old")
        publishing.publish(review)
        change(review, headline="New")
        publishing.publish(review, at=now + DAY)
        assert texts() == texts(now + DAY - INSTANT) == ["Old"]
        assert texts(now + DAY) == ["New"]

    def test_the_plan_says_what_would_happen_and_does_nothing(self, now: dt.datetime) -> None:
        review = make_review()
        live = publishing.publish(review)
        plan = outlook_of(review).plan(at=now + HOUR)
        assert (plan.visible_from, plan.live, plan.pending, plan.held_by) == (now + HOUR, live, None, None)
        assert not plan.is_immediate
        assert outlook_of(review).plan().is_immediate
        assert Edition.objects.count() == 1


class TestPublishUnderEmbargo:
    def test_it_is_published_at_the_lift(self, now: dt.datetime) -> None:
        review = make_review(headline="Held")
        make_embargo(review.film, now + DAY)
        edition = publishing.publish(review)
        assert (edition.planned_for, edition.visible_from) == (now, now + DAY)
        assert texts(now + DAY - INSTANT) == []
        assert texts(now + DAY) == ["Held"]

    def test_it_is_published_at_the_last_of_several_lifts(self, now: dt.datetime) -> None:
        review = make_review()
        for days in (2, 3, 1):
            make_embargo(review.film, now + days * DAY)
        assert publishing.publish(review).visible_from == now + 3 * DAY

    def test_a_moment_after_the_lift_is_kept(self, now: dt.datetime) -> None:
        review = make_review()
        make_embargo(review.film, now + HOUR)
        assert publishing.publish(review, at=now + DAY).visible_from == now + DAY

    def test_another_films_embargo_does_not_delay_it(self, now: dt.datetime) -> None:
        make_embargo(make_film(), now + DAY)
        assert publishing.publish(make_review()).visible_from == now

    def test_one_on_social_media_does_not_delay_it(self, now: dt.datetime) -> None:
        review = make_review(headline="Free")
        make_embargo(review.film, now + DAY, covers="social")
        publishing.publish(review)
        assert texts() == ["Free"]

    def test_one_that_was_ended_early_does_not_delay_it(self, now: dt.datetime) -> None:
        review = make_review(headline="Free")
        make_embargo(review.film, now + DAY, ended_at=now - HOUR, ended_because="The studio said so.")
        publishing.publish(review)
        assert texts() == ["Free"]

    def test_the_plan_names_the_embargo_that_delays_it(self, now: dt.datetime) -> None:
        review = make_review()
        embargo = make_embargo(review.film, now + DAY)
        assert outlook_of(review).plan().held_by == embargo
        assert outlook_of(review).plan(at=now + 2 * DAY).held_by is None

    def test_a_backdated_one_is_not_public_before_the_lift(self, now: dt.datetime) -> None:
        review = make_review()
        make_embargo(review.film, now - DAY)
        edition = publishing.publish(review, at=now - 2 * DAY, backdated=True)
        assert edition.visible_from == now - DAY


class TestBackdating:
    def test_a_first_edition_is_public_from_its_earlier_moment(self, now: dt.datetime) -> None:
        edition = publishing.publish(make_review(), at=now - DAY, backdated=True)
        assert edition.visible_from == edition.first_visible_from == now - DAY

    def test_a_review_that_has_been_public_cannot_be_backdated(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now - DAY, backdated=True)
        with pytest.raises(PublishingError, match="cannot be backdated"):
            publishing.publish(review, at=now - 2 * DAY, backdated=True)
        assert Edition.objects.count() == 1


class TestRights:
    def test_the_review_ends_by_itself(self, now: dt.datetime) -> None:
        publishing.publish(make_review(headline="Borrowed", rights_until=now + DAY))
        assert texts(now + DAY - INSTANT) == ["Borrowed"]
        assert texts(now + DAY) == []

    @pytest.mark.parametrize("rights", [-DAY, dt.timedelta(0), HOUR])
    def test_rights_that_end_before_publication_are_refused(
        self, now: dt.datetime, rights: dt.timedelta
    ) -> None:
        with pytest.raises(PublishingError, match="rights end before"):
            publishing.publish(make_review(rights_until=now + rights), at=now + HOUR)
        assert not Edition.objects.exists()

    def test_a_correction_does_not_outlive_its_own_rights(self, now: dt.datetime) -> None:
        review = make_review(headline="Old")
        publishing.publish(review)
        change(review, headline="New", rights_until=now + 2 * DAY)
        publishing.publish(review, at=now + DAY)
        assert texts(now + DAY) == ["New"]
        assert texts(now + 2 * DAY) == []

    def test_an_edition_whose_rights_end_before_its_successor_leaves_a_gap(self, now: dt.datetime) -> None:
        review = make_review(headline="Old", rights_until=now + HOUR)
        publishing.publish(review)
        change(review, headline="New", rights_until=None)
        publishing.publish(review, at=now + DAY)
        assert texts(now + 2 * HOUR) == []
        assert texts(now + DAY) == ["New"]

    def test_an_embargo_moved_past_the_rights_hides_it_for_good(self, now: dt.datetime) -> None:
        review = make_review(rights_until=now + DAY)
        edition = publishing.publish(review, at=now + HOUR)
        with locks.locked(review.film_id):
            make_embargo(review.film, now + 2 * DAY)
            publishing.settle(review.film)
        edition.refresh_from_db()
        assert edition.visible_from == edition.visible_until == now + 2 * DAY
        assert texts(now + 3 * DAY) == []
