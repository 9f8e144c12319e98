"""Old addresses redirect to what is public, and are otherwise not found."""

import datetime as dt

import pytest
from django.test import Client

from reviews import clock
from reviews.audit.counting import counted
from reviews.desk import addresses
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Edition, Film, OldAddress, Review
from reviews.public.addresses import target_of
from reviews.seeding.factories import (
    MOMENT,
    make_credit,
    make_critic,
    make_edition,
    make_film,
    make_franchise,
    make_person,
    make_review,
    make_tag,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)


def renamed(old: str, new: str) -> Edition:
    with clock.frozen_at(MOMENT - DAY):
        review = make_edition(slug=old).review
    Review.objects.filter(pk=review.pk).update(slug=new)
    return publishing.publish(review)


class TestAReviewThatWasRenamed:
    def test_redirects_from_its_old_address_permanently(self) -> None:
        renamed("old", "new")
        response = Client().get("/reviews/old/")
        assert response.status_code == 301
        assert response.headers["Location"] == "/reviews/new/"

    def test_redirects_in_any_script(self) -> None:
        renamed("кино", "театр")
        response = Client().get("/reviews/кино/")
        assert response.status_code == 301
        assert Client().get(response.headers["Location"]).status_code == 200

    def test_does_not_redirect_once_withdrawn(self) -> None:
        withdrawing.withdraw(renamed("old", "new").review)
        assert Client().get("/reviews/old/").content == Client().get("/reviews/never/").content
        assert Client().get("/reviews/old/").status_code == 404

    def test_takes_as_many_queries_once_withdrawn_as_an_unknown_address(self) -> None:
        review = renamed("old", "new").review
        withdrawing.withdraw(review)
        OldAddress.objects.create(path="/films/odd/", kind="review", target_uid=review.uid)
        OldAddress.objects.create(path="/films/former/", kind="film", target_uid=review.film.uid)
        for old, never in (
            ("/reviews/old/", "/reviews/never/"),
            ("/reviews/new/", "/reviews/never/"),
            ("/films/odd/", "/films/never/"),
            ("/films/odd/feed.xml", "/films/never/feed.xml"),
            ("/films/former/", "/films/never/"),
            ("/films/former/feed.xml", "/films/never/feed.xml"),
            ("/films/former/side-by-side/", "/films/never/side-by-side/"),
            ("/side-by-side/old/new/", "/side-by-side/never/none/"),
        ):
            with counted() as one:
                assert Client().get(old).status_code == 404
            with counted() as other:
                assert Client().get(never).status_code == 404
            assert (one.queries, one.rows) == (other.queries, other.rows), old

    def test_keeps_its_address_until_the_new_one_takes_over(self) -> None:
        with clock.frozen_at(MOMENT - DAY):
            review = make_edition(slug="old").review
        Review.objects.filter(pk=review.pk).update(slug="new")
        publishing.publish(review, at=MOMENT + DAY)
        assert Client().get("/reviews/old/").status_code == 200
        assert Client().get("/reviews/new/").status_code == 404
        with clock.frozen_at(MOMENT + DAY):
            assert Client().get("/reviews/old/").status_code == 301


ROOMS = [
    ("film", "films", True),
    ("critic", "critics", True),
    ("person", "people", False),
    ("tag", "tags", True),
    ("franchise", "franchises", False),
]
"""Every kind except reviews, with the beginning of its addresses and whether it has a feed."""


class TestEveryKind:
    def test_has_a_case_here(self) -> None:
        assert {"review", *(kind for kind, _room, _has_feed in ROOMS)} == set(OldAddress.Kind.values)

    def test_an_unknown_kind_has_no_target(self) -> None:
        film = make_edition().film
        for kind in ("", "embargo", "Film", "outlet", "edition"):
            assert target_of(kind, film.get_absolute_url()) is None

    @pytest.mark.parametrize(("kind", "room", "has_feed"), ROOMS)
    def test_redirects_while_it_is_public(self, kind: str, room: str, has_feed: bool) -> None:
        franchise = make_franchise(name="New", slug="new")
        nouns = {
            "franchise": franchise,
            "film": make_film(slug="new", franchise=franchise),
            "critic": make_critic(slug="new"),
            "person": make_person(slug="new"),
            "tag": make_tag("New", slug="new"),
        }
        OldAddress.objects.create(path=f"/{room}/old/", kind=kind, target_uid=nouns[kind].uid)
        assert Client().get(f"/{room}/old/").status_code == 404
        make_credit(film=nouns["film"], person=nouns["person"])
        review = make_review(film=nouns["film"], critic=nouns["critic"], tags=("New",))
        assert Client().get(f"/{room}/old/").status_code == 404
        publishing.publish(review)
        assert Client().get(f"/{room}/old/").headers["Location"] == f"/{room}/new/"
        if has_feed:
            assert Client().get(f"/{room}/old/feed.xml").headers["Location"] == f"/{room}/new/feed.xml"

    def test_a_feed_redirects_to_a_feed_of_its_own_kind_only(self) -> None:
        edition = make_edition(slug="review")
        OldAddress.objects.create(path="/films/old/", kind="review", target_uid=edition.review_uid)
        assert Client().get("/films/old/").headers["Location"] == "/reviews/review/"
        assert Client().get("/films/old/feed.xml").status_code == 404


