"""Tampering with the history behind the desk's back, and what ``check_history`` says of it."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.desk import history
from reviews.desk.chain.appending import COVERED
from reviews.desk.chain.checking import Head, log_head
from reviews.models import HistoryEntry, HistoryHead
from reviews.seeding.factories import make_film
from tests.desk.chain.written import LENGTH, chain_by_hand, link, write_history

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("history_written")]

SOMETHING = uuid.UUID(int=7)


@pytest.fixture
def history_written(now: dt.datetime) -> None:
    write_history()


def check(*heads: str) -> str:
    """What the command says: its output, or its error's first line."""
    said, given = StringIO(), [f"--head={head}" for head in heads]
    try:
        call_command("check_history", *given, stdout=said)
    except CommandError as error:
        failed = error
    else:
        return said.getvalue()
    assert failed.returncode == 1
    fault, advice = str(failed).split("\n")
    assert "docs/operations.md" in advice
    return fault


def entry(number: int) -> Any:
    return HistoryEntry.objects.filter(number=number)


def rechained() -> None:
    """Give every entry the digest that it should have, and the head too: as somebody would who knows how."""
    for number, digest in enumerate(chain_by_hand(), 1):
        entry(number).update(digest=digest)
    HistoryHead.objects.update(count=LENGTH, digest=chain_by_hand()[-1])


CHANGED: dict[str, Callable[[Any], Any]] = {
    "at": lambda at: at + dt.timedelta(microseconds=1),
    "because": lambda because: because + " ",
    "by_name": lambda name: name.upper() + ".",
    "decides_uid": lambda uid: SOMETHING,
    "edition_number": lambda number: (number or 0) + 1,
    "film_uid": lambda uid: SOMETHING,
    "review_uid": lambda uid: None if uid else SOMETHING,
    "sequence": lambda sequence: sequence + 1,
    "uid": lambda uid: SOMETHING,
    "visible_from": lambda moment: moment - dt.timedelta(microseconds=1),
    "visible_until": lambda moment: None,
    "what": lambda what: what.replace("e", "é"),
}
"""For each column that is covered, another value for that of entry 3."""


class TestAnUntouchedHistory:
    def test_is_complete(self) -> None:
        said = check()
        assert said.startswith(f"The history is intact: {LENGTH} entries.")
        assert said.endswith(f"{LENGTH}:{chain_by_hand()[-1]}\n")

    def test_agrees_with_every_head_that_it_had(self) -> None:
        heads = [f"{number}:{digest}" for number, digest in enumerate(chain_by_hand(), 1)]
        assert check(*heads).startswith("The history is intact")

    def test_may_be_empty(self) -> None:
        HistoryEntry.objects.all().delete()
        HistoryHead.objects.all().delete()
        assert check().startswith("The history is intact: 0 entries.")

    def test_is_read_in_one_query_whatever_its_length(self) -> None:
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                check()
            counts.append(len(captured))
            write_history_again()
        assert counts == [4, 4]


def write_history_again() -> None:
    film = make_film()
    for number in range(30):
        history.record(f"More {number}.", by=None, film=film)


class TestAChangedColumn:
    def test_every_column_is_tried_but_the_keys_and_the_chains_own(self) -> None:
        columns = {field.attname for field in HistoryEntry._meta.concrete_fields}
        assert set(CHANGED) == set(COVERED) == columns - {"id", "by_id", "number", "digest"}

    @pytest.mark.parametrize("column", CHANGED)
    def test_is_found(self, column: str) -> None:
        before = entry(3).values_list(column, flat=True).get()
        after = CHANGED[column](before)
        assert before != after
        entry(3).update(**{column: after})
        assert check().startswith(f"Entry 3 ({entry(3).get().uid}, of 2025-06-06 12:00:00 UTC) was changed")

    @pytest.mark.parametrize("number", [1, 2, LENGTH])
    def test_is_found_in_any_entry(self, number: int) -> None:
        entry(number).update(what="Nothing happened.")
        assert check().startswith(f"Entry {number} (")

    def test_is_found_where_the_texts_look_alike(self) -> None:
        entry(2).update(what=entry(2).get().what.replace("e\u0301", "é"))
        assert check().startswith("Entry 2 (")

    def test_is_found_with_a_digest_that_fits_it(self) -> None:
        entry(3).update(what="Nothing happened.")
        entry(3).update(digest=chain_by_hand()[2])
        assert check().startswith("Entry 4 (")

    def test_of_several_the_first_is_named(self) -> None:
        entry(6).update(what="Nothing happened.")
        entry(4).update(because="Nobody knows.")
        assert check().startswith("Entry 4 (")

    def test_is_found_if_it_is_the_digest(self) -> None:
        entry(5).update(digest="0" * 64)
        assert check().startswith("Entry 5 (")


