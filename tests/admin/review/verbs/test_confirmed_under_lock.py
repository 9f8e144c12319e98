"""Only what was confirmed is done: the page is compared under the lock that its verb takes."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from reviews.admin.embargo.ending import EndingPages
from reviews.admin.parts import confirm
from reviews.admin.review.revisions import RevisionPages
from reviews.admin.review.verbs.routes import VerbPages
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.models import Edition, Embargo, Film, HistoryEntry, Review
from reviews.seeding.factories import MOMENT, make_film, make_outlet, make_review
from tests.admin.pages import fields_of, save, signed_in, text_of, url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
PAUSE = 0.3
"""Seconds given to the other user between the comparison and the verb; taking longer does no harm."""


def filed() -> Review:
    return make_review(body="As read.")


def planned() -> Review:
    review = filed()
    publishing.publish(review, at=MOMENT + DAY)
    return review


def live() -> Review:
    review = filed()
    publishing.publish(review, at=MOMENT - DAY, backdated=True)
    return review


def changed() -> Review:
    review = live()
    Review.objects.filter(pk=review.pk).update(body="As read, changed.")
    return review


def withdrawn() -> Review:
    review = live()
    withdrawing.withdraw(review)
    return review


def corrected() -> Review:
    review = withdrawn()
    Review.objects.filter(pk=review.pk).update(body="As read, corrected.")
    return review


def agreed() -> Embargo:
    embargo = Embargo(film=make_film(), lifts_at=MOMENT + 2 * DAY, zone="Europe/London")
    embargoes.impose(embargo)
    return embargo


# -- What the other user does -------------------------------------------------------------------------------------


def types(review: Review) -> None:
    save(signed_in("Editor"), review, body="Not read by anybody.")


def retimes(review: Review) -> None:
    publishing.retime(review, MOMENT + 3 * DAY)


def schedules(review: Review) -> None:
    Review.objects.filter(pk=review.pk).update(body="Planned, and not read.")
    publishing.publish(review, at=MOMENT + 3 * DAY)


def replaces(review: Review) -> None:
    """Replace the pending edition by another of the same moment."""
    Review.objects.filter(pk=review.pk).update(body="Planned, and not read.")
    publishing.publish(review, at=MOMENT + DAY)


def embargoes_the_film(review: Review) -> None:
    embargoes.impose(Embargo(film=Film.objects.get(pk=review.film_id), lifts_at=MOMENT + 5 * DAY, zone="UTC"))


def approves_another(embargo: Embargo) -> None:
    publishing.publish(make_review(film=Film.objects.get(pk=embargo.film_id)))


@dataclass(frozen=True)
class Case:
    name: str
    route: str
    of: Callable[[], Any]
    meanwhile: Callable[[Any], None]
    typed: dict[str, str] = field(default_factory=dict)


NOTHING_WRONG = {"kind": "nothing-wrong"}
LATER = {"at_0": "2025-06-08", "at_1": "09:00"}
CASES = {
    "publish": (
        Case("approve", "publish", filed, types),
        Case("approve, embargoed meanwhile", "publish", filed, embargoes_the_film),
        Case("publish changes", "publish", changed, types, NOTHING_WRONG),
        Case("reinstate, corrected", "publish", corrected, types, NOTHING_WRONG),
    ),
    "wait": (
        Case("re-time", "retime", planned, embargoes_the_film, LATER),
        Case("re-time what was replaced", "retime", planned, replaces, LATER),
        Case("cancel", "unschedule", planned, retimes),
        Case("cancel what was replaced", "unschedule", planned, replaces),
    ),
    "end": (
        Case("withdraw", "withdraw", live, schedules, {"manner": "no-trace"}),
        Case("reinstate", "reinstate", withdrawn, embargoes_the_film, {"what": "as-it-was"}),
        Case(
            "move",
            "move",
            agreed,
            approves_another,
            {"lifts_at_0": "2025-06-10", "lifts_at_1": "09:00", "because": "New plan."},
        ),
        Case("lift", "lift", agreed, approves_another, {"because": "They wrote."}),
    ),
}


def as_stated(client: Client, case: Case, obj: Any) -> dict[str, Any]:
    """The data that confirms the filled-in page."""
    address = url(case.route, obj)
    page: Any = client.post(address, fields_of(client.get(address)) | case.typed | {"stated": ""})
    return fields_of(page)


def elsewhere(act: Callable[[], object]) -> threading.Thread:
    """Start something in another thread with its own connection."""

    def run() -> None:
        try:
            with suppress(PublishingError):  # They are second, and there may be nothing to do.
                act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def decisions() -> int:
    return HistoryEntry.objects.count()


class TestAVerb:
    @pytest.mark.parametrize("group", CASES)
    def test_lets_nobody_in_between_the_comparison_and_what_it_does(
        self, group: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_outlet()
        client = signed_in("Publisher")
        for case in CASES[group]:
            with monkeypatch.context() as patched:
                self.nobody_comes_between(client, case, patched)

    def nobody_comes_between(self, client: Client, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        obj = case.of()
        confirmed = as_stated(client, case, obj)
        others, had_to_wait = _meanwhile(lambda: case.meanwhile(obj), monkeypatch)
        assert client.post(url(case.route, obj), confirmed).status_code == 302, case.name
        others[0].join(timeout=60)
        assert had_to_wait == [True], case.name

    @pytest.mark.parametrize("group", CASES)
    def test_is_not_done_where_somebody_was_faster(self, group: str, monkeypatch: pytest.MonkeyPatch) -> None:
        make_outlet()
        client = signed_in("Publisher")
        for case in CASES[group]:
            with monkeypatch.context() as patched:
                self.second_is_told(client, case, patched)

    def second_is_told(self, client: Client, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        obj = case.of()
        confirmed = as_stated(client, case, obj)
        after: list[int] = []
        for pages in (VerbPages, RevisionPages, EndingPages):
            monkeypatch.setattr(pages, "held", _late(pages.held, lambda: case.meanwhile(obj), after))
        page: Any = client.post(url(case.route, obj), confirmed)
        assert page.status_code == 200, case.name
        words = text_of(page)
        assert "Not done yet" in words or "stands in the way" in words, case.name
        assert [decisions()] == after, case.name

    def test_of_a_review_that_was_deleted_meanwhile_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        client, review = signed_in("Publisher"), filed()
        case = Case("approve", "publish", filed, lambda each: None)
        confirmed = as_stated(client, case, review)
        late = _late(VerbPages.held, lambda: Review.objects.filter(pk=review.pk).delete(), [])
        monkeypatch.setattr(VerbPages, "held", late)
        response: Any = client.post(url("publish", review), confirmed, follow=True)
        assert response.status_code == 200
        assert "deleted" in text_of(response)
        assert not Edition.objects.exists()


class TestTheButtonBesideTheForm:
    def test_does_what_is_written_beside_it_or_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_outlet()
        client, review = signed_in("Publisher"), filed()
        fields = fields_of(client.get(url("change", review)))
        others, had_to_wait = _meanwhile(lambda: embargoes_the_film(review), monkeypatch)
        assert client.post(url("change", review), fields | {"_verb": "approve"}).status_code == 302
        others[0].join(timeout=60)
        assert had_to_wait == [True]
        assert Edition.objects.get().visible_from == MOMENT


class TestAgreeingAnEmbargo:
    ADD = "/admin/reviews/embargo/add/"

    def test_does_what_was_read_or_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_outlet()
        client, film = signed_in("Publisher"), make_film()
        typed = {"film": str(film.pk), "covers": "reviews", "lifts_at_0": "2025-06-08", "lifts_at_1": "09:00"}
        typed |= {"lifts_at_zone": "Europe/London"}
        confirmed = fields_of(client.post(self.ADD, fields_of(client.get(self.ADD)) | typed))
        others: list[threading.Thread] = []
        had_to_wait: list[bool] = []
        impose = embargoes.impose

        def slowly(*args: Any, **options: Any) -> Any:
            # Called twice: to state what it would do, which is compared, and to do it.
            if not others:
                others.append(elsewhere(lambda: publishing.publish(make_review(film=film))))
            others[0].join(timeout=PAUSE)
            done = impose(*args, **options)
            had_to_wait.append(others[0].is_alive())
            return done

        monkeypatch.setattr(embargoes, "impose", slowly)
        assert client.post(self.ADD, confirmed).status_code == 302
        others[0].join(timeout=60)
        assert had_to_wait == [True, True]
        assert Edition.objects.get().visible_from == Embargo.objects.get().lifts_at


class TestSeveralTogether:
    LIST = "/admin/reviews/review/"

    def chosen(self, client: Client, *reviews: Review) -> dict[str, Any]:
        keys = {"_selected_action": [str(review.pk) for review in reviews]}
        page: Any = client.post(self.LIST, {"action": "approve_chosen", **keys})
        return fields_of(page) | keys

    def test_nobody_comes_in_between(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_outlet()
        client, reviews = signed_in("Publisher"), [filed(), filed()]
        confirmed = self.chosen(client, *reviews)
        perform = confirm.perform
        others: list[threading.Thread] = []

        def slowly(desk: Any, *args: Any) -> Any:
            if not others:
                others.append(elsewhere(lambda: types(reviews[1])))
                others[0].join(timeout=PAUSE)
            return perform(desk, *args)

        monkeypatch.setattr(confirm, "perform", slowly)
        client.post(self.LIST, confirmed)
        others[0].join(timeout=60)
        assert set(Edition.objects.values_list("body", flat=True)) == {"As read."}
        assert Review.objects.get(pk=reviews[1].pk).body == "Not read by anybody."


def _meanwhile(
    act: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[threading.Thread], list[bool]]:
    """Another user acts while something confirmed is done: their thread, and whether they had to wait."""
    perform = confirm.perform
    others: list[threading.Thread] = []
    had_to_wait: list[bool] = []

    def slowly(*args: Any) -> Any:
        others.append(elsewhere(act))
        others[0].join(timeout=PAUSE)
        done = perform(*args)
        had_to_wait.append(others[0].is_alive())
        return done

    monkeypatch.setattr(confirm, "perform", slowly)
    return others, had_to_wait


def _late(held: Callable[..., Any], meanwhile: Callable[[], object], after: list[int]) -> Callable[..., Any]:
    """A lock that another user takes first; ``after`` gets the number of decisions after they were done."""

    def first() -> None:
        meanwhile()
        after.append(decisions())

    @contextmanager
    def second(pages: Any, obj: Any) -> Iterator[Any]:
        elsewhere(first).join(timeout=60)
        with held(pages, obj) as fresh:
            yield fresh

    return second
