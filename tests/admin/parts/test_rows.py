"""Hundreds of rows in a form are cheap to show and save; too many are refused, and the page still has all."""

from typing import Any

import pytest
from django import forms
from django.db import connection
from django.forms.renderers import DjangoTemplates
from django.test import Client
from django.test.html import parse_html
from django.test.utils import CaptureQueriesContext

from reviews.admin.parts.rows import MOST_ROWS, WRITERS, OwnedFormSet, RowRenderer
from reviews.admin.review.form import JudgementFormSet
from reviews.models import Credit, Film, Judgement, Person
from reviews.seeding.factories import (
    make_aspect,
    make_credit,
    make_film,
    make_outlet,
    make_person,
    make_review,
)
from reviews.seeding.rows import Batch
from tests.admin.pages import errors_of, fields_of, save, signed_in, text_of, url
from tests.text.test_hostile import seconds
from tests.text.test_shapes import LONGEST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def client() -> Client:
    make_outlet()
    return signed_in("Publisher")


def credited(film: Film, people: list[Person]) -> None:
    batch = Batch()
    for number, person in enumerate(people):
        make_credit(into=batch, film=film, person=person, character=f"C {number}", position=number)
    batch.write()


def rows(prefix: str, *lines: dict[str, Any], saved: int = 0) -> dict[str, str]:
    """The data of new rows, after the saved ones."""
    typed = {f"{prefix}-TOTAL_FORMS": str(saved + len(lines))}
    for number, line in enumerate(lines, start=saved):
        typed |= {f"{prefix}-{number}-{name}": str(value) for name, value in line.items()}
    return typed


class TestTooMany:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(OwnedFormSet, "most", 3)
        monkeypatch.setattr(JudgementFormSet, "most", 3)

    def test_credits_are_refused_and_all_of_them_are_shown_again(self, client: Client) -> None:
        film, person = make_film(title="As saved"), make_person()
        typed = rows(
            "credits", *({"person": person.pk, "job": "actor", "character": f"C {n}"} for n in range(5))
        )
        answer: Any = save(client, film, title="As typed", **typed)
        assert errors_of(answer)["credits"] == [
            "These are 5 credits, 2 more than this form takes. Nothing is saved yet, and all of them are still below: "
            "delete 2 of them, or clear their fields, and save again."
        ]
        again = fields_of(answer)
        assert {name: again[name] for name in typed} == typed
        assert again["title"] == "As typed"
        assert Film.objects.get(pk=film.pk).title == "As saved"
        assert not Credit.objects.exists()

    def test_judgements_too(self, client: Client) -> None:
        review = make_review(body="A body that says it.")
        lines = [
            {"aspect": make_aspect().pk, "stance": "1", "evidence": "A body"},
            *({"aspect": make_aspect().pk, "stance": "", "evidence": f"Typed {n}"} for n in range(4)),
        ]
        answer: Any = save(client, review, **(typed := rows("judgements", *lines)))
        assert errors_of(answer)["judgements"][0].startswith(
            "These are 5 judgements, 2 more than this form takes."
        )
        again = fields_of(answer)
        assert {name: again[name] for name in typed} == typed
        assert not Judgement.objects.exists()

    def test_are_not_those_that_are_empty_or_deleted(self, client: Client) -> None:
        film, people = make_film(), [make_person() for _ in range(5)]
        credited(film, people[:3])
        typed = rows(
            "credits", {"person": people[3].pk, "job": "actor", "position": "0"}, {"position": "0"}, saved=3
        )
        assert save(client, film, **typed, **{"credits-0-DELETE": "on"}).status_code == 302
        assert set(film.credits.values_list("person", flat=True)) == {person.pk for person in people[1:4]}

    def test_that_are_saved_already_may_be_changed_and_become_fewer_but_not_more(
        self, client: Client
    ) -> None:
        film, people = make_film(), [make_person() for _ in range(6)]
        credited(film, people[:5])
        assert save(client, film, **{"credits-4-character": "Changed"}).status_code == 302
        more = rows("credits", {"person": people[5].pk, "job": "actor"}, saved=5)
        answer: Any = save(client, film, **more)
        assert "6 credits, 1 more than" in text_of(answer)
        assert save(client, film, **{"credits-0-DELETE": "on"}).status_code == 302
        assert film.credits.count() == 4
        assert film.credits.filter(character="Changed").exists()


