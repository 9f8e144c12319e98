"""Kept counts: at any moment they say what counting every public review says, whenever they were brought up to date."""

import copy
import datetime as dt
from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from reviews import clock, derived
from reviews.desk import counting
from reviews.models import (
    CountsState,
    Edition,
    EditionTag,
    Embargo,
    Film,
    MonthCount,
    Outlet,
    Tag,
    TagPairCount,
)
from reviews.models.public.counts import embargoes_maybe_on_counted
from reviews.models.public.edition import Counted
from reviews.public.reading.archive import count_by_month, count_by_month_of
from reviews.public.reading.related_tags import related_tags
from reviews.seeding.factories import MOMENT, make_edition, make_embargo, make_film, make_review
from reviews.seeding.site import make_site
from tests.desk.verbs.model import FILMS_OF_REVIEWS, HOUR
from tests.desk.verbs.test_publishing_model import Histories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ZONES = ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"]
END_OF_MONTH = dt.datetime(2025, 6, 30, 12, tzinfo=dt.UTC)


def months_by_hand(at: dt.datetime, zone: ZoneInfo) -> list[tuple[int, int | None, int]]:
    """Year, month, and how many public reviews went up first in it."""
    moments = Edition.objects.public(at).values_list("first_visible_from", flat=True)
    local = Counter((moment.astimezone(zone).year, moment.astimezone(zone).month) for moment in moments)
    return [(year, month, number) for (year, month), number in sorted(local.items())]


def related_by_hand(at: dt.datetime, tag: Tag) -> dict[str, int]:
    """By name of another tag: how many public reviews have both."""
    found: Counter[str] = Counter()
    for edition in Edition.objects.public(at):
        names = set(EditionTag.objects.filter(edition=edition).values_list("tag__name", flat=True))
        if tag.name in names:
            found.update(names - {tag.name})
    return dict(found)


def assert_exact(at: dt.datetime) -> None:
    zone = Outlet.objects.current().zone
    with clock.frozen_at(at):
        expected = months_by_hand(at, zone)
        assert [
            (each.month.year, each.month.month, each.reviews) for each in count_by_month(zone)
        ] == expected
        for year in (2025, 2026):
            told = [
                (each.month.year, each.month.month, each.reviews) for each in count_by_month_of(year, zone)
            ]
            assert told == [each for each in expected if each[0] == year]
        for tag in Tag.objects.all():
            told_tags = {each.tag.name: each.reviews for each in related_tags(tag)}
            assert told_tags == related_by_hand(at, tag)


class CountedHistories(Histories):
    """Every verb in any order, the counts brought up to date now and then, and the outlet moved to another zone."""

    def __init__(self) -> None:
        super().__init__()
        self.now = END_OF_MONTH - 3 * HOUR

    @rule()
    def settle(self) -> None:
        with clock.frozen_at(self.now):
            counting.settle()

    @rule(zone=st.sampled_from(ZONES))
    def move_the_outlet(self, zone: str) -> None:
        Outlet.objects.update_or_create(defaults={"time_zone": zone})

    @invariant()
    def no_review_of_a_film_that_an_embargo_says_is_uncounted_is(self) -> None:
        answered = Embargo.objects.filter(uncounted_film=F("film")).values("film")
        assert not Edition.objects.filter(counted=Counted.YES, film__in=answered).exists()

    @invariant()
    def counts_are_exact(self) -> None:
        for moment in (self.now, self.at(2), self.at(30), self.now - HOUR):
            assert_exact(moment)


