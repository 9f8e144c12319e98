"""How often a request parses a body: parsing is expensive, so its result must be shared."""

from typing import Any

import pytest
from django.urls import reverse

from reviews.models import Review
from reviews.seeding.factories import make_aspect, make_judgement, make_outlet, make_review
from reviews.text.markdown import body
from tests.admin.pages import fields_of, save, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

BODY = "The fights are *clear*. The plot is a corridor. She carries it."
EVIDENCE = ("The fights are clear.", "The plot is a corridor.", "She carries it.")


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bodies that have been parsed."""
    read, found = body.read, []

    def counted(source: str) -> Any:
        found.append(source)
        return read(source)

    monkeypatch.setattr(body, "read", counted)
    return found


@pytest.fixture
def review() -> Review:
    make_outlet()
    review = make_review(body=BODY, pull_quote=EVIDENCE[0])
    for evidence in EVIDENCE:
        make_judgement(review, aspect=make_aspect(), evidence=evidence)
    return review


class TestABodyIsRead:
    def test_once_for_a_preview(self, review: Review, readings: list[str]) -> None:
        client = signed_in()
        typed = fields_of(client.get(url("change", review))) | {"body": f"{BODY} Typed."}
        readings.clear()
        assert client.post(url("typed", review), typed).status_code == 200
        assert readings == [typed["body"]]
        readings.clear()
        assert client.get(url("preview", review)).status_code == 200
        assert readings == [BODY]

    def test_twice_for_a_save_however_many_judgements_cite_it(
        self, review: Review, readings: list[str]
    ) -> None:
        client = signed_in()
        client.get(url("change", review))
        readings.clear()
        assert save(client, review, body=f"{BODY} Typed.").status_code == 302
        assert readings.count(f"{BODY} Typed.") == 2

    def test_once_for_its_form(self, review: Review, readings: list[str]) -> None:
        assert signed_in().get(url("change", review)).status_code == 200
        assert len(readings) == 1

    def test_once_while_it_is_typed(self, review: Review, readings: list[str]) -> None:
        client = signed_in()
        typed = fields_of(client.get(url("change", review))) | {"body": f"{BODY} Typed.", "_turn": "1"}
        readings.clear()
        assert client.post(url("autosave", review), typed).status_code == 200
        assert readings == [typed["body"]]

    def test_once_for_what_publishing_would_do_and_once_for_doing_it(
        self, review: Review, readings: list[str]
    ) -> None:
        client = signed_in()
        address = reverse("admin:reviews_review_publish", args=[review.pk])
        page = fields_of(client.get(address))
        assert len(readings) == 1
        readings.clear()
        assert client.post(address, page).status_code == 302
        assert len(readings) == 1
