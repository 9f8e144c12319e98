"""The address of a pair: one for both orders, and none if either review is not public."""

import pytest
from django.test import Client

from reviews import clock
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Film, OldAddress, Review
from reviews.seeding.factories import MOMENT, make_film, make_review
from tests.public.pages.pairs import DAY, answer, leads, publish
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestTheAddressOfAPair:
    @pytest.fixture
    def film(self) -> Film:
        film = make_film()
        for slug in ("a", "b", "c"):
            publish(slug, film)
        return film

    def test_is_the_same_for_both_orders(self, film: Film) -> None:
        assert Client().get("/side-by-side/a/b/").status_code == 200
        assert leads("/side-by-side/b/a/") == (301, "/side-by-side/a/b/")

    def test_ignores_any_query_that_a_visitor_adds(self, film: Film) -> None:
        assert answer("/side-by-side/a/b/?one=c&order=outlet") == answer("/side-by-side/a/b/")
        assert leads("/side-by-side/b/a/?x=1") == (301, "/side-by-side/a/b/")
        assert read("/side-by-side/a/b/?one=c").hrefs("canonical") == [
            "http://127.0.0.1:8000/side-by-side/a/b/"
        ]

    def test_needs_two_different_reviews(self, film: Film) -> None:
        assert answer("/side-by-side/a/a/") == answer("/side-by-side/never/was/")
        assert answer("/side-by-side/a/a/")[0] == 404

    def test_needs_two_reviews_of_one_film(self, film: Film) -> None:
        publish("elsewhere", make_film())
        assert answer("/side-by-side/a/elsewhere/") == answer("/side-by-side/never/was/")

    def test_works_in_any_script(self, film: Film) -> None:
        publish("кино", film)
        status, address = leads("/side-by-side/кино/a/")
        assert (status, Client().get(address).status_code) == (301, 200)

    @pytest.mark.parametrize("name", ["never", "draft", "later", "withdrawn", "explained", "over"])
    def test_is_not_found_if_one_of_the_two_is_not_public(self, film: Film, name: str) -> None:
        make_review(film=film, slug="draft")
        publishing.publish(make_review(film=film, slug="later"), at=MOMENT + DAY)
        withdrawing.withdraw(publish("withdrawn", film))
        withdrawing.withdraw(publish("explained", film, at=MOMENT - DAY), note="A quotation was wrong.")
        publish("over", film, at=MOMENT - DAY, rights_until=MOMENT)
        for path in (f"/side-by-side/a/{name}/", f"/side-by-side/{name}/a/"):
            assert answer(path) == answer("/side-by-side/never/was/")
            assert answer(path)[0] == 404


class TestAReviewThatMoved:
    def moved(self, film: Film, *slugs: str) -> Review:
        days = len(slugs)
        with clock.frozen_at(MOMENT - days * DAY):
            review = publish(slugs[0], film, at=MOMENT - days * DAY)
        for n, slug in enumerate(slugs[1:], 1):
            Review.objects.filter(pk=review.pk).update(slug=slug)
            with clock.frozen_at(MOMENT - (days - n) * DAY):
                publishing.publish(Review.objects.get(pk=review.pk))
        return review

    def test_redirects_in_one_step_from_each_old_slug_in_either_order(self) -> None:
        film = make_film()
        publish("m", film)
        self.moved(film, "a", "b", "z")
        for old in ("a", "b"):
            for path in (f"/side-by-side/{old}/m/", f"/side-by-side/m/{old}/"):
                assert leads(path) == (301, "/side-by-side/m/z/")
        assert leads("/side-by-side/z/m/") == (301, "/side-by-side/m/z/")

    def test_redirects_if_both_reviews_moved(self) -> None:
        film = make_film()
        self.moved(film, "a", "y")
        self.moved(film, "b", "x")
        assert leads("/side-by-side/a/b/") == (301, "/side-by-side/x/y/")

    def test_makes_no_pair_with_itself(self) -> None:
        self.moved(make_film(), "a", "b")
        assert Client().get("/side-by-side/a/b/").status_code == 404

    def test_is_not_found_once_it_is_withdrawn(self) -> None:
        film = make_film()
        publish("m", film)
        withdrawing.withdraw(self.moved(film, "a", "z"))
        assert answer("/side-by-side/a/m/") == answer("/side-by-side/never/m/")
        assert answer("/side-by-side/a/m/")[0] == 404

    def test_loses_its_old_slug_to_a_review_that_has_it_now(self) -> None:
        film = make_film()
        publish("a", film, headline="Here now")
        publish("m", film)
        moved = publish("z", film)
        OldAddress.objects.create(path="/reviews/a/", kind="review", target_uid=moved.uid)
        assert "Here now" in read("/side-by-side/a/m/").text

    def test_is_not_found_if_the_old_address_was_of_another_kind(self) -> None:
        film = make_film()
        publish("m", film)
        other = publish("z", film)
        OldAddress.objects.create(path="/reviews/a/", kind="film", target_uid=other.uid)
        assert Client().get("/side-by-side/a/m/").status_code == 404
