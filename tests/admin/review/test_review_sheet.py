"""The review's change page: text, the panel with its actions, and the rows of judgements."""

import datetime as dt
from typing import Any

import html5lib
import pytest
from django.test import Client

from reviews.admin.review.form import JudgementInline
from reviews.desk.verbs import publishing
from reviews.models import Edition, Film, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_edition,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.admin.pages import account_of, errors_of, fields_of, save, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)
NEXT, END = "desk-verb--next", "desk-verb--end"


@pytest.fixture
def outlet() -> Any:
    return make_outlet()


def verbs(response: Any, kind: str = "desk-verb") -> list[str]:
    """The labels of the page's actions of a kind."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return ["".join(each.itertext()) for each in tree.iter() if kind in each.get("class", "").split()]


class TestTheVerbs:
    def shown(self, review: Review, kind: str, role: str = "Editor") -> list[str]:
        return verbs(signed_in(role).get(url("change", review)), kind)

    def test_a_draft_is_likely_to_be_published_by_who_may_and_submitted_by_others(self) -> None:
        review = make_review(critic=make_critic(user=make_account("Critic")))
        assert self.shown(review, NEXT) == ["Approve now"]
        assert "Approve for a time…" in self.shown(review, "desk-verb")
        client = Client()
        client.force_login(account_of(review.critic))
        page = client.get(url("change", review))
        assert verbs(page, NEXT) == ["Submit for review"]
        assert "Approve now" not in verbs(page)

    def test_a_live_one_is_likely_to_be_published_only_once_it_differs(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        assert self.shown(review, NEXT) == []
        save(signed_in(), review, headline="New words")
        assert self.shown(review, NEXT) == ["Publish the changes…"]

    def test_what_ends_something_is_set_apart(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        assert self.shown(review, END) == []
        assert self.shown(review, END, "Publisher") == ["Withdraw…"]
        publishing.publish(review, at=MOMENT + DAY)
        assert self.shown(review, END, "Publisher") == ["Unschedule…", "Withdraw…"]
        assert self.shown(make_review(), END) == []

    def test_one_that_waits_is_not_likely_to_be_published_again(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        assert self.shown(review, NEXT) == []
        assert "Reschedule…" in self.shown(review, "desk-verb")
        assert self.shown(review, END) == ["Unschedule…"]
        assert "Status: Approved Goes up in 1 day (7 June 2025, 13:00 (Europe/London))" in text_of(
            signed_in().get(url("change", review))
        )

    def test_a_new_one_says_where_it_stands_and_leads_on(self) -> None:
        page = signed_in().get("/admin/reviews/review/add/")
        assert verbs(page) == []
        assert verbs(page, "desk-save-button")[:2] == ["Save and approve…", "Save and submit…"]
        assert "A new draft. Readers do not see it" in text_of(page)

    @pytest.mark.parametrize(("verb", "route"), [("approve", "publish"), ("submit", "submit")])
    def test_of_a_new_one_save_it_and_show_their_page(self, verb: str, route: str) -> None:
        client, like = signed_in(), make_review()
        typed = {"headline": "New", "film": like.film_id, "critic": like.critic_id, "_verb": verb}
        form = fields_of(client.get("/admin/reviews/review/add/"))
        answer = client.post("/admin/reviews/review/add/", form | typed)
        new = Review.objects.get(headline="New")
        assert (answer.status_code, answer["Location"]) == (302, url(route, new))
        assert not Edition.objects.exists()


class TestTheHeadline:
    def test_is_one_line_however_it_was_typed(self) -> None:
        review = make_review()
        assert save(signed_in(), review, headline="  Two\r\nlines of it ").status_code == 302
        assert Review.objects.get(pk=review.pk).headline == "Two lines of it"

    def test_must_say_something_and_without_it_nothing_is_said_of_the_address(self) -> None:
        nothing = {"headline": " \r\n ", "slug": ""}
        assert list(errors_of(save(signed_in(), make_review(), **nothing))) == ["headline"]


class TestTheJudgements:
    def test_say_what_they_are_for_while_there_is_none(self) -> None:
        review = make_review()
        address = url("change", review)
        assert JudgementInline.empty_rows in text_of(signed_in().get(address))
        make_judgement(review)
        assert JudgementInline.empty_rows not in text_of(signed_in().get(address))

    def test_each_cell_has_a_name_and_a_label_for_where_there_are_no_columns(self) -> None:
        review = make_review()
        make_judgement(review)
        tree = html5lib.parse(
            signed_in().get(url("change", review)).content.decode(), namespaceHTMLElements=False
        )
        fields = {each.get("name"): each.get("aria-label") for each in tree.iter() if each.get("name")}
        cells = [cell.get("data-label") for cell in tree.iter("td") if cell.get("data-label")]
        for name, label in (("aspect", "Aspect"), ("stance", "Stance"), ("evidence", "Evidence")):
            assert fields[f"judgements-0-{name}"] == label
            assert label in cells

    def test_without_script_there_is_a_row_to_spare_for_the_asking(self) -> None:
        review, client = make_review(), signed_in()
        address = url("change", review)
        assert "?more=judgement" in client.get(address).content.decode()
        assert fields_of(client.get(address))["judgements-TOTAL_FORMS"] == "0"
        assert fields_of(client.get(f"{address}?more=judgement"))["judgements-TOTAL_FORMS"] == "1"
        assert fields_of(client.get(f"{address}?more=other"))["judgements-TOTAL_FORMS"] == "0"


class TestTheSource:
    """Few reviews come from another outlet: the source's fields are folded if they are empty."""

    def folded(self, review: Review) -> str:
        page = html5lib.parse(
            signed_in().get(url("change", review)).content.decode(), namespaceHTMLElements=False
        )
        return " ".join(
            name for fold in page.iter("details") for each in fold.iter() if (name := each.get("name"))
        )

    def test_a_review_written_for_us_has_it_folded(self) -> None:
        assert "source_url" in self.folded(make_review())

    @pytest.mark.parametrize("provenance", ["digest", "syndicated"])
    def test_one_from_elsewhere_has_it_open(self, provenance: str) -> None:
        assert "source_url" not in self.folded(make_review(provenance=provenance))

    def test_it_opens_where_something_in_it_is_wrong(self) -> None:
        response = save(signed_in(), make_review(), source_url="no address")
        assert "source_url" in errors_of(response)
        assert (
            "<summary>" not in response.content.decode().partition("source_url")[0].rpartition("<fieldset")[2]
        )


