"""The chain as the desk writes it: one digest after the other, at the end of the transaction."""

import datetime as dt
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reviews.desk import history
from reviews.desk.chain.checking import Head, checked
from reviews.desk.public_state.changes import changing, changing_everything
from reviews.desk.verbs import embargoes, locks, publishing
from reviews.models import Embargo, HistoryEntry, HistoryHead
from reviews.rules.chain import Value, digest_after
from reviews.seeding.factories import MOMENT, make_account, make_film, make_review
from tests.desk.chain.written import LENGTH, chain_by_hand, write_history

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

FORM_ONE = "ef9e303075a6094e4269cce05002867f1d88553ddcd405feb32b983545f155bb"


def told() -> list[str]:
    return list(HistoryEntry.objects.order_by("number").values_list("what", flat=True))


class TestTheForm:
    def test_is_this_for_ever(self) -> None:
        """Computed once by hand (``printf … | sha256sum``): another digest would break every chain that there is."""
        moment = dt.datetime(2025, 6, 6, 14, 0, 0, 7, tzinfo=ZoneInfo("Europe/Paris"))
        content: dict[str, Value] = {"what": "É", "number": 3, "at": moment, "gone": None}
        assert digest_after("0" * 64, content) == FORM_ONE

    def test_does_not_depend_on_the_zone_of_a_moment(self) -> None:
        zones = ("UTC", "Asia/Kolkata", "America/St_Johns")
        digests = {digest_after("0" * 64, {"at": MOMENT.astimezone(ZoneInfo(zone))}) for zone in zones}
        assert len(digests) == 1


class TestWhatTheDeskWrites:
    def test_is_the_documented_form_of_what_is_stored(self) -> None:
        write_history()
        assert (
            list(HistoryEntry.objects.order_by("number").values_list("digest", flat=True)) == chain_by_hand()
        )
        assert HistoryHead.objects.get().count == LENGTH
        assert HistoryHead.objects.get().digest == chain_by_hand()[-1]

    def test_is_the_same_in_every_time_zone(self) -> None:
        with timezone.override("Pacific/Chatham"):
            write_history()
            assert checked().count == LENGTH
        with timezone.override("America/Caracas"):
            assert checked().count == LENGTH

    def test_covers_a_text_as_it_is_stored_without_control_characters(self) -> None:
        history.record("One\x00 \x0btwo.", by=None, film=make_film(), because="\x1fWhy.")
        assert HistoryEntry.objects.get().what == "One two."
        assert checked().count == 1

    def test_stays_valid_when_its_account_is_renamed_and_deleted(self) -> None:
        write_history()
        head = checked()
        person = HistoryEntry.objects.exclude(by=None)[0].by
        assert person
        person.username = person.last_name = "Another"
        person.save()
        assert checked() == head
        person.delete()
        assert not HistoryEntry.objects.exclude(by=None).exists()
        assert checked() == head

    def test_stays_valid_when_its_review_and_film_are_deleted(self) -> None:
        review = make_review()
        history.record("Begun.", by=None, film=review.film, review=review)
        head = checked()
        film = review.film
        review.delete()
        film.delete()
        assert checked() == head

    def test_is_numbered_in_the_order_of_a_verbs_lines(self) -> None:
        film = make_film()
        for _ in range(3):
            publishing.publish(make_review(film=film), at=MOMENT + dt.timedelta(days=1))
        embargo = Embargo(film=film, lifts_at=MOMENT + dt.timedelta(days=2), zone="UTC")
        embargoes.impose(embargo)
        assert told()[3:] == [
            "An embargo on reviews was agreed.",
            *["Edition 1 moved with the film’s embargo."] * 3,
        ]
        assert checked().count == 7


class TestTheEndOfTheTransaction:
    def test_is_when_entries_are_written_by_three_statements(self) -> None:
        film = make_film()
        HistoryHead.objects.locked()
        with CaptureQueriesContext(connection) as captured, changing():
            for number in range(20):
                history.record(f"{number}.", by=None, film=film)
            assert not HistoryEntry.objects.exists()
        assert told() == [f"{number}." for number in range(20)]
        of_the_chain = [query for query in captured.captured_queries if "reviews_history" in query["sql"]]
        assert len(of_the_chain) == 4  # One of them is the test's own.

    def test_comes_before_the_public_state(self) -> None:
        review = make_review(body="A.")
        with CaptureQueriesContext(connection) as captured:
            publishing.publish(review)
        # What is due is read before anything is changed, without a lock.
        said = [query["sql"] for query in captured.captured_queries if '."next_change"' not in query["sql"]]
        touched = [
            table
            for sql in said
            for table in (
                "reviews_historyhead",
                "reviews_historyentry",
                "reviews_publicstate",
                "reviews_edition",
            )
            if (f'"{table}" ' in sql.split("WHERE")[0] and not sql.startswith("SELECT"))
            or f'FROM "{table}"' in sql
        ]
        begins = touched.index("reviews_historyhead")
        assert "reviews_publicstate" not in touched[:begins]
        assert "reviews_historyentry" not in touched[:begins]
        assert touched[-1] == "reviews_publicstate"

    def test_writes_nothing_of_what_was_rolled_back(self) -> None:
        film = make_film()
        with changing():
            history.record("Before.", by=None, film=film)
            for held in (transaction.atomic, changing):
                with suppress(ZeroDivisionError), held():
                    history.record("Rolled back.", by=None, film=film)
                    raise ZeroDivisionError
            history.record("After.", by=None, film=film)
        assert told() == ["Before.", "After."]
        assert checked() == Head(2, chain_by_hand()[-1])

    def test_rolled_back_as_a_whole_leaves_the_head(self) -> None:
        write_history()
        head = checked()
        with suppress(ZeroDivisionError), changing():
            history.record("Rolled back.", by=None, film=make_film())
            raise ZeroDivisionError
        assert checked() == head

    def test_comes_to_each_verb_of_many_that_are_not_weighed_one_by_one(self) -> None:
        with changing_everything():
            publishing.publish(make_review(body="A."))
            assert len(told()) == 1
            publishing.publish(make_review(body="A."))
        assert checked().count == 2

    def test_writes_the_lines_of_several_reviews_together(self) -> None:
        keys = [make_review(body="A.").pk for _ in range(3)]
        HistoryHead.objects.locked()
        with CaptureQueriesContext(connection) as captured, locks.locked_reviews(keys) as found:
            for outlook in found:
                publishing.publish(outlook.review)
        inserts = [each for each in captured.captured_queries if 'INTO "reviews_historyentry"' in each["sql"]]
        assert (len(inserts), checked().count) == (1, 3)


class TestTheHead:
    def test_is_made_of_the_entries_if_it_is_missing(self) -> None:
        write_history()
        HistoryHead.objects.all().delete()
        history.record("On.", by=None, film=make_film())
        assert checked().count == LENGTH + 1


class TestTheDesk:
    def test_has_no_page_to_change_or_delete_an_entry(self) -> None:
        assert not {HistoryEntry, HistoryHead} & set(admin.site._registry)

    @pytest.mark.parametrize("role", ["Critic", "Editor", "Publisher"])
    def test_gives_no_role_the_permission(self, role: str) -> None:
        held = make_account(role).get_all_permissions()
        assert held
        assert not [each for each in held if "history" in each]
