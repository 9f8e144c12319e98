"""A review's judgements and tags in its form."""

from typing import Any

import pytest

from reviews.admin.review.form import ALREADY_JUDGED
from reviews.models import Judgement, Tag
from reviews.seeding.factories import (
    make_aspect,
    make_film,
    make_judgement,
    make_review,
)
from tests.admin.pages import errors_of, fields_of, save, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestJudgements:
    def save(self, *rows: dict[str, Any], **typed: Any) -> Any:
        """Save a review with new rows of judgements."""
        review = make_review()
        posted: dict[str, Any] = {"judgements-TOTAL_FORMS": str(len(rows)), **typed}
        for number, row in enumerate(rows):
            fields = {"stance": "1", "evidence": "The camera waits.", "review": str(review.pk), "id": ""}
            posted |= {f"judgements-{number}-{name}": value for name, value in (fields | row).items()}
        return save(signed_in(), review, **posted)

    def test_evidence_stands_in_the_body(self) -> None:
        response = self.save({"aspect": str(make_aspect().pk), "evidence": "She dances."})
        assert errors_of(response) == {
            "judgements-0-evidence": ["This does not stand in the body: copy the passage as it stands there."]
        }

    def test_evidence_is_looked_for_in_the_body_as_it_is_typed_now(self) -> None:
        response = self.save(
            {"aspect": str(make_aspect().pk), "evidence": "She *dances*."}, body="She *dances*."
        )
        assert response.status_code == 200
        assert list(errors_of(response)) == ["judgements-0-evidence"]
        response = self.save(
            {"aspect": str(make_aspect().pk), "evidence": "She dances."}, body="She *dances*."
        )
        assert response.status_code == 302, errors_of(response)

    def test_an_aspect_of_another_film_is_refused(self) -> None:
        response = self.save({"aspect": str(make_aspect(film=make_film()).pk)})
        assert "belongs to another film" in errors_of(response)["judgements-0-aspect"][0]

    def test_an_aspect_of_this_film_is_accepted(self) -> None:
        film = make_film()
        aspect = make_aspect(film=film)
        response = self.save({"aspect": str(aspect.pk)}, film=str(film.pk))
        assert response.status_code == 302, errors_of(response)

    def test_an_aspect_is_judged_once(self) -> None:
        aspect = str(make_aspect().pk)
        response = self.save({"aspect": aspect}, {"aspect": aspect})
        assert errors_of(response) == {
            "judgements-1-aspect": ["This review judges that aspect twice: keep one of the two."]
        }

    def test_two_can_change_places(self) -> None:
        review = make_review()
        first, second = make_judgement(review), make_judgement(review)
        response = save(
            signed_in(),
            review,
            **{"judgements-0-DELETE": "on", "judgements-1-aspect": str(first.aspect_id)},
        )
        assert response.status_code == 302
        assert Judgement.objects.get().pk == second.pk

    def test_one_whose_turn_comes_first_waits_for_the_other_to_give_way(self) -> None:
        review = make_review()
        first, second = make_judgement(review), make_judgement(review)
        for given_up in ({"judgements-1-DELETE": "on"}, {"judgements-1-aspect": str(first.aspect_id)}):
            response = save(signed_in(), review, **{"judgements-0-aspect": str(second.aspect_id)}, **given_up)
            assert errors_of(response) == {"judgements-0-aspect": [ALREADY_JUDGED]}
        assert Judgement.objects.count() == 2

    def test_one_that_somebody_added_since_is_not_added_twice(self) -> None:
        review, client = make_review(), signed_in()
        before = fields_of(client.get(url("change", review)))
        row = make_judgement(review)
        added = {"id": "", "review": str(review.pk), "aspect": str(row.aspect_id), "stance": "-1"}
        posted = before | {f"judgements-0-{name}": value for name, value in added.items()}
        posted |= {"judgements-TOTAL_FORMS": "1", "judgements-0-evidence": "The camera waits."}
        response = client.post(url("change", review), posted)
        assert errors_of(response) == {"judgements-0-aspect": [ALREADY_JUDGED]}
        assert Judgement.objects.get().stance == row.stance

    def test_a_broken_form_beside_them_is_no_trouble(self) -> None:
        response = self.save({"aspect": str(make_aspect().pk)}, film="", body="")
        assert "film" in errors_of(response)


class TestTags:
    def tagged(self, typed: str) -> list[str]:
        review = make_review()
        response = save(signed_in(), review, tags=typed)
        assert response.status_code == 302, errors_of(response)
        assert save(signed_in(), review).status_code == 302
        return sorted(review.tags.names())

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ("Кино, 🎬, C++, C", ["C", "C++", "Кино", "🎬"]),
            ("road movie", ["road movie"]),
            ('"sun, sea and sand", 12" single', ['12" single', "sun, sea and sand"]),
            ("Sci-Fi, sci fi", ["Sci-Fi"]),
            (" , ,", []),
        ],
    )
    def test_survive_any_script_and_a_second_saving(self, typed: str, names: list[str]) -> None:
        assert self.tagged(typed) == names

    def test_one_whose_address_was_changed_is_still_found(self) -> None:
        review = make_review(tags=("Sci-Fi",))
        Tag.objects.update(slug="science-fiction")
        assert save(signed_in(), review).status_code == 302
        assert list(Tag.objects.values_list("slug", flat=True)) == ["science-fiction"]