class TestQueries:
    def test_are_no_more_for_many_rows(self, client: Client) -> None:
        few, many = make_film(), make_film()
        people = [make_person() for _ in range(12)]
        credited(few, people[:2])
        credited(many, people)
        assert asked(client, few) == asked(client, many)


def asked(client: Client, film: Film) -> list[int]:
    """The queries of a film's form: opened, refused, and saved without a change."""
    address, counts = url("change", film), []
    with CaptureQueriesContext(connection) as queries:
        page = fields_of(client.get(address))
    counts.append(len(queries))
    for typed, status in (({"title": ""}, 200), ({}, 302)):
        with CaptureQueriesContext(connection) as queries:
            assert client.post(address, page | typed).status_code == status
        counts.append(len(queries))
    return counts


class TestChoices:
    @pytest.mark.parametrize("key", ["0", "a", "9" * 30, "-1", "\0"])
    def test_that_do_not_exist_are_refused_at_their_row(self, client: Client, key: str) -> None:
        film = make_film()
        answer: Any = save(client, film, **rows("credits", {"person": key, "job": "actor", "position": "0"}))
        assert list(errors_of(answer)) == ["credits-0-person"]

    def test_of_a_row_of_another_film_change_nothing(self, client: Client) -> None:
        film, other, person = make_film(), make_film(), make_person()
        for each in (film, other):
            credited(each, [person])
        taken = other.credits.get().pk
        save(client, film, **{"credits-0-id": str(taken), "credits-0-character": "Taken"})
        assert not Credit.objects.filter(character="Taken").exists()


class TestWidgets:
    VALUES = ("", "a", '"><script>&amp;', "é\n\n b", None, 0, 12)
    WIDGETS = (
        forms.TextInput({"class": 'a"b', "required": True, "disabled": False, "maxlength": 3}),
        forms.HiddenInput(),
        forms.NumberInput({"min": 0}),
        forms.CheckboxInput(),
        forms.Textarea({"rows": 2}),
        forms.Select(
            choices=[("", "---"), ("a", "<A>"), ("Group & co", [("12", "B"), ('"><script>&amp;', "C")])]
        ),
    )

    @pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
    def test_are_what_djangos_templates_write(self, widget: forms.Widget) -> None:
        ours, theirs = RowRenderer(), DjangoTemplates()
        for value in self.VALUES:
            said = [
                widget.render('n"<', value, {"id": "id_n"}, renderer=renderer) for renderer in (ours, theirs)
            ]
            assert parse_html(said[0]) == parse_html(said[1]), value
            assert hasattr(said[0], "__html__")

    def test_are_tried_here_without_exception(self) -> None:
        assert set(WRITERS) == {widget.template_name for widget in self.WIDGETS}


@pytest.mark.nightly
class TestSeconds:
    MOST_SENT = 820
    """The most credits in a request of 5,000 fields."""

    def test_of_a_film_with_as_many_credits_as_its_form_takes(self, client: Client) -> None:
        film = make_film()
        credited(film, [make_person() for _ in range(MOST_ROWS)])
        address = url("change", film)
        page = fields_of(client.get(address))
        changed = page | {name: f"{page[name]} changed" for name in page if name.endswith("-character")}
        took = {
            "refused": seconds(lambda: client.post(address, changed | {"credits-0-position": "x"})),
            "saved": seconds(lambda: client.post(address, changed)),
            "merged": seconds(lambda: client.post(address, page | {"title": "Another"})),
        }
        assert not {name: each for name, each in took.items() if each > LONGEST}
        assert film.credits.filter(character__endswith="changed").count() == MOST_ROWS

    def test_of_a_film_with_as_many_as_a_request_can_hold(self, client: Client) -> None:
        film, people = make_film(), [make_person() for _ in range(self.MOST_SENT)]
        credited(film, people)
        address, other = url("change", film), url("change", make_film())
        page = fields_of(client.get(address))
        new = rows("credits", *({"person": person.pk, "job": "writer"} for person in people))
        fresh = fields_of(client.get(other)) | new
        took = {
            "opened": seconds(lambda: client.get(address)),
            "refused": seconds(lambda: client.post(address, page | {"title": ""})),
            "too many": seconds(lambda: client.post(other, fresh)),
            "saved": seconds(lambda: client.post(address, page | {"credits-0-character": "changed"})),
            "merged": seconds(lambda: client.post(address, page | {"title": "Another"})),
        }
        assert not {name: each for name, each in took.items() if each > LONGEST}
