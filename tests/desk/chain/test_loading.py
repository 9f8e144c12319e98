"""Dumps and fixtures: a copy of the history is the same chain, and what is added to another is appended to it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from reviews.desk import history
from reviews.desk.chain.checking import BrokenChain, checked
from reviews.models import HistoryEntry, HistoryHead, Review
from reviews.seeding.factories import make_film
from tests.desk.chain.written import LENGTH, write_history

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NOUNS = ("reviews.historyhead", "reviews.historyentry")


@pytest.fixture
def dump(now: Any, tmp_path: Path) -> Path:
    """The history as a file; the database has none any more."""
    write_history()
    file = dumped(tmp_path / "dump.json")
    empty()
    return file


def dumped(file: Path, *options: str) -> Path:
    said = StringIO()
    call_command("dumpdata", *NOUNS, *options, "--natural-foreign", stdout=said)
    # Without the accounts: another database has others, or none.
    rows = json.loads(said.getvalue())
    for row in rows:
        row["fields"].pop("by", None)
    file.write_text(json.dumps(rows))
    return file


def empty() -> None:
    HistoryEntry.objects.all().delete()
    HistoryHead.objects.all().delete()


def load(file: Path) -> None:
    call_command("loaddata", file, verbosity=0)


def edited(file: Path, edit: Any) -> Path:
    rows = json.loads(file.read_text())
    file.write_text(json.dumps([row for row in rows if edit(row["fields"], row["model"]) is not False]))
    return file


class TestIntoAnEmptyDatabase:
    @pytest.mark.parametrize("options", [(), ("--natural-primary",)])
    def test_it_is_the_same_chain(self, now: Any, tmp_path: Path, options: tuple[str, ...]) -> None:
        write_history()
        head = checked()
        file = dumped(tmp_path / "dump.json", *options)
        empty()
        load(file)
        assert checked([head]) == head
        history.record("On.", by=None, film=make_film())
        assert checked([head]).count == LENGTH + 1

    @pytest.mark.parametrize("written_as", ["json", "yaml", "xml"])
    def test_it_keeps_moments_to_the_microsecond(self, now: Any, tmp_path: Path, written_as: str) -> None:
        write_history()
        head, file = checked(), tmp_path / f"dump.{written_as}"
        call_command("dumpdata", *NOUNS, format=written_as, output=str(file), natural_foreign=True)
        empty()
        load(file)
        assert checked([head]) == head

    def test_twice_it_changes_nothing(self, dump: Path) -> None:
        load(dump)
        rows, head = list(HistoryEntry.objects.order_by("pk").values()), checked()
        load(dump)
        assert (list(HistoryEntry.objects.order_by("pk").values()), checked()) == (rows, head)

    def test_a_changed_dump_is_found(self, dump: Path) -> None:
        def edit(fields: dict[str, Any], model: str) -> None:
            if fields.get("number") == 1:
                fields["what"] = "Nothing happened."

        load(edited(dump, edit))
        with pytest.raises(BrokenChain, match=r"^Entry 1 \("):
            checked()

    def test_a_cut_dump_is_found(self, dump: Path) -> None:
        load(edited(dump, lambda fields, model: fields.get("number") != LENGTH))
        with pytest.raises(
            BrokenChain, match=f"^Entry {LENGTH} is missing: the end of the history was cut off."
        ):
            checked()

    def test_a_dump_of_an_earlier_release_is_chained_in_order_of_time(self, dump: Path) -> None:
        def edit(fields: dict[str, Any], model: str) -> bool:
            for name in ("number", "digest"):
                fields.pop(name, None)
            return model != NOUNS[0]

        load(edited(dump, edit))
        assert checked().count == LENGTH
        in_order = HistoryEntry.objects.oldest_first().values_list("number", flat=True)
        assert list(in_order) == list(range(1, LENGTH + 1))


class TestIntoADatabaseWithAHistory:
    def test_an_older_dump_of_it_changes_nothing(self, now: Any, tmp_path: Path) -> None:
        write_history()
        file = dumped(tmp_path / "dump.json")
        history.record("On.", by=None, film=make_film())
        head = checked()
        load(file)
        assert checked([head]) == head

    def test_a_newer_dump_of_it_continues_it(self, now: Any, tmp_path: Path) -> None:
        write_history()
        head = checked()
        history.record("On.", by=None, film=make_film())
        newer = checked()
        file = dumped(tmp_path / "dump.json")
        HistoryEntry.objects.filter(number=LENGTH + 1).delete()
        HistoryHead.objects.update(count=head.count, digest=head.digest)
        load(file)
        assert checked([head, newer]) == newer

    @pytest.mark.parametrize("own", [1, LENGTH + 3])
    def test_that_of_another_is_appended(self, dump: Path, own: int) -> None:
        film = make_film()
        for number in range(own):
            history.record(f"Our own {number}.", by=None, film=film)
        head = checked()
        load(dump)
        assert checked([head]).count == own + LENGTH
        ours = HistoryEntry.objects.filter(number__lte=own).values_list("what", flat=True)
        assert all(what.startswith("Our own") for what in ours)
        head = checked()
        load(dump)
        assert checked([head]) == head

    def test_a_dump_that_changes_an_entry_is_found(self, dump: Path) -> None:
        load(dump)

        def edit(fields: dict[str, Any], model: str) -> None:
            if fields.get("number") == 2:
                fields["because"] = "Nobody knows."

        load(edited(dump, edit))
        with pytest.raises(BrokenChain, match=r"^Entry 2 \("):
            checked()


class TestTheDemo:
    def test_has_a_chain_of_what_its_loading_published(self) -> None:
        call_command("loaddata", "ballerina", verbosity=0)
        published = Review.objects.filter(status=Review.Status.APPROVED).count()
        assert checked().count == published == 5
        call_command("rebuild", stdout=StringIO())
        assert checked().count == 5
