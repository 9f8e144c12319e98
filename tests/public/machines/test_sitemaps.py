"""The sitemap: every public address, and nothing else."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.test import Client

from reviews import clock
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Review
from reviews.public.machines import sitemaps
from reviews.seeding.factories import (
    MOMENT,
    make_credit,
    make_critic,
    make_edition,
    make_film,
    make_person,
    make_review,
)
from reviews.seeding.site import make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://127.0.0.1:8000"


def located(path: str, tag: str = "loc") -> list[str]:
    response = Client().get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    return [(element.text or "").removeprefix(SITE) for element in root.iter(f"{NAMESPACE}{tag}")]


class TestTheIndex:
    def test_an_empty_site_has_its_pages(self) -> None:
        assert located("/sitemap.xml") == ["/sitemap-pages.xml"]

    def test_a_section_is_there_once_something_in_it_is_public(self) -> None:
        review = make_review(tags=("Tag",))
        assert located("/sitemap.xml") == ["/sitemap-pages.xml"]
        publishing.publish(review)
        assert set(located("/sitemap.xml")) == {
            f"/sitemap-{section}.xml"
            for section in ("pages", "films", "critics", "reviews", "archive", "tags")
        }

    def test_long_sections_have_more_than_one_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sitemaps, "CHUNK", 10)
        make_site(25)
        files = [path for path in located("/sitemap.xml") if path.startswith("/sitemap-reviews")]
        assert [len(located(file)) for file in files] == [10, 10, 5]
        assert files[0] == "/sitemap-reviews.xml"
        found = [path for file in files for path in located(file)]
        assert set(found) == {f"/reviews/review-{number}/" for number in range(25)}

    def test_a_file_holds_a_thousand_addresses_at_most(self) -> None:
        assert sitemaps.CHUNK == 1000

    def test_a_file_is_there_when_what_it_begins_with_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sitemaps, "CHUNK", 10)
        make_site(25)
        last = [path for path in located("/sitemap.xml") if path.startswith("/sitemap-reviews")][-1]
        first, *rest = located(last)
        withdrawing.withdraw(Review.objects.get(slug=first.split("/")[2]))
        assert located(last) == rest

    def test_hidden_rows_are_not_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sitemaps, "CHUNK", 1)
        make_edition()
        before = located("/sitemap.xml")
        make_edition(at=MOMENT + dt.timedelta(days=1), tags=("Secret",))
        assert located("/sitemap.xml") == before


class TestASection:
    def test_every_page_that_it_names_answers(self) -> None:
        film = make_film(slug="film")
        make_credit(film=film, person=make_person(slug="person"))
        make_edition(film=film, critic=make_critic(slug="critic"), slug="review", tags=("Кино",))
        named = [path for file in located("/sitemap.xml") for path in located(file)]
        assert {"/", "/films/film/", "/critics/critic/", "/reviews/review/", "/people/person/"} <= set(named)
        assert "/tags/%D0%BA%D0%B8%D0%BD%D0%BE/" in named
        for path in named:
            assert Client().get(path).status_code == 200

    def test_a_review_says_when_its_edition_went_up(self) -> None:
        with clock.frozen_at(MOMENT - dt.timedelta(days=1)):
            review = make_edition(slug="review").review
        publishing.publish(review)
        assert located("/sitemap-reviews.xml", "lastmod") == ["2025-06-06T12:00:00+00:00"]

    @pytest.mark.parametrize("note", ["", "A quotation was wrong."])
    def test_what_is_withdrawn_leaves_every_file_at_once(self, note: str) -> None:
        make_edition(slug="stays", at=MOMENT - dt.timedelta(hours=2))
        files = [f"/sitemap-{section}.xml" for section in ("reviews", "films", "critics", "people", "tags")]
        before = {path: located(path) for path in ["/sitemap.xml", *files]}
        film = make_film()
        make_credit(film=film)
        gone = make_edition(slug="gone", film=film, tags=("Gone",), at=MOMENT - dt.timedelta(hours=1))
        assert all(len(located(path)) == len(before[path]) + 1 for path in files)
        withdrawing.withdraw(gone.review, note=note)
        assert {path: located(path) for path in before} == before

    def test_an_empty_one_is_empty_and_an_unknown_one_is_not_found(self) -> None:
        assert located("/sitemap-films.xml") == []
        assert Client().get("/sitemap-secrets.xml").status_code == 404

    def test_a_file_that_is_not_there_is_not_found(self) -> None:
        make_edition()
        for start in ("0", "-1", "x", "", "٣" * 32, "9" * 400, "f" * 32, "F" * 32):
            assert Client().get(f"/sitemap-reviews.xml?from={start}").status_code == 404, start
        for section in ("pages", "archive"):
            assert Client().get(f"/sitemap-{section}.xml?from={'0' * 32}").status_code == 404