class TestEntriesThatMove:
    def move(self, number: int, to: int | None) -> None:
        entry(number).update(number=to)

    def test_are_found_if_two_are_swapped(self) -> None:
        self.move(3, 100)
        self.move(6, 3)
        self.move(100, 6)
        assert check().endswith("was moved: the desk wrote it right after what is now entry 5.")
        assert check().startswith("Entry 3 (")

    def test_are_found_if_neighbours_are_swapped(self) -> None:
        self.move(3, 100)
        self.move(4, 3)
        self.move(100, 4)
        assert check().startswith("Entry 3 (")

    def test_are_found_if_one_is_deleted_in_the_middle(self) -> None:
        entry(4).delete()
        assert check() == "Entry 4 was deleted: the next entry is number 5."

    def test_are_found_if_the_first_is_deleted(self) -> None:
        entry(1).delete()
        assert check().startswith("Entry 1 was deleted")

    def test_are_found_if_one_is_deleted_and_the_others_close_ranks(self) -> None:
        entry(4).delete()
        for number in range(5, LENGTH + 1):
            self.move(number, number - 1)
        HistoryHead.objects.update(count=LENGTH - 1)
        assert check().startswith("Entry 4 (")
        assert check().endswith("was changed, or the entry before it was removed.")

    def test_are_found_if_one_is_inserted_with_a_digest_that_fits(self) -> None:
        for number in range(LENGTH, 3, -1):
            self.move(number, number + 1)
        row = HistoryEntry(at=entry(3).get().at, film_uid=SOMETHING, what="Approved.", number=4)
        row.save()
        entry(4).update(digest=link(entry(3).get().digest, entry(4).values().get()))
        HistoryHead.objects.update(count=LENGTH + 1)
        assert check() == "Entry 4 was inserted or moved: in its place the desk wrote what is now entry 5."

    def test_are_found_if_one_is_inserted_without_a_place(self) -> None:
        row = HistoryEntry.objects.create(at=entry(3).get().at, film_uid=SOMETHING, what="Approved.")
        assert check() == f"The entry {row.uid} was inserted: it is outside the chain."

    def test_are_found_if_one_is_added_at_the_end(self) -> None:
        last = entry(LENGTH).get()
        HistoryEntry.objects.create(at=last.at, film_uid=SOMETHING, what="Approved.", number=LENGTH + 1)
        added = entry(LENGTH + 1)
        added.update(digest=link(last.digest, added.values().get()))
        assert check() == f"Entry {LENGTH + 1} was inserted: the desk has written {LENGTH} entries."


class TestTheEnd:
    def cut(self) -> None:
        entry(LENGTH).delete()
        entry(LENGTH - 1).delete()

    MISSING = f"Entries {LENGTH - 1} to {LENGTH} are missing: the end of the history was cut off."

    def test_is_missed(self) -> None:
        self.cut()
        assert check() == self.MISSING

    def test_cut_with_its_head_is_found_by_a_noted_head_alone(self) -> None:
        noted = str(HistoryHead.objects.get())
        self.cut()
        HistoryHead.objects.update(count=LENGTH - 2, digest=entry(LENGTH - 2).get().digest)
        assert check().startswith("The history is intact")
        assert check(noted) == self.MISSING

    def test_cut_away_altogether_is_found(self) -> None:
        noted = str(HistoryHead.objects.get())
        HistoryEntry.objects.all().delete()
        assert check().startswith(f"Entries 1 to {LENGTH} are missing")
        HistoryHead.objects.all().delete()
        assert check(noted).startswith(f"Entries 1 to {LENGTH} are missing")

    def test_without_a_head_is_found(self) -> None:
        HistoryHead.objects.all().delete()
        assert check() == "The head of the history is missing: somebody deleted its row."

    def test_with_another_head_is_found(self) -> None:
        HistoryHead.objects.update(digest="1" * 64)
        assert check().startswith(f"Entry {LENGTH} is not the one that the head of the history names")


class TestAHistoryWrittenAnew:
    def test_is_found_by_a_noted_head_alone(self) -> None:
        before = chain_by_hand()
        entry(4).update(because="Nobody knows.")
        rechained()
        assert check().startswith("The history is intact")
        assert check(f"3:{before[2]}").startswith("The history is intact")
        told = "The history was written anew{}: entry {} does not have the digest that was noted."
        assert check(f"{LENGTH}:{before[-1]}") == told.format("", LENGTH)
        heads = [f"{number}:{before[number - 1]}" for number in (LENGTH, 2, 5, 3)]
        assert check(*heads) == told.format(" after entry 3", 5)


class TestANotedHead:
    @pytest.mark.parametrize(
        "text", ["", "8", "8:", ":abc", "8:xyz", "-1:" + "0" * 64, "8:" + "0" * 65, "٣:" + "0" * 64]
    )
    def test_is_refused_if_it_is_none(self, text: str) -> None:
        with pytest.raises(CommandError, match="head"):
            call_command("check_history", f"--head={text}")


class TestTheLog:
    def test_has_the_head_of_every_check_in_one_line(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO, "reviews.history"):
            check()
        assert [record.getMessage() for record in caplog.records] == [
            f"The head of the history is {LENGTH}:{chain_by_hand()[-1]}"
        ]

    def test_has_a_fault_in_one_line(self, caplog: pytest.LogCaptureFixture) -> None:
        entry(4).delete()
        check()
        (record,) = caplog.records
        assert (record.levelname, record.name) == ("ERROR", "reviews.history")
        assert "Entry 4 was deleted" in record.getMessage()

    def test_has_it_after_each_migration_once_there_are_entries(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.INFO, "reviews.history"):
            call_command("migrate", verbosity=0)
            assert [record.getMessage().split(":")[0] for record in caplog.records] == [
                f"The head of the history is {LENGTH}"
            ]
            caplog.clear()
            HistoryEntry.objects.all().delete()
            HistoryHead.objects.all().delete()
            log_head()
        assert not caplog.records

    def test_a_head_is_written_as_the_command_takes_it(self) -> None:
        assert check(str(Head(LENGTH, chain_by_hand()[-1]))).startswith("The history is intact")
