"""A long search uses its first words, in every list and autocomplete, and says so."""

import json
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.admin.parts.searching import CUT, LONGEST, MOST_WORDS, bounded
from reviews.seeding.factories import make_critic, make_film, make_outlet, make_review
from tests.admin.pages import signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LONG = {
    "a thousand words": "a " * 1_000,
    "a thousand quotations": '"a b" ' * 1_000,
    "a quotation that never ends": '"' + "a " * 1_000,
    "one long word": "a" * 4_000,
    "quotation marks": '"' * 3_001,
    "backslashes": "\\" * 3_001,
}


class TestEveryList:
    def test_answers_a_long_search_and_says_what_it_looked_for(self) -> None:
        make_outlet()
        client = signed_in("")
        searched = [model for model, noun in admin.site._registry.items() if noun.search_fields]
        assert len(searched) >= 12
        for number, model in enumerate(searched):
            path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            name, search = list(LONG.items())[number % len(LONG)]
            answer = client.get(path, {"q": search})
            assert answer.status_code == 200, (path, name)
            assert CUT in text_of(answer), (path, name)
            many = client.get(path, {"q": LONG["a thousand words"]})
            assert many.status_code == 200, path

    @pytest.mark.parametrize("search", LONG.values(), ids=[*LONG])
    def test_whatever_is_long_about_it(self, search: str) -> None:
        make_outlet()
        assert CUT in text_of(signed_in("").get("/admin/reviews/film/", {"q": search}))

    def test_says_nothing_of_a_search_of_everyday_length(self) -> None:
        make_film(title="The Cook, the Thief, His Wife and Her Lover")
        page = text_of(
            signed_in().get("/admin/reviews/film/", {"q": "the cook the thief his wife and her lover"})
        )
        assert CUT not in page
        assert "The Cook, the Thief" in page

    def test_finds_what_the_first_words_name(self) -> None:
        make_film(title="Ballerina")
        page = text_of(signed_in().get("/admin/reviews/film/", {"q": "ballerina " * 500}))
        assert "Ballerina" in page


class TestTheListOfReviews:
    @pytest.mark.parametrize(
        ("search", "found"),
        [
            ("ballerina", {"Steel", "Ashes"}),
            ("vera ballerina", {"Steel"}),
            ("VERA", {"Steel", "Glass"}),
            ("glass", {"Glass"}),
            ("/glass", set()),
            ('"vera cole"', {"Steel", "Glass"}),
            ('"cole vera"', set()),
            ("film-that-nobody-knows", set()),
        ],
    )
    def test_has_every_word_in_its_own_or_its_films_or_its_critics(
        self, search: str, found: set[str]
    ) -> None:
        film, critic = make_film(title="Ballerina"), make_critic(name="Vera Cole")
        make_review(headline="Steel", film=film, critic=critic)
        make_review(headline="Ashes", film=film, critic=make_critic(name="Ida"))
        make_review(headline="Glass", slug="glass", film=make_film(title="Ida"), critic=critic)
        answer: Any = signed_in().get("/admin/reviews/review/", {"q": search})
        assert {str(row) for row in answer.context_data["cl"].result_list} == found

    def test_reads_no_review_that_it_does_not_show(self) -> None:
        is_postgresql = connection.vendor == "postgresql"
        make_review()
        with CaptureQueriesContext(connection) as captured:
            signed_in().get("/admin/reviews/review/", {"q": "nowhere"})
        (counting,) = [query["sql"] for query in captured if "COUNT(*)" in query["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {'' if is_postgresql else 'QUERY PLAN '}{counting}")
            plan = [str(row[-1]) for row in cursor.fetchall()]
        # PostgreSQL reads rows, but keeps long text apart from them.
        assert is_postgresql or any("COVERING INDEX review_newest" in step for step in plan)


class TestEverySuggestion:
    def test_answers_a_long_search_and_says_what_it_looked_for(self) -> None:
        make_film(title="Ballerina")
        client, path = signed_in(""), reverse("admin:autocomplete")
        asked = [
            (str(model._meta.model_name), field)
            for model, noun in admin.site._registry.items()
            for field in noun.autocomplete_fields
        ]
        assert len(asked) >= 4
        for model_name, field in asked:
            question = {"app_label": "reviews", "model_name": model_name, "field_name": field}
            answer = client.get(path, question | {"term": "a " * 1_000})
            assert answer.status_code == 200, question
            first = json.loads(answer.content)["results"][0]
            assert (first["text"], first["disabled"]) == (CUT, True)
            short = json.loads(client.get(path, question | {"term": "a"}).content)["results"]
            assert CUT not in [each["text"] for each in short]


class TestBounds:
    def test_leave_an_ordinary_search_as_it_is(self) -> None:
        for search in ("", "noir", '"sun, sea and sand"', "  two   words ", " ".join("a" * MOST_WORDS)):
            assert bounded(search) == search

    def test_cut_at_words_and_at_characters(self) -> None:
        assert bounded("a " * 1_000).split() == ["a"] * MOST_WORDS
        assert len(bounded("a" * 1_000)) == LONGEST
