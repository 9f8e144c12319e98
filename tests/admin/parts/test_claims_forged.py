"""The posted state of a form may be forged or huge: it costs no more than a real one."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.models import Credit, Film
from reviews.seeding.factories import make_credit, make_film, make_person
from reviews.text.limits import LONGEST_COPY
from tests.admin.pages import signed_in, text_of
from tests.admin.parts.claimed import opened, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def client() -> Client:
    return signed_in("")


@pytest.fixture
def film() -> Film:
    film = make_film()
    make_credit(film=film)
    return film


def read_in(fields: dict[str, Any]) -> tuple[Any, Any]:
    """The state that a form carries: values and rows."""
    values, rows = json.loads(fields["_read"].partition(" ")[2])
    return values, rows


def claiming(values: Any, rows: Any) -> dict[str, str]:
    return {"_read": " " + json.dumps([values, rows])}


def queries_of(client: Client, film: Film, forged: int) -> int:
    """The number of queries of a save whose state claims so many credits, each of another person."""
    fields = opened(client, film)
    values, rows = read_in(fields)
    (row,) = rows["credits"].values()
    people = [make_person() for _ in range(min(forged, 30))]
    rows["credits"] = {
        str(10**9 + number): row | {"person": [str(people[number % len(people)].pk + number * 1000)]}
        for number in range(forged)
    }
    with CaptureQueriesContext(connection) as taken:
        page = post(client, film, fields | claiming(values, rows) | {"title": "Mine"})
    assert page.status_code == 200
    return len(taken)


class TestRows:
    def test_take_as_many_queries_however_many_there_are(self, client: Client, film: Film) -> None:
        assert queries_of(client, film, 200) == queries_of(client, film, 2)

    def test_that_are_more_than_a_form_has_are_not_believed(self, client: Client, film: Film) -> None:
        fields = opened(client, film)
        values, rows = read_in(fields)
        (row,) = rows["credits"].values()
        rows["credits"] |= {str(10**9 + number): row for number in range(1000)}
        page = post(client, film, fields | claiming(values, rows) | {"title": "Mine"})
        # None of what it claims comes back as a credit that somebody has deleted.
        assert [part.label for part in page.context["merge"].parts if part.label == "Credit"] == []

    @pytest.mark.parametrize("count", ["0", "-1"])
    def test_that_are_saved_and_sent_as_new_are_given_back(
        self, client: Client, film: Film, count: str
    ) -> None:
        answer = post(client, film, opened(client, film) | {"credits-INITIAL_FORMS": count, "title": "Mine"})
        assert answer.status_code == 409
        assert "Something in it is there already" in text_of(answer)
        assert "Mine" in text_of(answer)
        assert Credit.objects.filter(film=film).count() == 1


def test_a_text_over_the_limits_of_copy_is_not_compared_word_by_word(client: Client, film: Film) -> None:
    fields = opened(client, film)
    values, rows = read_in(fields)
    values["synopsis"] = ["a " * LONGEST_COPY]
    page = post(client, film, fields | claiming(values, rows) | {"synopsis": "Mine"})
    (question,) = page.context["merge"].questions
    assert not question.is_text
    assert question.conflict.mine == "Mine"


def test_more_choices_than_a_form_has_are_not_believed(client: Client) -> None:
    role = Group.objects.create(name="As it was")
    fields = opened(client, role)
    values, rows = read_in(fields)
    values["permissions"] = [str(key) for key in range(300_000)]  # More than SQLite looks for in one query.
    assert post(client, role, fields | claiming(values, rows) | {"name": "Mine"}).status_code == 200
