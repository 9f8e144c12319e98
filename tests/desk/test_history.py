"""History entries of everything done at the desk, and the events derived from them."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from reviews.desk.history import HIDDEN, Window, lines
from reviews.desk.verbs import embargoes, publishing, withdrawing, workflow
from reviews.models import Edition, Embargo, HistoryEntry, Review
from reviews.seeding.factories import MOMENT, make_account, make_edition, make_film, make_review
from tests.desk.reading import DAY, HOUR, reread
from tests.desk.verbs.invariants import assert_history_agrees

FILM, REVIEW, EMBARGO = uuid4(), uuid4(), uuid4()


def entry(
    at: dt.datetime,
    what: str,
    window: Window | None = None,
    *,
    review: UUID | None = REVIEW,
    edition: int | None = 1,
) -> HistoryEntry:
    """A decision about an edition of a review, about all of them, or (``review`` None) about an embargo."""
    return HistoryEntry(
        at=at,
        film_uid=FILM,
        review_uid=review,
        what=what,
        decides_uid=(review or EMBARGO) if window else None,
        edition_number=edition if review and window else None,
        visible_from=window.visible_from if window else None,
        visible_until=window.visible_until if window else None,
    )


def said(entries: list[HistoryEntry], now: dt.datetime) -> list[tuple[dt.datetime, str]]:
    return [(line.at, line.what) for line in lines(entries, now)]


def derived(entries: list[HistoryEntry], now: dt.datetime) -> list[tuple[dt.datetime, str]]:
    return [(line.at, line.what) for line in lines(entries, now) if line.is_derived]


class TestEffectOfADecision:
    def test_is_listed_between_decisions_before_and_after_its_moment(self) -> None:
        entries = [
            entry(MOMENT, "Approved.", Window(MOMENT + DAY)),
            entry(MOMENT + 2 * DAY, "Saved: body."),
        ]
        assert said(entries, MOMENT + 3 * DAY) == [
            (MOMENT, "Approved."),
            (MOMENT + DAY, "Edition 1 became visible."),
            (MOMENT + 2 * DAY, "Saved: body."),
        ]

    def test_is_not_listed_before_its_moment(self) -> None:
        entries = [entry(MOMENT, "Approved.", Window(MOMENT + DAY))]
        assert derived(entries, MOMENT + DAY - dt.timedelta(microseconds=1)) == []
        assert len(derived(entries, MOMENT + DAY)) == 1

    def test_is_not_listed_separately_if_immediate(self) -> None:
        assert derived([entry(MOMENT, "Approved.", Window(MOMENT))], MOMENT + DAY) == []

    def test_is_not_listed_if_a_later_decision_replaced_it_first(self) -> None:
        entries = [
            entry(MOMENT, "Approved.", Window(MOMENT + DAY)),
            entry(MOMENT + HOUR, "Re-timed.", Window(MOMENT + 2 * DAY)),
            entry(MOMENT + 2 * HOUR, "Cancelled.", HIDDEN),
        ]
        assert derived(entries[:2], MOMENT + 3 * DAY) == [(MOMENT + 2 * DAY, "Edition 1 became visible.")]
        assert derived(entries, MOMENT + 3 * DAY) == []

    def test_ends_when_its_window_closes(self) -> None:
        entries = [entry(MOMENT, "Approved.", Window(MOMENT + DAY, MOMENT + 2 * DAY))]
        assert derived(entries, MOMENT + 2 * DAY) == [
            (MOMENT + DAY, "Edition 1 became visible."),
            (MOMENT + 2 * DAY, "Edition 1 stopped being visible."),
        ]

    def test_has_no_end_if_withdrawn_before(self) -> None:
        entries = [
            entry(MOMENT, "Approved.", Window(MOMENT, MOMENT + 2 * DAY)),
            entry(MOMENT + DAY, "Withdrawn.", HIDDEN, edition=None),
        ]
        assert derived(entries, MOMENT + 3 * DAY) == []

    def test_is_not_replaced_by_a_decision_on_another_edition(self) -> None:
        entries = [
            entry(MOMENT, "Approved.", Window(MOMENT, MOMENT + DAY)),
            entry(MOMENT + HOUR, "Published with changes.", Window(MOMENT + 2 * DAY), edition=2),
        ]
        assert derived(entries, MOMENT + 3 * DAY) == [
            (MOMENT + DAY, "Edition 1 stopped being visible."),
            (MOMENT + 2 * DAY, "Edition 2 became visible."),
        ]

    def test_omits_a_gap_that_readers_did_not_see(self) -> None:
        entries = [
            entry(MOMENT, "Approved.", Window(MOMENT, MOMENT + 2 * DAY)),
            entry(MOMENT + HOUR, "Published with changes.", Window(MOMENT + DAY), edition=2),
        ]
        assert derived(entries, MOMENT + 3 * DAY) == [(MOMENT + DAY, "Edition 2 became visible.")]


class TestAnEmbargosEnd:
    def test_is_listed_at_the_agreed_moment(self) -> None:
        entries = [entry(MOMENT, "Agreed.", Window(MOMENT + DAY), review=None)]
        assert derived(entries, MOMENT + DAY) == [(MOMENT + DAY, "The embargo lifted, as agreed.")]

    def test_is_not_listed_if_the_embargo_was_lifted_before(self) -> None:
        entries = [
            entry(MOMENT, "Agreed.", Window(MOMENT + DAY), review=None),
            entry(MOMENT + HOUR, "Lifted.", HIDDEN, review=None),
        ]
        assert derived(entries, MOMENT + 2 * DAY) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
class TestTheClockAndTheDeskTogether:
    def told(self, review: Review, now: dt.datetime) -> list[tuple[dt.datetime, str]]:
        return derived(list(HistoryEntry.objects.of_review(review.uid).oldest_first()), now)

    def test_a_review_follows_an_embargo_that_moves(self, now: dt.datetime) -> None:
        review = make_edition(at=now + HOUR).review
        embargo = Embargo(film=review.film, lifts_at=now + DAY, zone="UTC")
        embargoes.impose(embargo)
        embargoes.move(embargo, now + 2 * DAY, because="The studio asked.")
        assert self.told(review, now + 3 * DAY) == [(now + 2 * DAY, "Edition 1 became visible.")]
        of_film = list(HistoryEntry.objects.of_film(review.film.uid).oldest_first())
        assert (now + 2 * DAY, "The embargo lifted, as agreed.") in derived(of_film, now + 3 * DAY)
        assert (now + DAY, "The embargo lifted, as agreed.") not in derived(of_film, now + 3 * DAY)

    def test_a_live_one_is_hidden_by_an_embargo_and_shown_when_it_lifts(self, now: dt.datetime) -> None:
        review = make_edition(at=now - DAY).review
        embargoes.impose(Embargo(film=review.film, lifts_at=now + DAY, zone="UTC"))
        last = HistoryEntry.objects.of_review(review.uid).order_by("-sequence")[0]
        assert (last.what, last.visible_from) == ("Edition 1 hidden by an embargo.", now + DAY)
        assert self.told(review, now + 2 * DAY) == [(now + DAY, "Edition 1 became visible.")]

    def test_one_that_is_shown_again_early_does_not_become_visible_twice(self, now: dt.datetime) -> None:
        review = make_edition(at=now - DAY).review
        embargo = Embargo(film=review.film, lifts_at=now + DAY, zone="UTC")
        embargoes.impose(embargo)
        embargoes.lift(embargo, because="It leaked elsewhere.")
        assert self.told(review, now + 2 * DAY) == []
        last = HistoryEntry.objects.of_review(review.uid).order_by("-sequence")[0]
        assert (last.what, last.visible_from) == ("Edition 1 no longer hidden by an embargo.", now)


def draft() -> Review:
    return make_review()


def handed_in() -> Review:
    return make_review(status="in_review")


def scheduled() -> Review:
    review = make_edition(at=MOMENT + DAY).review
    assert review is not None
    return review


def live() -> Review:
    return make_edition(at=MOMENT - DAY).review


def withdrawn() -> Review:
    review = live()
    withdrawing.withdraw(review)
    return review


VERBS: dict[str, tuple[Callable[[], Review], Callable[[Review], object], str]] = {
    "submit": (draft, workflow.submit, "Submitted for review."),
    "take back": (handed_in, workflow.take_back, "Taken back to a draft."),
    "return": (handed_in, lambda review: workflow.give_back(review, "Shorter."), "Returned."),
    "approve": (draft, publishing.publish, "Approved, as edition 1."),
    "publish changes": (live, publishing.publish, "Published with changes, as edition 2."),
    "reinstate, corrected": (withdrawn, publishing.publish, "Reinstated, corrected, as edition 2."),
    "re-time": (
        scheduled,
        lambda review: publishing.retime(review, MOMENT + HOUR),
        "Edition 1 rescheduled.",
    ),
    "cancel": (
        scheduled,
        publishing.unschedule,
        "Edition 1 unscheduled: readers never saw it, and the next edition takes its number.",
    ),
    "withdraw": (live, withdrawing.withdraw, "Withdrawn, leaving no trace."),
    "withdraw with a note": (
        live,
        lambda review: withdrawing.withdraw(review, note="A quotation was wrong."),
        "Withdrawn, with a public note.",
    ),
    "explain": (
        withdrawn,
        lambda review: withdrawing.explain(review, "A quotation was wrong."),
        "The withdrawal explained in public.",
    ),
    "reinstate": (withdrawn, withdrawing.reinstate, "Reinstated as it was, as edition 2."),
}


class NotWritten(Exception):
    pass


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
class TestEveryVerb:
    @pytest.mark.parametrize("verb", VERBS)
    def test_writes_one_entry(self, verb: str) -> None:
        begin, do, what = VERBS[verb]
        review = begin()
        before = HistoryEntry.objects.count()
        do(review)
        assert HistoryEntry.objects.count() == before + 1
        last = HistoryEntry.objects.latest("sequence")
        assert (last.what, last.review_uid, last.film_uid) == (what, review.uid, review.film.uid)

    @pytest.mark.parametrize("verb", VERBS)
    def test_changes_nothing_if_its_entry_cannot_be_written(
        self, verb: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begin, do, _ = VERBS[verb]
        review = begin()
        stood = (reread(review).status, list(Edition.objects.order_by("pk").values()))

        def fail(*args: object, **kwargs: object) -> None:
            raise NotWritten

        monkeypatch.setattr(HistoryEntry.objects, "bulk_create", fail)
        with pytest.raises(NotWritten):
            do(review)
        assert (reread(review).status, list(Edition.objects.order_by("pk").values())) == stood


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
class TestAnEmbargosVerbs:
    def test_write_an_entry_each_and_one_for_the_replaced_embargo(self, now: dt.datetime) -> None:
        embargo = Embargo(film=make_film(), lifts_at=now + DAY, zone="UTC", terms="Not before the premiere.")
        embargoes.impose(embargo)
        successor, _ = embargoes.move(embargo, now + 2 * DAY, because="The premiere moved.")
        embargoes.lift(successor, because="It leaked.")
        assert list(HistoryEntry.objects.oldest_first().values_list("what", "because")) == [
            ("An embargo on reviews was agreed.", "Not before the premiere."),
            ("The embargo on reviews gave way to another.", ""),
            ("An embargo on reviews was moved.", "The premiere moved."),
            ("The embargo on reviews was lifted.", "It leaked."),
        ]


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
class TestADeletedAccount:
    def test_is_still_named_in_the_history(self) -> None:
        account = make_account("Editor", username="kael", first_name="Pauline", last_name="Kael")
        publishing.publish(make_review(), by=account)
        account.delete()
        kept = HistoryEntry.objects.get()
        assert (kept.by, kept.by_name) == (None, "Pauline Kael")


@pytest.mark.django_db
class TestALiveEditionUnderAnEmbargo:
    @pytest.mark.parametrize("verb", ["unschedule", "publish later"])
    def test_has_the_same_end_in_the_history_after_its_successor_changes(
        self, now: dt.datetime, verb: str
    ) -> None:
        """An embargo imposed and lifted while a successor is pending does not decide when the live edition ends."""
        review = make_review(body="A.")
        publishing.publish(review)
        publishing.publish(review, at=now + 5 * HOUR)
        embargo = Embargo(film=review.film, lifts_at=now + HOUR, zone="UTC")
        embargoes.impose(embargo)
        assert_history_agrees(review)
        embargoes.lift(embargo, because="Over.")
        assert_history_agrees(review)
        if verb == "unschedule":
            publishing.unschedule(review)
        else:
            publishing.publish(review, at=now + 9 * HOUR)
        assert_history_agrees(review)