def test_counts_are_exact_at_any_moment_of_any_history() -> None:
    films = [make_film() for _ in set(FILMS_OF_REVIEWS)]
    tags = [("T", "B"), ("T", "B", "C"), ("T",)]
    CountedHistories.rows = [
        make_review(film=films[film], body="A.", tags=names)
        for film, names in zip(FILMS_OF_REVIEWS, tags, strict=True)
    ]
    profile = settings.default
    assert profile is not None
    run_state_machine_as_test(
        CountedHistories,
        settings=settings(
            # At a commit a short look: each step checks four moments. At night nearly a hundred long histories.
            max_examples=max(profile.max_examples // 5 - 3, 2),
            stateful_step_count=min(profile.max_examples // 8, 8),
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


class TestWhatIsWrittenPastTheVerbs:
    def test_a_site_written_in_bulk_is_counted(self) -> None:
        make_site(30)
        assert CountsState.objects.exists()
        assert sum(MonthCount.objects.values_list("reviews", flat=True)) == 30
        assert_exact(MOMENT)

    def test_an_embargo_that_nobody_has_told_the_desk_of_is_respected(self) -> None:
        make_site(10)
        make_embargo(Edition.objects.newest_first()[0].film, MOMENT + HOUR)
        assert_exact(MOMENT)
        assert_exact(MOMENT + HOUR)

    @pytest.mark.parametrize(
        "change",
        [
            {"lifts_at": MOMENT + 9 * HOUR},
            {"ended_at": None, "ended_because": ""},
            {"film": "review-2"},
            {"covers": "reviews"},
        ],
        ids=["moved", "not ended after all", "of another film", "of reviews after all"],
    )
    @pytest.mark.parametrize("is_saved", [False, True], ids=["updated", "saved"])
    def test_an_embargo_that_changes_after_it_was_counted_out_is_respected(
        self, change: dict[str, Any], is_saved: bool
    ) -> None:
        """Once its film has been counted again, what it says of the counts is not relied on."""
        for number in range(3):
            make_edition(slug=f"review-{number}")
        film = Edition.objects.get(slug="review-1").film
        embargo = make_embargo(film, MOMENT + HOUR)
        counting.settle()
        outdated = Embargo.objects.get(pk=embargo.pk)
        assert outdated.uncounted_film == film.pk
        if "ended_at" in change:
            Embargo.objects.update(ended_at=MOMENT + HOUR / 2, ended_because="Early.")
        elif "covers" in change:
            Embargo.objects.update(covers="social")
        later = MOMENT + 2 * HOUR
        with clock.frozen_at(later if "covers" not in change else MOMENT):
            counting.settle()
        change = {
            name: Edition.objects.get(slug=value).film if name == "film" else value
            for name, value in change.items()
        }
        change.setdefault("lifts_at", MOMENT + 9 * HOUR)
        if is_saved:
            for name, value in change.items():
                setattr(outdated, name, value)
            outdated.save()
        else:
            Embargo.objects.filter(pk=embargo.pk).update(**change)
        assert_exact(later)
        for moment in (later, MOMENT + 10 * HOUR):
            with clock.frozen_at(moment):
                counting.settle()
            assert_exact(moment)

    def test_windows_changed_by_hand_are(self) -> None:
        make_site(10)
        Edition.objects.filter(slug__in=["review-1", "review-2"]).update(visible_until=MOMENT)
        assert_exact(MOMENT)
        counting.settle()
        assert_exact(MOMENT)

    def test_what_is_deleted_is_not_counted_any_more(self) -> None:
        make_site(10)
        Edition.objects.filter(slug="review-1").delete()
        assert_exact(MOMENT)
        counting.settle()
        assert_exact(MOMENT)

    def test_rebuild_counts_anew(self) -> None:
        make_site(5)
        MonthCount.objects.update(reviews=77)
        TagPairCount.objects.all().delete()
        list(derived.rebuild())
        assert_exact(MOMENT)

    def test_counts_of_a_later_moment_are_not_used_for_an_earlier_one(self) -> None:
        make_site(10)
        assert_exact(MOMENT - 5 * HOUR)


class TestWhatIsKept:
    def test_is_corrected_by_no_embargo_once_it_is_settled(self) -> None:
        make_site(10)
        waiting = [make_edition(at=MOMENT + HOUR).film for _ in range(3)]
        for film in (*waiting, Edition.objects.get(slug="review-1").film):
            make_embargo(film, MOMENT + 2 * HOUR)
        assert embargoes_maybe_on_counted(MOMENT).count() == 4
        counting.settle()
        assert not embargoes_maybe_on_counted(MOMENT).exists()
        make_embargo(waiting[0], MOMENT + HOUR)
        assert embargoes_maybe_on_counted(MOMENT).count() == 1

    def test_is_there_after_migrate_on_a_site_that_was_never_counted(self) -> None:
        make_site(5)
        counting.forget()
        Edition.objects.update(counted=Counted.NOT_YET)
        call_command("migrate", verbosity=0)
        assert CountsState.objects.exists()
        assert sum(MonthCount.objects.values_list("reviews", flat=True)) == 5
        assert_exact(MOMENT)

    def test_is_not_written_by_migrate_while_tables_are_of_an_earlier_release(self) -> None:
        make_site(5)
        counting.forget()

        class Earlier:
            def get_model(self, label: str) -> Any:
                return Film if label == "reviews.Outlet" else apps.get_model(label)

        derived.ensure_counts(apps=Earlier())  # type: ignore[arg-type]
        assert not CountsState.objects.exists()

    def test_tells_nothing_of_what_is_hidden(self) -> None:
        make_edition(at=MOMENT + HOUR, tags=("Secret", "Other"))
        held = make_edition(tags=("Held", "Back"))
        make_embargo(held.film, MOMENT + HOUR)
        counting.settle()
        assert not MonthCount.objects.exists()
        assert not TagPairCount.objects.exists()

    def test_readers_write_nothing(self) -> None:
        make_site(5)
        edition = make_edition(tags=("Tag 0", "Tag 1"))
        rows = [copy.copy(row.__dict__) for row in MonthCount.objects.all()]
        assert_exact(MOMENT)
        edition.refresh_from_db()
        assert not edition.counted
        assert len(rows) == MonthCount.objects.count()
