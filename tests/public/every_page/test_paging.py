"""Keyset pagination: stable addresses, and no row left out or shown twice."""

import datetime as dt
import re
from uuid import UUID

import pytest

from reviews import clock
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Edition
from reviews.seeding.factories import MOMENT, make_critic, make_edition, make_film
from reviews.seeding.site import make_site
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

UID = "0" * 32


def following(page: Document, path: str) -> str | None:
    """The target of the page's link to the next one."""
    links = [link.get("href", "") for link in page.all(".//a[@rel='next']")]
    return (path + links[0].removeprefix(path)) if links else None


def walk(path: str, heading: str) -> list[str]:
    """The headings of every page of a list, in order."""
    found: list[str] = []
    here: str | None = path
    while here:
        page = read(here)
        found += page.texts(heading)
        here = following(page, path)
    return found


class TestEverythingIsListedOnce:
    def test_reviews_even_where_moments_are_the_same(self) -> None:
        make_site(45)
        Edition.objects.filter(slug__in=[f"review-{n}" for n in range(10, 40)]).update(
            visible_from=MOMENT - dt.timedelta(hours=50), first_visible_from=MOMENT - dt.timedelta(hours=50)
        )
        found = walk("/reviews/", ".//h3")
        assert len(found) == 45
        assert len(set(found)) == 45

    def test_films_even_where_titles_are_the_same(self) -> None:
        critic = make_critic()
        for _ in range(42):
            make_edition(film=make_film(title="Ballerina", release_year=None), critic=critic)
        make_edition(film=make_film(title="Élan vital", release_year=None), critic=critic)
        found = walk("/films/", ".//h3")
        assert found == ["Ballerina"] * 42 + ["Élan vital"]
        assert len(set(walk_links("/films/"))) == 43

    def test_people_of_many_scripts(self) -> None:
        make_site(120)
        found = walk("/people/", ".//main//ul[@class='name-list']/li")
        assert len(found) == len(set(found)) == 26

    def test_tags(self) -> None:
        make_edition(tags=tuple(f"Tag {n:03}" for n in range(130)))
        assert walk("/tags/", ".//main//ul[@class='name-list']/li") == [f"Tag {n:03}" for n in range(130)]


def walk_links(path: str) -> list[str]:
    found: list[str] = []
    here: str | None = path
    while here:
        page = read(here)
        found += [href for href in page.hrefs() if re.fullmatch(r"/films/film-\d+/", href)]
        here = following(page, path)
    return found


class TestAnAddressIsStable:
    def test_newer_reviews_change_nothing_on_an_older_page(self) -> None:
        make_site(30)
        second = following(read("/reviews/"), "/reviews/")
        assert second is not None
        before = read(second).texts(".//h3")
        for _ in range(3):
            make_edition()
        assert read(second).texts(".//h3") == before

    def test_it_works_after_the_row_it_names_is_deleted(self) -> None:
        make_site(30)
        second = following(read("/reviews/"), "/reviews/")
        assert second is not None
        before = read(second).texts(".//h3")
        withdrawing.withdraw(Edition.objects.get(slug="review-19").review)
        assert read(second).texts(".//h3") == before

    def test_a_correction_moves_no_review(self) -> None:
        make_site(30)
        second = following(read("/reviews/"), "/reviews/")
        assert second is not None
        before = read(second).texts(".//h3")
        review = Edition.objects.get(slug="review-25").review
        review.body += " The fights are clear."
        review.save()
        with clock.frozen_at(MOMENT + dt.timedelta(hours=1)):
            publishing.publish(review)
            assert read(second).texts(".//h3") == before

    def test_it_holds_no_primary_key(self) -> None:
        make_site(30)
        second = following(read("/reviews/"), "/reviews/")
        edition = Edition.objects.get(slug="review-19")
        assert second == f"/reviews/?before=20250605T160000000000Z-{edition.review_uid.hex}"

    def test_it_is_canonical_without_what_a_visitor_added(self) -> None:
        make_site(30)
        second = following(read("/reviews/"), "/reviews/")
        assert read(f"{second}&utm_source=x").hrefs("canonical") == [f"http://127.0.0.1:8000{second}"]


class TestOtherAddresses:
    @pytest.mark.parametrize(
        "query",
        [
            "before=",
            "before=2",
            "before=20250605",
            f"before=20251305T160000000000Z-{UID}",
            f"before=20250605T160000000000Z-{UID}0",
            f"before=٢0250605T160000000000Z-{UID}",
            f"before=20250605T160000000000Z-{UID}%00",
            "before=%FF",
        ],
    )
    def test_an_invalid_cursor_is_not_found(self, query: str) -> None:
        make_edition(
            slug="review", film=make_film(slug="film"), critic=make_critic(slug="critic"), tags=("T",)
        )
        for path in ("/reviews/", "/films/film/", "/critics/critic/", "/tags/t/", "/corrections/"):
            read(f"{path}?{query}", status=404)

    @pytest.mark.parametrize("query", ["after=", "after=the", f"after={UID}", f"after={'g' * 32}-a"])
    def test_an_invalid_cursor_of_an_alphabetical_list_is_not_found(self, query: str) -> None:
        for path in ("/films/", "/critics/", "/people/", "/tags/"):
            read(f"{path}?{query}", status=404)

    def test_a_page_past_the_end_links_back(self) -> None:
        make_edition()
        for path in ("/reviews/", "/corrections/"):
            page = read(f"{path}?before=00010101T000000000000Z-{UID}")
            assert "The list ends before this page." in page.text
            assert path in page.hrefs()
        for path in ("/films/", "/critics/", "/people/", "/tags/"):
            page = read(f"{path}?after={UID}-zzzz%00")
            assert "The list ends before this page." in page.text
            assert path in page.hrefs()

    def test_a_cursor_preserves_a_key_in_any_script(self) -> None:
        for n in range(25):
            make_edition(film=make_film(title=f"Кино & «{n:02}» + 100% 🎬", release_year=None))
        assert len(walk("/films/", ".//h3")) == 25


def test_the_uid_decides_within_one_moment() -> None:
    for n in (3, 1, 2):
        edition = make_edition(headline=f"Uid {n}")
        Edition.objects.filter(pk=edition.pk).update(review_uid=UUID(int=n))
    assert read("/reviews/").texts(".//h3") == ["Uid 1", "Uid 2", "Uid 3"]
    page = read(f"/reviews/?before={MOMENT:%Y%m%dT%H%M%S%fZ}-{UUID(int=1).hex}")
    assert page.texts(".//h3") == ["Uid 2", "Uid 3"]
