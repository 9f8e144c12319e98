"""The moments at which the site changes, by looking at it before and after every moment that any row names."""

import datetime as dt
from itertools import pairwise

import pytest
from django.contrib.auth.models import User

from reviews import clock
from reviews.desk import time_machine
from reviews.models import Correction, Critic, Edition, Embargo
from reviews.seeding.factories import make_account
from tests.admin.time.histories import HOUR, History
from tests.desk.reading import INSTANT

pytestmark = pytest.mark.django_db

Visible = tuple[list[int], list[int]]


def visible(at: dt.datetime, by: User) -> Visible:
    with time_machine.reading_at(at, by):
        return (
            [*Edition.objects.public().order_by("pk").values_list("pk", flat=True)],
            [*Correction.objects.public().order_by("pk").values_list("pk", flat=True)],
        )


def moments() -> list[dt.datetime]:
    """Every moment that a row names."""
    named: set[dt.datetime | None] = set()
    for rows, columns in (
        (Edition.objects.all(), ("visible_from", "visible_until", "first_visible_from")),
        (Embargo.objects.all(), ("agreed_at", "lifts_at", "ended_at")),
        (Correction.objects.all(), ("at",)),
    ):
        for found in rows.values_list(*columns):
            named.update(found)
    return sorted(moment for moment in named if moment)


@pytest.mark.parametrize("seed", [10, 14])
@pytest.mark.parametrize("role", ["Editor", "Critic"])
def test_a_step_leads_to_every_change_and_to_nothing_else(seed: int, role: str) -> None:
    history = History(seed)
    history.live(24, watched=False)
    by = make_account(role)
    Critic.objects.filter(pk=history.critics[0].pk).update(user=by)
    with clock.frozen_at(history.now):
        changes = [at for at in moments() if visible(at, by) != visible(at - INSTANT, by)]
        assert len(changes) >= 2
        for before, after in pairwise(changes):
            with time_machine.reading_at(before, by):
                assert time_machine.next_step() == after
            with time_machine.reading_at(after, by):
                assert time_machine.previous_step() == before
        with time_machine.reading_at(changes[-1] + 100 * HOUR, by):
            assert time_machine.next_step() is None
            assert time_machine.previous_step() == changes[-1]