def rename(film: Film, slug: str) -> None:
    """Change a film's address as the desk's form does."""
    old, film.slug = film.slug, slug
    film.save()
    addresses.keep(film, old)


def answer(path: str) -> tuple[int, dict[str, str], bytes]:
    response = Client().get(path)
    own = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, own, response.content


class TestAChainOfAddresses:
    def test_each_redirects_directly_to_the_current_one(self) -> None:
        film = make_film(slug="a")
        make_edition(film=film)
        for slug in ("b", "c"):
            rename(film, slug)
        for old in ("a", "b"):
            assert Client().get(f"/films/{old}/").headers["Location"] == "/films/c/"

    def test_each_of_a_review_redirects_directly_too(self) -> None:
        with clock.frozen_at(MOMENT - 2 * DAY):
            review = make_edition(slug="a").review
        for days, slug in ((1, "b"), (0, "c")):
            Review.objects.filter(pk=review.pk).update(slug=slug)
            with clock.frozen_at(MOMENT - days * DAY):
                publishing.publish(Review.objects.get(pk=review.pk))
        for old in ("a", "b"):
            assert Client().get(f"/reviews/{old}/").headers["Location"] == "/reviews/c/"

    def test_a_circle_does_not_loop(self) -> None:
        film = make_film(slug="a")
        make_edition(film=film)
        for slug in ("b", "a"):
            rename(film, slug)
        assert Client().get("/films/a/").status_code == 200
        assert Client().get("/films/b/").headers["Location"] == "/films/a/"

    def test_a_circle_of_a_review_does_not_loop(self) -> None:
        with clock.frozen_at(MOMENT - 2 * DAY):
            review = make_edition(slug="a").review
        for days, slug in ((1, "b"), (0, "a")):
            Review.objects.filter(pk=review.pk).update(slug=slug)
            with clock.frozen_at(MOMENT - days * DAY):
                publishing.publish(Review.objects.get(pk=review.pk))
        assert Client().get("/reviews/a/").status_code == 200
        assert Client().get("/reviews/b/").headers["Location"] == "/reviews/a/"


class TestANewNounAtAnOldAddress:
    def two(self) -> tuple[Film, Film]:
        """A public film that was at /films/a/ before, and another one that is there now."""
        first = make_film(slug="a", title="First")
        make_edition(film=first)
        rename(first, "first")
        return first, make_film(slug="a", title="Second")

    def test_takes_the_address_only_once_it_is_public(self) -> None:
        _, second = self.two()
        assert Client().get("/films/a/").headers["Location"] == "/films/first/"
        make_edition(film=second)
        assert "Second" in Client().get("/films/a/").content.decode()

    def test_keeps_the_address_when_it_moves_again(self) -> None:
        _, second = self.two()
        make_edition(film=second)
        rename(second, "second")
        assert Client().get("/films/a/").headers["Location"] == "/films/second/"

    def test_takes_no_address_if_it_was_never_public(self) -> None:
        _, second = self.two()
        rename(second, "second")
        make_edition(film=second)
        assert Client().get("/films/a/").headers["Location"] == "/films/first/"


class TestNoAddressRevealsAnythingHidden:
    def test_a_film_that_was_never_public_keeps_no_old_address(self) -> None:
        film = make_film(slug="secret")
        publishing.publish(make_review(film=film), at=MOMENT + DAY)
        rename(film, "plain")
        assert not OldAddress.objects.exists()
        with clock.frozen_at(MOMENT + DAY):
            assert Client().get("/films/plain/").status_code == 200
            assert answer("/films/secret/") == answer("/films/never/")

    def test_the_old_address_of_a_hidden_film_answers_like_an_unknown_one(self) -> None:
        film = make_film(slug="old")
        review = make_edition(film=film, at=MOMENT - DAY).review
        rename(film, "new")
        withdrawing.withdraw(review)
        assert answer("/films/never/")[0] == 404
        assert answer("/films/old/") == answer("/films/new/") == answer("/films/never/")
        assert answer("/films/old/feed.xml") == answer("/films/never/feed.xml")

    def test_a_hidden_film_keeps_the_old_addresses_that_were_public(self) -> None:
        film = make_film(slug="old")
        review = make_edition(film=film, at=MOMENT - DAY).review
        withdrawing.withdraw(review)
        rename(film, "new")
        withdrawing.reinstate(review)
        assert Client().get("/films/old/").headers["Location"] == "/films/new/"

    def test_a_withdrawn_review_answers_at_its_old_address_as_at_its_own(self) -> None:
        review = renamed("old", "new").review
        with clock.frozen_at(MOMENT + DAY):
            withdrawing.withdraw(review)
            assert answer("/reviews/old/") == answer("/reviews/never/")
            withdrawing.explain(review, "A quotation was wrong.")
            assert answer("/reviews/old/")[0] == 410
            assert answer("/reviews/old/") == answer("/reviews/new/")