class TestMoments:
    def test_their_parts_are_named(self) -> None:
        tree = html5lib.parse(
            signed_in().get("/admin/reviews/review/add/").content.decode(), namespaceHTMLElements=False
        )
        names = {each.get("name"): each.get("aria-label") for each in tree.iter("input")}
        assert names["rights_until_0"] == "Rights until: date"
        assert names["rights_until_1"] == "Rights until: time"


def test_deleting_can_be_left_without_script() -> None:
    review = make_review()
    page = signed_in().get(url("delete", review)).content.decode()
    assert f'<a class="closelink" href="{url("change", review)}">' in page


def test_deleting_several_can_be_left_or_done_without_script() -> None:
    films, client = [make_film(), make_film()], signed_in("")
    chosen = {"action": "delete_selected", "_selected_action": [str(film.pk) for film in films]}
    response = client.post("/admin/reviews/film/", chosen)
    assert '<a class="closelink" href="/admin/reviews/film/">' in response.content.decode()
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    posted = {name: value for name, value in fields_of(response).items() if name != "_selected_action"}
    client.post("/admin/reviews/film/", posted | {"_selected_action": chosen["_selected_action"]})
    assert not Film.objects.exists()


def test_the_history_says_so_where_nothing_was_done() -> None:
    review, client = make_review(), signed_in()
    assert "Nothing has been saved or published yet." in text_of(client.get(url("history", review)))
    save(client, review, headline="New words")
    assert "Nothing has been saved" not in text_of(client.get(url("history", review)))
