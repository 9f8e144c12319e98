"""The plan of the seeded archive, before anything is written: its numbers and names."""

import re
import unicodedata
from collections.abc import Callable

import pytest

from reviews.rules.slugs import slugify
from reviews.seeding.invented import cast, films, names, plan, prose


class TestReviewsPerFilm:
    @pytest.mark.parametrize("reviews", [*range(2, 40), 997, 20_000])
    def test_films_have_2_to_12_reviews_and_no_review_is_left_over(self, reviews: int) -> None:
        counts = plan.reviews_per_film(reviews)
        assert sum(counts) == reviews
        assert 2 <= min(counts) <= max(counts) <= 12

    def test_large_archives_have_films_of_every_size(self) -> None:
        assert set(plan.reviews_per_film(5000)) == set(range(2, 13))


class TestNames:
    @pytest.mark.parametrize(
        ("name", "how_many"),
        [
            (names.title, names.ENGLISH_TITLES),
            (names.other_title, names.OTHER_TITLES),
            (names.critic, names.CRITICS),
            (names.person, names.PEOPLE),
        ],
    )
    def test_no_two_share_an_address(self, name: Callable[[int], str], how_many: int) -> None:
        sample = range(how_many) if how_many < 5000 else range(0, how_many, 11)
        assert len({slugify(name(number)) for number in sample}) == len(sample)

    @pytest.mark.parametrize("name", [names.critic, names.person, names.other_title])
    def test_they_are_in_several_scripts(self, name: Callable[[int], str]) -> None:
        letters = "".join(name(number) for number in range(60))
        scripts = {unicodedata.name(letter).split()[0] for letter in letters if letter.isalpha()}
        assert scripts >= {"CYRILLIC", "GREEK", "ARABIC", "HEBREW", "CJK", "DEVANAGARI"}

    def test_what_waits_is_spread_over_the_alphabet(self) -> None:
        by_title = sorted(range(2000), key=plan.film_title)
        waits = "".join(" w"[films.is_under_embargo(number)] for number in by_title)
        assert max(map(len, waits.split())) <= 3
        assert waits.count("w") > 100

    def test_critics_are_persons_organisations_and_one_unknown(self) -> None:
        kinds = [cast.critic(number)["kind"] for number in range(200)]
        assert kinds.count("unknown") == 1
        assert 5 < kinds.count("organisation") < 20


class TestProse:
    def test_an_article_fits_the_word_that_was_drawn_after_it(self) -> None:
        bodies = " ".join(prose.closing(number).body for number in range(20))
        assert re.findall(r"(?i)\ba [aeiou]\w*", bodies) == []
        assert re.search(r"\ban [aeiou]", bodies)
        assert (
            prose.articled("A elegant ghost, a map and a umbrella")
            == "An elegant ghost, a map and an umbrella"
        )
