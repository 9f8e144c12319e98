"""Primary keys of the desk's rows are random; their order is stored separately, also within one moment."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import models

from reviews.desk import history, history_pages, preview_links
from reviews.models import Autosave, HistoryEntry, Judgement, PreviewLink, Review, Revision
from reviews.models.keys import LARGEST_KEY, SequenceField, random_key
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_aspect,
    make_film,
    make_judgement,
    make_review,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NOUNS = (Review, Judgement, Revision, Autosave, PreviewLink, HistoryEntry)
MANY = 12
"""With this many rows, random keys are in order of creation once in 479 million runs."""


@pytest.mark.parametrize("noun", NOUNS)
def test_a_key_does_not_count(noun: type[models.Model]) -> None:
    key = noun._meta.pk
    assert not isinstance(key, models.AutoField)
    assert key.default is random_key


def test_keys_are_random_and_exact_in_javascript() -> None:
    drawn = {random_key() for _ in range(1000)}
    assert len(drawn) == 1000
    assert all(1 <= key <= LARGEST_KEY == 2**53 - 1 for key in drawn)
    assert max(drawn) > 2**52  # Fails once in 2 ** 1000.


class TestWithinOneMoment:
    def test_reviews_are_listed_newest_first(self) -> None:
        made = [make_review() for _ in range(MANY)]
        assert list(Review.objects.all()) == made[::-1]

    def test_history_is_in_the_order_of_the_actions(self) -> None:
        film = make_film()
        for number in range(MANY):
            history.record(f"Done {number}.", by=None, film=film)
        done = [f"Done {number}." for number in range(MANY)]
        assert [entry.what for entry in HistoryEntry.objects.of_film(film.uid).oldest_first()] == done
        lines = history_pages.stretch(HistoryEntry.objects.of_film(film.uid)).lines
        assert [line.what for line in lines] == done[::-1]

    def test_links_and_autosaves_are_listed_newest_first(self) -> None:
        review, owner = make_review(), make_account("Editor")
        links = [preview_links.make(review, by=None)[0] for _ in range(MANY)]
        assert list(PreviewLink.objects.of(review).newest_first()) == links[::-1]
        kept = [
            Autosave.objects.create(
                owner=owner, review=review, form=uuid4(), window=uuid4(), seen_at=MOMENT, posted={}
            )
            for _ in range(MANY)
        ]
        assert list(Autosave.objects.newest_first()) == kept[::-1]

    def test_rows_that_are_made_together_keep_their_order(self) -> None:
        film = make_film()
        made = HistoryEntry.objects.bulk_create(
            HistoryEntry(at=MOMENT, film_uid=film.uid, what=f"Done {number}.") for number in range(MANY)
        )
        assert list(HistoryEntry.objects.oldest_first()) == made

    def test_judgements_have_the_order_of_their_aspects(self) -> None:
        review = make_review()
        aspects = [make_aspect(position=1) for _ in range(MANY)]
        for aspect in aspects[::-1]:
            make_judgement(review, aspect=aspect)
        assert [row.aspect for row in Judgement.objects.filter(review=review)] == aspects


class TestSaving:
    def test_keeps_a_row_in_its_place(self) -> None:
        first, second = make_review(), make_review()
        first.headline = "Changed"
        first.save()
        Review.objects.get(pk=first.pk).save()
        assert list(Review.objects.all()) == [second, first]

    def test_loading_a_fixture_keeps_rows_in_place_and_adds_new_ones_in_order(self, tmp_path: Path) -> None:
        first, second = make_review(), make_review()
        order = dict(Review.objects.values_list("slug", "sequence"))
        fixture = tmp_path / "reviews.json"
        call_command(
            "dumpdata", "reviews.review", "--natural-foreign", "--natural-primary", output=str(fixture)
        )
        rows = json.loads(fixture.read_text())
        for row in rows:
            assert "pk" not in row
            del row["fields"]["sequence"]  # As in a fixture that a person writes.
        rows += [
            dict(row, fields=row["fields"] | {"slug": f"new-{n}", "uid": str(uuid4())})
            for n, row in enumerate(rows)
        ]
        fixture.write_text(json.dumps(rows))
        for _ in range(2):
            call_command("loaddata", str(fixture), verbosity=0)
            assert [review.slug for review in Review.objects.all()] == [
                "new-1",
                "new-0",
                second.slug,
                first.slug,
            ]
            assert order.items() <= dict(Review.objects.values_list("slug", "sequence")).items()


def test_the_order_continues_while_the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviews.models.keys.time.time_ns", lambda: 5)
    made = [make_review().sequence for _ in range(3)]
    assert made == sorted(set(made))
    assert isinstance(Review._meta.get_field("sequence"), SequenceField)
