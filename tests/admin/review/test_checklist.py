"""The checklist beside the form: its items and their links."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.test import Client

from reviews.desk.verbs import publishing
from reviews.models import Outlet, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_aspect,
    make_critic,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.admin.pages import account_of, fields_of, signed_in, text_of, url
from tests.desk.reading import DAY, change
from tests.desk.verbs.test_every_route import BROKEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

BLOCKING, ADVISORY, CLEAR = (
    "Before it can be published",
    "Suggestions",
    "Ready to publish: nothing is missing",
)
NO_BODY = "The review has no body: write one."


@pytest.fixture
def outlet() -> Outlet:
    return make_outlet(wants_verdict=True)


def perfect(**overrides: Any) -> Review:
    """A review that lacks nothing."""
    review = make_review(**{"how_seen": "At a festival", "tags": ("Drama",)} | overrides)
    make_judgement(review)
    return review


def tree_of(response: Any) -> Element:
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def lines_of(response: Any) -> dict[str, str]:
    """The sentences of the page's checklist with their links (empty: none)."""
    found = {}
    for part in tree_of(response).iter("ul"):
        if part.get("class") == "desk-checklist__lines":
            for line in part.iter("li"):
                link = line.find("a")
                found["".join(line.itertext()).strip()] = "" if link is None else str(link.get("href"))
    return found


def ids_of(response: Any) -> set[str | None]:
    return {element.get("id") for element in tree_of(response).iter()}


def shown(review: Review, role: str = "Editor") -> Any:
    return signed_in(role).get(url("change", review))


def shown_to_its_critic(review: Review) -> Any:
    client = Client()
    client.force_login(account_of(review.critic))
    return client.get(url("change", review))


class TestTheList:
    def test_blocking_items_come_before_advice(self) -> None:
        page = text_of(shown(make_review(body="", verdict=None, standfirst="")))
        places = [
            page.index(words)
            for words in (
                BLOCKING,
                NO_BODY,
                "this one has none",
                ADVISORY,
                "There is no standfirst",
                "no tags",
            )
        ]
        assert places == sorted(places)
        assert CLEAR not in page

    def test_with_advice_only_it_says_that_nothing_blocks(self) -> None:
        page = text_of(shown(perfect(standfirst="")))
        assert "Ready to publish" in page
        assert ADVISORY in page
        assert BLOCKING not in page

    def test_without_items_it_is_all_clear(self) -> None:
        page = text_of(shown(perfect()))
        assert CLEAR in page
        assert ADVISORY not in page

    def test_every_heading_has_a_shape_that_is_in_the_page(self) -> None:
        shapes = []
        for review in (perfect(rating="6/5"), perfect(standfirst="")):
            page = shown(review)
            for part in tree_of(page).iter():
                if "desk-checklist__heading" in part.get("class", "").split():
                    (use,) = part.iter("{http://www.w3.org/2000/svg}use")
                    shapes.append(str(use.get("href")).removeprefix("#"))
            assert set(shapes) <= ids_of(page)
        assert shapes == ["sign-blocking", "sign-clear", "sign-advisory"]

    def test_it_checks_the_saved_review_while_the_form_has_errors(self) -> None:
        client, review = signed_in(), make_review(body="")
        posted = fields_of(client.get(url("change", review))) | {"body": "Typed", "rating": "9/5"}
        page = client.post(url("change", review), posted)
        assert NO_BODY in lines_of(page)
        assert not any("above the top" in line for line in lines_of(page))

    def test_a_new_review_has_none(self) -> None:
        page = signed_in().get("/admin/reviews/review/add/").content.decode()
        assert "desk-checklist__heading" not in page

    def test_typed_text_is_escaped(self) -> None:
        review = make_review(rating="<b>9</b>")
        assert "“<b>9</b>”" in next(line for line in lines_of(shown(review)))


class TestItsLinks:
    @pytest.mark.parametrize("name", BROKEN)
    def test_blocking_items_link_to_a_field_of_the_form(self, name: str) -> None:
        review = perfect()
        BROKEN[name](review)
        page = shown(review)
        hrefs = [href.removeprefix("#") for href in lines_of(page).values()]
        assert hrefs
        assert all(href.startswith("id_") for href in hrefs)
        assert ids_of(page) >= set(hrefs)

    def test_advice_links_to_a_field_of_the_form(self) -> None:
        page = shown(make_review(standfirst="", headline="H" * 111))
        hrefs = [href.removeprefix("#") for href in lines_of(page).values()]
        assert hrefs == ["id_standfirst", "id_headline", "id_tags", "judgements-heading", "id_how_seen"]
        assert ids_of(page) >= set(hrefs)

    def test_evidence_links_to_its_own_row(self) -> None:
        review = perfect()
        make_judgement(review, aspect=make_aspect(name="Last", position=902), evidence="Nobody wrote this")
        make_judgement(review, aspect=make_aspect(name="Next", position=901))
        page = shown(review)
        (href,) = lines_of(page).values()
        field = next(each for each in tree_of(page).iter() if each.get("id") == href.removeprefix("#"))
        assert str(field.text).strip() == "Nobody wrote this"

    def test_a_missing_moment_links_to_the_page_that_sets_it(self) -> None:
        review = perfect()
        change(review, status=Review.Status.APPROVED, publish_at=None)
        (href,) = lines_of(shown(review)).values()
        address, _, field = href.partition("#")
        assert address == url("publish", review)
        assert field in ids_of(signed_in().get(address))

    def test_items_that_a_critic_cannot_correct_have_no_link(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        review = perfect(critic=critic, rights_until=MOMENT - DAY)
        lines = lines_of(shown_to_its_critic(review))
        assert list(lines.values()) == [""]
        change(review, rights_until=None, standfirst="")
        assert list(lines_of(shown_to_its_critic(review)).values()) == ["#id_standfirst"]

    def test_a_read_only_form_has_no_links_to_fields(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        review = make_review(critic=critic, standfirst="")
        make_judgement(review)
        publishing.publish(review, at=MOMENT + DAY)
        make_judgement(review, evidence="Nobody wrote this")
        page = shown_to_its_critic(review)
        assert set(lines_of(page).values()) == {"", "#judgements-heading"}
        assert "judgements-heading" in ids_of(page)


class TestTheOutletsRules:
    def test_a_publisher_sets_them(self) -> None:
        client, outlet = signed_in("Publisher"), Outlet.objects.get()
        posted = fields_of(client.get(url("change", outlet))) | {"four_eyes": "on"}
        assert posted.pop("wants_verdict") == "on"
        client.post(url("change", outlet), posted)
        outlet.refresh_from_db()
        assert (outlet.wants_verdict, outlet.four_eyes) == (False, True)
