"""The review's pages with revisions and autosaves from before a field was added or removed."""

from typing import Any

import pytest
from django.test import Client

from reviews.models import Autosave, Review, Revision
from reviews.seeding.factories import make_judgement, make_outlet, make_review
from tests.admin.pages import fields_of, save, signed_in, text_of, url
from tests.desk.document.test_snapshots import age
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def client() -> Client:
    return signed_in(first_name="Pauline")


@pytest.fixture
def review(client: Client) -> Review:
    """A review with two revisions from before “how seen” was added and “sound” removed."""
    make_outlet()
    review = make_review(headline="As filed", how_seen="At a festival", tags=("Noir",))
    make_judgement(review)
    save(client, review, headline="As edited")
    age()
    return review


def what_of(review: Review) -> list[str]:
    return [row.what for row in Revision.objects.of(review).order_by("number")]


class TestTheForm:
    def test_saves_without_a_merge(self, client: Client, review: Review) -> None:
        assert save(client, review).status_code == 302
        assert save(client, review, how_seen="At home").status_code == 302
        assert what_of(review) == ["First recorded version.", "Headline.", "How seen."]

    def test_that_was_opened_before_the_field_existed_does_not_change_it(
        self, client: Client, review: Review
    ) -> None:
        posted = fields_of(client.get(url("change", review)))
        del posted["how_seen"]
        assert client.post(url("change", review), posted | {"headline": "Late"}).status_code == 302
        assert (reread(review).headline, reread(review).how_seen) == ("Late", "At a festival")

    def test_merges_two_saves(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review)))
        save(signed_in("Editor", first_name="Ruth"), review, standfirst="Theirs.")
        Revision.objects.filter(number=3).update(what="Theirs")
        merge = client.post(url("change", review), page | {"headline": "Mine"})
        assert "Bring both together" in text_of(merge) or "Merge" in text_of(merge)
        client.post(url("change", review), fields_of(merge))
        found = reread(review)
        assert (found.headline, found.standfirst, found.how_seen) == ("Mine", "Theirs.", "At a festival")

    def test_asks_if_two_changed_a_field_whose_base_is_unknown(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review)))
        save(signed_in("Editor", first_name="Ruth"), review, how_seen="In a cinema")
        merge = client.post(url("change", review), page | {"how_seen": "At home"})
        assert "choose-how_seen-0" in merge.content.decode()


class TestThePages:
    def test_list_compare_and_restore(self, client: Client, review: Review) -> None:
        save(client, review, how_seen="At home")
        assert "Headline." in text_of(client.get(url("revisions", review)))
        for asked in ({"from": "1", "to": "2"}, {"from": "1", "to": "3"}, {"from": "1", "to": "saved"}):
            words = text_of(client.get(url("compare", review), asked))
            assert "filed" in words
            assert "At home" not in words
            assert "At a festival" not in words
        page: Any = client.get(url("restore", review), {"revision": "1"})
        client.post(f"{url('restore', review)}?revision=1", fields_of(page))
        assert (reread(review).headline, reread(review).how_seen) == ("As filed", "At home")

    def test_offer_text_typed_before_the_field_existed(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review))) | {"_turn": "1", "headline": "Typed"}
        form = client.post(url("autosave", review), page).json()["form"]
        row = Autosave.objects.get()
        assert row.posted is not None
        row.posted = {name: values for name, values in row.posted.items() if name != "how_seen"} | {
            "sound": ["mono"]
        }
        row.save()
        assert "headline." in text_of(client.get(url("change", review)))
        shown = fields_of(client.get(url("change", review), {"kept": form}))
        assert (shown["headline"], shown["how_seen"]) == ("Typed", "At a festival")
        client.post(f"{url('change', review)}?kept={form}", shown)
        assert (reread(review).headline, reread(review).how_seen) == ("Typed", "At a festival")


class TestChoicesOfAnEarlierRelease:
    @pytest.mark.parametrize(
        ("field", "value"),
        [("provenance", "wire"), ("verdict", 7), ("stance", 9)],
        ids=lambda value: str(value),
    )
    def test_are_shown_as_stored(self, client: Client, review: Review, field: str, value: object) -> None:
        first = Revision.objects.get(number=1)
        holder = first.document["judgements"][0] if field == "stance" else first.document["fields"]
        holder[field] = value
        first.save()
        answers = {
            "compare": client.get(url("compare", review), {"from": "1", "to": "2"}),
            "with what is saved": client.get(url("compare", review), {"from": "1", "to": "saved"}),
            "restore": client.get(url("restore", review), {"revision": "1"}),
            "preview": client.get(url("preview", review), {"revision": "1"}),
        }
        assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 200)
        assert str(value) in text_of(answers["compare"])
