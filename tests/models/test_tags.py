"""Tags: one vocabulary with slugs in any script, in which one word is one tag."""

import pytest

from reviews.models import Review, Tag
from reviews.seeding.factories import make_review, make_tag

pytestmark = pytest.mark.django_db


def slugs(*names: str) -> list[str]:
    """The slugs of a review's tags after typing these names."""
    review = make_review(tags=names)
    return sorted(review.tags.values_list("slug", flat=True))


class TestSlugs:
    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Кино", "кино"),
            ("🎬", "clapper-board"),
            ("C++", "c-plus-plus"),
            ("C", "c"),
            ("C#", "c-sharp"),
            ("सिनेमा", "सिनेमा"),
            ("سينما", "سينما"),
            ("映画", "映画"),
            ("Sci-Fi", "sci-fi"),
            ("Amélie’s world", "amélies-world"),
        ],
    )
    def test_a_tag_of_any_script_has_an_address_of_its_own(self, name: str, slug: str) -> None:
        assert slugs(name) == [slug]
        assert Tag.objects.get().name == name
        assert Tag.objects.get().get_absolute_url().startswith("/tags/")

    def test_c_stands_beside_c_plus_plus(self) -> None:
        assert slugs("C", "C++", "C#") == ["c", "c-plus-plus", "c-sharp"]

    @pytest.mark.parametrize(
        "names", [("Sci-Fi", "sci fi"), ("Кино", "КИНО"), ("Й", "й"), ("straße", "STRASSE")]
    )
    def test_two_spellings_are_one_tag(self, names: tuple[str, str]) -> None:
        first, second = (make_review(tags=(name,)) for name in names)
        assert Tag.objects.get().name == names[0]
        assert list(first.tags.all()) == list(second.tags.all())

    def test_two_spellings_on_one_review_are_one_tag(self) -> None:
        assert slugs("Sci-Fi", "sci fi", "SCI FI") == ["sci-fi"]

    def test_a_tag_keeps_the_name_it_was_given_first(self) -> None:
        make_tag("Science fiction")
        slugs("SCIENCE FICTION")
        assert Tag.objects.get().name == "Science fiction"

    def test_a_tag_whose_slug_was_changed_is_found_by_its_name(self) -> None:
        tag = make_tag("Slow cinema", slug="slow")
        review = make_review(tags=("Slow cinema",))
        assert review.tags.get() == tag

    def test_a_tag_with_the_slug_of_another_name_is_that_tag(self) -> None:
        tag = make_tag("Time travel", slug="time")
        assert make_review(tags=("Time",)).tags.get() == tag


class TestOnReviews:
    def test_setting_tags_takes_the_others_away(self) -> None:
        review = make_review(tags=("Drama", "Bees"))
        review.tags.set(["Bees", "Trains"])
        assert sorted(tag.name for tag in review.tags.all()) == ["Bees", "Trains"]

    def test_adding_a_tag_twice_is_adding_it_once(self) -> None:
        review = make_review(tags=("Drama",))
        review.tags.add("drama", Tag.objects.get())
        assert review.tags.count() == 1

    def test_reviews_can_be_found_by_tag(self) -> None:
        review = make_review(tags=("Кино",))
        make_review(tags=("Bees",))
        assert list(Review.objects.filter(tags__slug="кино")) == [review]

    def test_a_tag_that_nothing_names_stays_hidden(self) -> None:
        make_review(tags=("Drama",))
        assert not Tag.objects.public().exists()
