"""Embargoes: agreeing, moving and lifting them, and those that did not reschedule editions."""

import datetime as dt

import pytest

from reviews import clock
from reviews.desk.verbs import embargoes, publishing
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.models import Correction, Critic, Edition, Embargo, Film, Person, Tag
from reviews.seeding.factories import make_credit, make_edition, make_embargo, make_film, make_review
from tests.desk.reading import DAY, HOUR, INSTANT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def agree(film: Film, lifts_at: dt.datetime, **fields: str) -> tuple[Embargo, list[Edition]]:
    """Impose an embargo through the desk. Returns it and the editions that it moved."""
    embargo = Embargo(film=film, lifts_at=lifts_at, zone="America/Los_Angeles", **fields)
    return embargo, embargoes.impose(embargo)


def is_public(at: dt.datetime | None = None) -> bool:
    return Edition.objects.public(at).exists()


class TestImpose:
    def test_a_pending_review_waits_for_the_lift(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        _, moved = agree(edition.film, now + DAY)
        assert moved == [edition]
        assert not is_public(now + DAY - INSTANT)
        assert is_public(now + DAY)

    def test_a_review_pending_for_after_the_lift_is_not_moved(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + 2 * DAY)
        _, moved = agree(edition.film, now + DAY)
        assert moved == []
        edition.refresh_from_db()
        assert edition.visible_from == now + 2 * DAY

    def test_a_live_review_disappears_until_the_lift(self, now: dt.datetime) -> None:
        edition = make_edition(at=now - DAY)
        agree(edition.film, now + DAY)
        assert not is_public()
        assert not is_public(now + DAY - INSTANT)
        assert is_public(now + DAY)

    def test_the_review_keeps_the_moment_the_desk_chose(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        agree(edition.film, now + DAY)
        edition.refresh_from_db()
        assert edition.planned_for == now + HOUR
        assert edition.review.publish_at == now + HOUR

    def test_a_pending_correction_is_delayed_and_the_first_date_stays(self, now: dt.datetime) -> None:
        edition = make_edition(at=now - DAY)
        correction = publishing.publish(edition.review, at=now + HOUR)
        agree(edition.film, now + DAY)
        correction.refresh_from_db()
        edition.refresh_from_db()
        assert correction.visible_from == edition.visible_until == now + DAY
        assert correction.first_visible_from == now - DAY

    def test_one_on_social_media_delays_no_review(self, now: dt.datetime) -> None:
        edition = make_edition(at=now - DAY)
        pending = make_edition(at=now + HOUR, film=edition.film)
        _, moved = agree(edition.film, now + DAY, covers="social")
        assert moved == []
        assert set(Edition.objects.public(now + HOUR)) == {edition, pending}

    def test_every_review_of_the_film_is_delayed_and_no_other(self, now: dt.datetime) -> None:
        held = [make_edition(at=now + HOUR)]
        held.append(make_edition(at=now + 2 * HOUR, film=held[0].film))
        free = make_edition(at=now + HOUR)
        agree(held[0].film, now + DAY)
        assert list(Edition.objects.public(now + 3 * HOUR)) == [free]
        assert Edition.objects.public(now + DAY).count() == 3

    def test_the_later_of_two_agreements_counts(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        agree(edition.film, now + 2 * DAY)
        agree(edition.film, now + DAY)
        assert not is_public(now + 2 * DAY - INSTANT)
        assert is_public(now + 2 * DAY)


class TestMove:
    def test_to_a_later_moment_delays_the_review(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        embargo, _ = agree(edition.film, now + DAY)
        _, moved = embargoes.move(embargo, now + 2 * DAY, because="The studio asked.")
        assert moved == [edition]
        assert not is_public(now + 2 * DAY - INSTANT)
        assert is_public(now + 2 * DAY)

    def test_to_an_earlier_moment_publishes_the_review_earlier(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        embargo, _ = agree(edition.film, now + 2 * DAY)
        embargoes.move(embargo, now + DAY, because="The studio asked.")
        assert not is_public(now + DAY - INSTANT)
        assert is_public(now + DAY)

    def test_the_review_is_not_published_before_the_moment_the_desk_chose(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + DAY)
        embargo, _ = agree(edition.film, now + 2 * DAY)
        embargoes.move(embargo, now + HOUR, because="The studio asked.")
        assert not is_public(now + DAY - INSTANT)
        assert is_public(now + DAY)

    def test_a_moved_review_was_not_public_before(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        embargo, _ = agree(edition.film, now + 2 * DAY)
        with clock.frozen_at(now + DAY):
            embargoes.move(embargo, now, because="The studio asked.")
            assert is_public()
            assert not is_public(now + DAY - INSTANT)
            edition.refresh_from_db()
            assert edition.visible_from == edition.first_visible_from == now + DAY

    def test_the_old_agreement_is_kept_with_the_reason(self, now: dt.datetime) -> None:
        old, _ = agree(make_film(), now + DAY, terms="No stars.", agreed_with="Somebody")
        new, _ = embargoes.move(old, now + 2 * DAY, because="The studio asked.")
        old.refresh_from_db()
        assert (old.lifts_at, old.ended_at, old.ended_because) == (now + DAY, now, "The studio asked.")
        assert (new.lifts_at, new.ended_at) == (now + 2 * DAY, None)
        assert (new.film, new.covers, new.zone, new.terms, new.agreed_with) == (
            old.film,
            old.covers,
            old.zone,
            old.terms,
            old.agreed_with,
        )

    @pytest.mark.parametrize("because", ["", "  ", "\x01"])
    def test_without_a_reason_it_refuses(self, now: dt.datetime, because: str) -> None:
        embargo, _ = agree(make_film(), now + DAY)
        with pytest.raises(EmbargoError, match="Say why"):
            embargoes.move(embargo, now, because=because)
        assert Embargo.objects.get().ended_at is None

    def test_an_ended_embargo_is_not_moved(self, now: dt.datetime) -> None:
        embargo, _ = agree(make_film(), now + DAY)
        stale = Embargo.objects.get()
        embargoes.lift(embargo, because="Lifted.")
        with pytest.raises(EmbargoError, match="ended already"):
            embargoes.move(stale, now + 2 * DAY, because="Moved.")
        assert Embargo.objects.get().ended_because == "Lifted."


class TestLift:
    def test_a_review_delayed_only_by_it_is_published_now(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        embargo, _ = agree(edition.film, now + 2 * DAY)
        with clock.frozen_at(now + DAY):
            assert embargoes.lift(embargo, because="The studio said so.") == [edition]
            assert is_public()
            edition.refresh_from_db()
            assert edition.visible_from == edition.first_visible_from == now + DAY

    def test_a_review_scheduled_for_later_keeps_its_moment(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        embargo, _ = agree(edition.film, now + DAY)
        embargoes.lift(embargo, because="The studio said so.")
        assert not is_public(now + HOUR - INSTANT)
        assert is_public(now + HOUR)

    def test_a_live_review_that_was_hidden_is_public_again(self, now: dt.datetime) -> None:
        edition = make_edition(at=now - DAY)
        embargo, _ = agree(edition.film, now + DAY)
        embargoes.lift(embargo, because="The studio said so.")
        assert is_public()
        edition.refresh_from_db()
        assert edition.visible_from == now - DAY

    def test_another_agreement_still_counts(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        longest, _ = agree(edition.film, now + 3 * DAY)
        agree(edition.film, now + 2 * DAY)
        embargoes.lift(longest, because="The studio said so.")
        assert not is_public(now + 2 * DAY - INSTANT)
        assert is_public(now + 2 * DAY)

    def test_without_a_reason_it_refuses(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        embargo, _ = agree(edition.film, now + DAY)
        with pytest.raises(EmbargoError, match="Say why"):
            embargoes.lift(embargo, because="")
        assert not is_public(now + HOUR)

    def test_a_second_lift_is_refused(self, now: dt.datetime) -> None:
        embargo, _ = agree(make_film(), now + DAY)
        embargoes.lift(embargo, because="Once.")
        with pytest.raises(EmbargoError, match="ended already"):
            embargoes.lift(embargo, because="Twice.")
        embargo.refresh_from_db()
        assert embargo.ended_because == "Once."


class TestSecondLock:
    """An embargo written without the desk: windows were not rescheduled, but readers still see nothing."""

    def test_it_hides_everything_that_is_public(self, now: dt.datetime) -> None:
        review = make_review(tags=("Drama",))
        person = make_credit(film=review.film).person
        publishing.publish(review)
        publishing.publish(review, note=publishing.Note("fact", "It is a bee."))
        nouns = (Film, Critic, Person, Tag, Correction)
        assert all(noun.objects.public().exists() for noun in nouns)
        assert person in Person.objects.public()
        make_embargo(review.film, now + DAY)
        assert not is_public()
        assert not any(noun.objects.public().exists() for noun in nouns)
        assert all(noun.objects.public(now + DAY).exists() for noun in nouns)

    def test_it_does_not_hide_other_films(self, now: dt.datetime) -> None:
        free = make_edition()
        make_embargo(make_edition().film, now + DAY)
        assert list(Edition.objects.public()) == [free]

    def test_a_stale_window_hides_and_never_shows(self, now: dt.datetime) -> None:
        edition = make_edition(at=now + HOUR)
        stale = make_embargo(edition.film, now + DAY)
        assert not is_public(now + HOUR)
        assert is_public(now + DAY)
        Embargo.objects.filter(pk=stale.pk).update(lifts_at=now)
        assert not is_public()
        assert is_public(now + HOUR)

    def test_one_that_is_ended_later_hides_until_then(self, now: dt.datetime) -> None:
        edition = make_edition()
        make_embargo(edition.film, now + DAY, ended_at=now + HOUR, ended_because="Agreed in advance.")
        assert not is_public(now + HOUR - INSTANT)
        assert is_public(now + HOUR)

    def test_one_on_social_media_hides_nothing(self, now: dt.datetime) -> None:
        make_embargo(make_edition().film, now + DAY, covers="social")
        assert is_public()
