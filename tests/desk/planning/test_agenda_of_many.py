"""The agendas of many users, and their cost: a constant number of queries, each with an index."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.desk.capped import CAP
from reviews.desk.planning.agenda import Agenda
from reviews.models import Edition, Embargo, HistoryEntry, Review
from reviews.seeding.factories import make_account, make_outlet
from tests.desk.planning.agendas import somebody_who_writes, stage_one_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LISTS = ["never", "next", "planned", "drafts", "returned", "in_review", "just_up", "corrections", "changed"]
QUERIES = {"Critic": 9, "Editor": 9}
"""The byline and two of permissions, the outlet, embargoes, editions and reviews; judgements and addresses of what is
planned."""


def sizes(found: Agenda) -> dict[str, int]:
    return {name: getattr(found, name).total for name in LISTS} | {"films": found.boards.films.total}


class TestWhoSeesWhat:
    def test_an_editor_sees_everybodys(self) -> None:
        make_outlet()
        _, critic = somebody_who_writes()
        stage_one_of_each(critic=critic)
        stage_one_of_each()
        found = Agenda(make_account("Editor"))
        assert found.queue is not None
        assert sizes(found) | {"queue": found.queue.total} == {
            "never": 2,
            "next": 4,
            "planned": 2,
            "queue": 2,
            "drafts": 0,
            "returned": 0,
            "in_review": 0,
            "just_up": 2,
            "corrections": 2,
            "changed": 2,
            "films": 4,
        }

    def test_a_critic_sees_their_own_only(self) -> None:
        make_outlet()
        account, critic = somebody_who_writes()
        stage_one_of_each()
        empty = sizes(Agenda(account))
        assert set(empty.values()) == {0}
        stage_one_of_each(critic=critic)
        found = Agenda(account)
        assert sizes(found) == dict.fromkeys(empty, 1) | {"next": 2, "drafts": 2, "films": 2}
        every: list[Review | Edition] = [
            *found.never.rows,
            *found.next.rows,
            *(each.review for each in found.planned.rows),
            *found.drafts.rows,
            *(each.review for each in found.returned.rows),
            *found.in_review.rows,
            *(each.edition for each in found.just_up.rows),
            *found.corrections.rows,
            *found.changed.rows,
            *(row for board in found.boards.films.rows for row in board.filings.rows),
        ]
        assert {each.critic for each in every} == {critic}

    def test_a_byline_that_changes_hands_takes_its_copy_along(self) -> None:
        make_outlet()
        account, critic = somebody_who_writes()
        heir = make_account("Critic")
        stage_one_of_each(critic=critic, written_by=account)
        before = sizes(Agenda(account))
        critic.user = heir
        critic.save()
        assert set(sizes(Agenda(account)).values()) == {0}
        assert sizes(Agenda(heir)) == before


class TestQueries:
    @pytest.mark.parametrize("role", QUERIES)
    def test_are_as_many_for_more_than_are_listed(self, role: str) -> None:
        make_outlet()
        account, critic = somebody_who_writes(role)
        counted = []
        for more in (1, CAP + 2):
            for _ in range(more):
                stage_one_of_each(critic=critic)
            by = User.objects.get(pk=account.pk)
            with CaptureQueriesContext(connection) as queries:
                found = Agenda(by)
            counted.append(len(queries))
        assert found.next.total > 2 * CAP
        assert counted == [QUERIES[role]] * 2

    @pytest.mark.parametrize("role", QUERIES)
    def test_find_by_an_index_what_they_ask_for(self, role: str) -> None:
        make_outlet()
        account, critic = somebody_who_writes(role)
        stage_one_of_each(critic=critic)
        with CaptureQueriesContext(connection) as queries:
            Agenda(account)
        asked = [query["sql"] for query in queries if any(table in query["sql"] for table in TABLES)]
        assert len(asked) == 4
        assert [sql for sql in asked if read_from_end_to_end(sql)] == []


TABLES = {model._meta.db_table for model in (Review, Edition, Embargo, HistoryEntry)}
"""Tables that grow with the archive."""


def read_from_end_to_end(sql: str) -> set[str]:
    """The tables that a query scans completely."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # PostgreSQL scans small tables anyway, unless scans are made expensive.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            found = re.findall(r"Seq Scan on (\w+)", "\n".join(row[0] for row in cursor.fetchall()))
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            found = [
                step.removeprefix("SCAN ")
                for *_, step in cursor.fetchall()
                if step.startswith("SCAN") and "USING" not in step
            ]
    return TABLES & set(found)
