"""Related tags: only from public reviews, the most shared first."""

import datetime as dt

import pytest

from reviews.desk.verbs import publishing, withdrawing
from reviews.public.reading.related_tags import RELATED_TAGS
from reviews.seeding.factories import MOMENT, make_edition, make_review
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)


def beside(slug: str) -> list[str]:
    return read(f"/tags/{slug}/").texts(".//nav[@class='related-tags']//li")


class TestRelatedTags:
    def test_the_most_shared_come_first_and_equals_by_name(self) -> None:
        make_edition(tags=("Noir", "Paris", "Revenge", "Dogs"))
        make_edition(tags=("Noir", "Paris"))
        make_edition(tags=("Paris", "Cats"))
        assert beside("noir") == [
            "Paris 2 on 2 reviews with it",
            "Dogs 1 on 1 review with it",
            "Revenge 1 on 1 review with it",
        ]
        assert "/tags/paris/" in read("/tags/noir/").hrefs()

    def test_hidden_reviews_do_not_relate_tags(self) -> None:
        review = make_edition(tags=("Noir",)).review
        make_edition(tags=("Paris",))
        before = read("/tags/noir/").html
        make_review(tags=("Noir", "Paris"))
        make_edition(tags=("Noir", "Paris"), at=MOMENT + DAY)
        withdrawing.withdraw(make_edition(tags=("Noir", "Paris"), at=MOMENT - DAY).review)
        review.tags.add("Paris")
        publishing.publish(review, at=MOMENT + DAY, note=publishing.Note("fact", "A tag."))
        assert read("/tags/noir/").html == before
        assert beside("noir") == beside("paris") == []

    def test_a_corrected_review_counts_once(self) -> None:
        review = make_edition(tags=("Noir", "Paris", "Dogs"), at=MOMENT - DAY).review
        review.tags.remove("Dogs")
        publishing.publish(review, note=publishing.Note("fact", "No dog is in it."))
        assert beside("noir") == ["Paris 1 on 1 review with it"]

    def test_alone_it_says_nothing_of_others(self) -> None:
        make_edition(tags=("Noir",))
        assert read("/tags/noir/").all(".//nav[@class='related-tags']") == []

    def test_a_dozen_are_enough(self) -> None:
        make_edition(tags=("Noir", *(f"Tag {n:02}" for n in range(20))))
        found = beside("noir")
        assert len(found) == RELATED_TAGS == 12
        assert found[-1].startswith("Tag 11")
