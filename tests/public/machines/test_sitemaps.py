"""The sitemap: every public address, and nothing else."""

import datetime as dt
import random
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.test import Client

from reviews import clock
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Edition, Review
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
        small_files(monkeypatch)
        make_site(25)
        files = [path for path in located("/sitemap.xml") if path.startswith("/sitemap-reviews")]
        assert len(files) in (2, 4, 8)
        assert files[0] == "/sitemap-reviews.xml"
        found = [path for file in files[1:] for path in located_if_any(file)] + located(files[0])
        assert sorted(found) == sorted(f"/reviews/review-{number}/" for number in range(25))

    def test_a_file_begins_at_any_uid_and_ends_where_another_begins(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An index of yesterday named other files, if the site had fewer reviews then."""
        small_files(monkeypatch)
        make_site(25)
        second = [path for path in located("/sitemap.xml") if path.startswith("/sitemap-reviews")][1]
        uids = sorted(Edition.objects.values_list("review_uid", "slug"))
        begin = UUID(second.partition("=")[2])
        before = [(uid, slug) for uid, slug in uids if uid < begin]
        start, _slug = before[1]
        assert located(f"/sitemap-reviews.xml?from={start.hex}") == [
            f"/reviews/{slug}/" for _uid, slug in before[1:]
        ]

    def test_uids_that_are_not_random_are_in_one_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        small_files(monkeypatch)
        make_site(25)
        for number, edition in enumerate(Edition.objects.order_by("pk"), 1):
            Edition.objects.filter(pk=edition.pk).update(review_uid=UUID(int=number))
        files = [path for path in located("/sitemap.xml") if path.startswith("/sitemap-reviews")]
        assert files == ["/sitemap-reviews.xml"]
        assert len(located(files[0])) == 25

    def test_a_file_is_there_when_what_it_begins_with_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        small_files(monkeypatch)
        make_site(40)
        last = [path for path in located("/sitemap.xml") if path.startswith("/sitemap-reviews")][-1]
        first, *rest = located(last)
        withdrawing.withdraw(Review.objects.get(slug=first.split("/")[2]))
        assert located(last) == rest

    def test_hidden_rows_are_not_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        small_files(monkeypatch)
        make_site(10)
        before = located("/sitemap.xml")
        for _ in range(30):
            make_edition(at=MOMENT + dt.timedelta(days=1), tags=("Secret",))
        assert located("/sitemap.xml") == before


class TestHowManyFiles:
    @pytest.mark.parametrize("rows", [2, 63, 200, 999, 5_000, 90_000])
    def test_a_file_of_random_uids_has_about_a_thousand(self, rows: int) -> None:
        chance = random.Random(rows)
        uids = sorted(UUID(int=chance.getrandbits(128)) for _ in range(rows))
        files = 2 ** sitemaps._depth(sample_of(uids))
        assert rows / files < 1.6 * sitemaps.CHUNK
        assert files == 1 or rows / files > 0.3 * sitemaps.CHUNK

    def test_of_two_uids_that_are_close_to_the_beginnings_of_their_halves_there_is_one(self) -> None:
        assert sitemaps._depth(sample_of([UUID(int=1), UUID(int=1 << 127)])) == 0


def sample_of(uids: list[UUID]) -> list[UUID]:
    halves = [[uid for uid in uids if uid.int >> 127 == half] for half in (0, 1)]
    return [uid for half in halves for uid in [*half[:1], *half[sitemaps.SAMPLE - 1 : sitemaps.SAMPLE]]]


def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "CHUNK", 10)
    monkeypatch.setattr(sitemaps, "SAMPLE", 3)


def located_if_any(path: str) -> list[str]:
    """A file may be empty by chance, where files are this small: then it is not found."""
    return located(path) if Client().get(path).status_code == 200 else []


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
