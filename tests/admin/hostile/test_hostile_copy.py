"""Hostile copy of the maximum length at every desk endpoint: at most a bounded multiple of the cost of prose."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reviews.desk import revisions
from reviews.models import Autosave, Judgement, Review
from reviews.seeding.factories import make_judgement, make_outlet, make_review
from reviews.text import excess_of_paste
from reviews.text.diff.merging import MOST_CHANGES
from reviews.text.limits import LARGEST_PASTE, LONGEST_COPY
from tests.admin.pages import errors_of, fields_of, signed_in, url
from tests.gate.night import in_turn
from tests.text.pasting.test_pasting_hostile import SHAPES as PASTED
from tests.text.shapes import SHAPES, at_the_limit, edited, prose, shuffled
from tests.text.test_hostile import seconds
from tests.text.test_shapes import LONGEST, TIMES_PROSE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

EVIDENCE = "the fights are clear"


class Desk:
    def __init__(self) -> None:
        make_outlet()
        self.client: Client = signed_in()
        self.review: Review = make_review()
        make_judgement(self.review, evidence=EVIDENCE)
        self.page = fields_of(self.client.get(url("change", self.review)))

    def previews(self, copy: str) -> Any:
        return self.client.post(url("typed", self.review), self.page | {"body": copy})

    def finds(self, copy: str) -> Any:
        cut = len(copy) // 3
        parts = {"before": copy[:cut], "selected": copy[cut : 2 * cut], "after": copy[2 * cut :]}
        return self.client.post(reverse("admin:reviews_review_passage"), parts)

    def keeps(self, copy: str) -> Any:
        Autosave.objects.all().delete()
        typed = {"body": copy, "_turn": "1", "pull_quote": "a"}
        return self.client.post(url("autosave", self.review), self.page | typed)

    def saves(self, copy: str) -> Any:
        Review.objects.filter(pk=self.review.pk).update(body="")
        return self.client.post(url("change", self.review), self.page | {"body": copy, "headline": ""})

    def opens(self, copy: str) -> Any:
        Review.objects.filter(pk=self.review.pk).update(body=copy)
        return self.client.get(url("change", self.review))

    def asks_to_publish(self, copy: str) -> Any:
        Review.objects.filter(pk=self.review.pk).update(body=copy)
        return self.client.get(url("publish", self.review))

    def compares(self, copy: str) -> Any:
        form = self.keeps(copy).json()["form"]
        return self.client.get(reverse("admin:reviews_review_kept", args=[form]))

    def saves_all_the_way(self, copy: str) -> Any:
        """Save a body with an argument found in it, over another body: one more revision."""
        self.writes("As it was.")
        before = self.review.revision
        typed = {"body": f"{EVIDENCE}\n\n{copy[: -len(EVIDENCE) - 2]}", "_revision": str(before)}
        response = self.client.post(url("change", self.review), self.page | typed)
        self.review.refresh_from_db()
        assert response.status_code == 302, errors_of(response)
        assert self.review.revision == before + 1
        assert Judgement.objects.get(review=self.review).evidence == EVIDENCE
        return response

    def compares_revisions(self, copy: str) -> Any:
        """To other texts of that length, and back."""
        self.writes(shuffled(copy, 1))
        self.writes(copy)
        ends = {"from": self.review.revision - 1, "to": self.review.revision}
        return self.client.get(url("compare", self.review), ends)

    def brings_together(self, copy: str, every: int = 4) -> Any:
        """Two versions of one text, both very different from it, except if only few characters differ."""
        every = min(every, len(copy))
        self.writes(copy)
        read = self.review.revision
        self.writes(edited(copy, every, 0, "Q"))
        typed = {"body": edited(copy, every, every // 2, "X"), "_revision": str(read)}
        response = self.client.post(url("change", self.review), self.page | typed)
        assert response.context["merge"].parts
        return response

    def brings_many_changes_together(self, copy: str) -> Any:
        """As many as are asked for one by one."""
        return self.brings_together(copy, 2 * LONGEST_COPY // MOST_CHANGES + 20)

    def writes(self, body: str) -> None:
        """What is saved, by other means than the form."""
        Review.objects.filter(pk=self.review.pk).update(body=body)
        revisions.settle(self.review)
        self.review.refresh_from_db()

    def pastes(self, html: str) -> Any:
        return self.client.post(reverse("admin:reviews_review_paste"), {"html": html})


COPY: dict[str, Callable[[Desk, str], Any]] = {
    "preview": Desk.previews,
    "passage": Desk.finds,
    "autosave": Desk.keeps,
    "change": Desk.saves,
    "kept": Desk.compares,
    "form": Desk.opens,
    "publish": Desk.asks_to_publish,
    "save": Desk.saves_all_the_way,
    "compare": Desk.compares_revisions,
    "merge": Desk.brings_together,
    "merge of many": Desk.brings_many_changes_together,
}


class TestAnswers:
    """Sampled endpoints with sampled shapes, short: each responds."""

    def test_every_endpoint_reads_every_shape(self) -> None:
        desk = Desk()
        for number, shape in enumerate(in_turn(in_turn([*SHAPES]))):
            for ask in in_turn([*COPY.values()])[number % 2 :: 2]:
                assert ask(desk, at_the_limit(shape, 1_000)).status_code in (200, 302), shape


@pytest.mark.nightly
class TestCopy:
    @pytest.mark.parametrize("endpoint", COPY)
    def test_costs_no_more_than_so_much_prose(self, endpoint: str) -> None:
        desk = Desk()
        shapes = {shape: at_the_limit(shape) for shape in SHAPES}
        assert not dear(partial(COPY[endpoint], desk), shapes, prose(LONGEST_COPY))


@pytest.mark.nightly
class TestPastes:
    def test_cost_no_more_than_so_much_prose(self) -> None:
        desk = Desk()
        shapes = {name: cut(shape(LARGEST_PASTE)) for name, shape in PASTED.items()}
        ordinary = "".join(f"<p>{paragraph}</p>" for paragraph in prose(LONGEST_COPY).split("\n\n"))
        assert not dear(desk.pastes, shapes, ordinary)


def cut(html: str) -> str:
    """The part of it that is read."""
    few, many = 0, min(len(html), LARGEST_PASTE)
    while few < many:
        half = (few + many + 1) // 2
        few, many = (few, half - 1) if excess_of_paste(html[:half]) else (half, many)
    return html[:few]


def dear(ask: Callable[[str], Any], shapes: dict[str, str], ordinary: str) -> dict[str, tuple[float, float]]:
    """The shapes that cost too much, in units of prose and in CPU seconds."""
    assert ask(ordinary).status_code in (200, 302)
    unit = min(seconds(lambda: ask(ordinary)) for _ in range(2))
    took = {name: seconds(partial(ask, shape)) for name, shape in shapes.items()}
    return {
        name: (round(each / unit, 1), round(each, 2))
        for name, each in took.items()
        if each > min(TIMES_PROSE * unit, LONGEST)
    }
