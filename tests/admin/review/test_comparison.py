"""Publishing changes to a live review: the page shows them word by word, and asks for a correction."""

from typing import Any

import pytest

from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Correction, Edition, Review
from reviews.rules.argument import Verdict
from reviews.seeding.factories import BODY, MOMENT, make_edition, make_outlet, make_review
from tests.admin.pages import confirm, fields_of, signed_in, text_of, url
from tests.desk.reading import DAY, change
from tests.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]


@pytest.fixture
def outlet() -> Any:
    return make_outlet()


@pytest.fixture
def review() -> Review:
    """A review that has been public since yesterday."""
    return make_edition(at=MOMENT - DAY, verdict=Verdict.POSITIVE, rating="3.5/5").review


def page_of(review: Review) -> Document:
    return Document(signed_in().get(url("publish", review)).content.decode())


class TestBeforeAndAfter:
    def test_words_that_go_are_struck_out_and_words_that_come_are_underlined(self, review: Review) -> None:
        change(review, body=BODY.replace("*fights*", "brawls"))
        page = page_of(review)
        assert page.texts(".//del") == ["(goes: fights)"]
        assert page.texts(".//ins") == ["(comes: brawls)"]
        assert page.texts(".//section[@class='desk-comparison__field']/h3") == ["Body"]

    def test_each_field_that_differs_has_its_heading(self, review: Review) -> None:
        change(review, headline="New", verdict=Verdict.MIXED, slug="new")
        review.tags.set(["Paris"])
        page = page_of(review)
        assert page.texts(".//h3") == ["Headline", "Verdict", "Slug", "Tags"]
        assert "(goes: positive) (comes: mixed)" in page.text
        assert "An address that readers had leads on to the new one." in page.text

    def test_long_stretches_that_stay_are_folded(self, review: Review) -> None:
        long = "\n\n".join(f"Paragraph {number} stays as it is." for number in range(9))
        published = make_edition(at=MOMENT - DAY, body=long).review
        change(published, body=f"{long}\n\nAnd one is new.")
        page = page_of(published)
        assert page.texts(".//details[@class='desk-comparison__fold']/summary") == [
            "8 paragraphs stay the same"
        ]
        assert "New: A paragraph (comes: And one is new.)" in page.text

    def test_what_changes_beside_the_words_is_said(self) -> None:
        review = make_edition(at=MOMENT - DAY, body="See [the trailer](https://a.example/).").review
        change(review, body="See [the trailer](https://b.example/).")
        said = "“the trailer” leads to https://b.example/, no longer to https://a.example/."
        assert said in page_of(review).text

    @pytest.mark.parametrize(
        ("before", "after", "name"),
        [("a b", "a c", ""), ("- a b", "- a c", "A list item"), ("a", "b", "Gone: A paragraph")],
    )
    def test_a_block_is_named_where_its_words_do_not_say_what_it_is(
        self, before: str, after: str, name: str
    ) -> None:
        review = make_edition(at=MOMENT - DAY, body=before).review
        change(review, body=after)
        names = page_of(review).texts(".//p[@class='desk-comparison__name']")
        assert (names or [""])[0] == name

    def test_words_of_the_copy_are_no_markup(self, review: Review) -> None:
        change(review, headline="<b>New</b>")
        assert "(comes: <b>New</b>)" in page_of(review).text

    def test_a_review_that_nobody_has_seen_has_no_comparison(self) -> None:
        assert not page_of(make_review()).texts(".//ins")

    def test_one_that_comes_back_corrected_has(self, review: Review) -> None:
        withdrawing.withdraw(review)
        change(review, headline="New")
        assert page_of(review).texts(".//h3") == ["Headline"]


class TestWhatReadersAreTold:
    def choices(self, review: Review) -> list[tuple[str, bool]]:
        """The choices, and whether each is selected."""
        radios = page_of(review).all(".//input[@type='radio']")
        return [(radio.get("value", ""), radio.get("checked") is not None) for radio in radios]

    def test_nothing_is_owed_where_nothing_differs(self, review: Review) -> None:
        assert self.choices(review)[0] == ("", True)
        assert confirm(signed_in(), review, "publish").status_code == 302

    @pytest.mark.parametrize(
        ("changes", "kinds"),
        [
            ({"verdict": Verdict.MIXED}, [("verdict", True)]),
            ({"rating": "4/5"}, [("rating", True)]),
            ({"verdict": None, "rating": ""}, [("verdict", True), ("rating", False)]),
        ],
    )
    def test_a_changed_verdict_or_rating_needs_a_note_of_its_kind(
        self, review: Review, changes: dict[str, Any], kinds: list[tuple[str, bool]]
    ) -> None:
        change(review, **changes)
        assert self.choices(review) == kinds
        named = " and another ".join(kind for kind, _ in kinds)
        assert f"Readers have seen another {named}, so they are told." in page_of(review).text
        assert "Say to readers what was wrong" in text_of(confirm(signed_in(), review, "publish"))
        assert Edition.objects.count() == 1
        assert confirm(signed_in(), review, "publish", note="We read it again.").status_code == 302
        assert Correction.objects.public().get().kind == kinds[0][0]

    @pytest.mark.parametrize("kind", ["nothing-wrong", "fact", ""])
    def test_nothing_gets_round_that_note(self, review: Review, kind: str) -> None:
        change(review, verdict=Verdict.MIXED)
        confirm(
            signed_in(), review, "publish", kind=kind, note="" if kind == "nothing-wrong" else "Something."
        )
        assert Edition.objects.count() == 1

    def test_whatever_else_they_read_asks_for_an_answer_that_is_not_chosen_for_anybody(
        self, review: Review
    ) -> None:
        change(review, headline="New")
        assert self.choices(review) == [("fact", False), ("clarification", False), ("nothing-wrong", False)]
        said = text_of(confirm(signed_in(), review, "publish"))
        assert "Say whether anything was wrong that readers have read." in said
        assert Edition.objects.count() == 1

    def test_that_nothing_was_wrong_can_be_said_on_purpose(self, review: Review) -> None:
        change(review, headline="New")
        assert confirm(signed_in(), review, "publish", kind="nothing-wrong").status_code == 302
        assert Edition.objects.public().get().headline == "New"
        assert not Correction.objects.exists()

    def test_but_not_with_a_note(self, review: Review) -> None:
        change(review, headline="New")
        response = confirm(signed_in(), review, "publish", kind="nothing-wrong", note="It was 1985.")
        assert "Clear the note, or choose what kind of correction it is." in text_of(response)
        assert Edition.objects.count() == 1

    def test_the_note_is_public_with_its_edition(self, review: Review) -> None:
        change(review, headline="New")
        confirm(signed_in(), review, "publish", kind="fact", note="It was 1985, not 1986.")
        assert Correction.objects.public().get().note == "It was 1985, not 1986."

    def test_a_note_for_an_edition_that_was_replaced_is_owed_again(self, review: Review) -> None:
        change(review, verdict=Verdict.MIXED)
        publishing.publish(review, at=MOMENT + DAY, note=publishing.Note("verdict", "We read it again."))
        assert self.choices(review) == [("verdict", True)]

    def test_the_choice_has_a_name(self, review: Review) -> None:
        assert "Correction:" in page_of(review).texts(".//fieldset/legend")

    def test_a_choice_is_kept_while_the_rest_is_put_right(self, review: Review) -> None:
        change(review, headline="New")
        client, address = signed_in(), url("publish", review)
        response = client.post(address, fields_of(client.get(address)) | {"kind": "fact", "note": ""})
        assert fields_of(response)["kind"] == "fact"
