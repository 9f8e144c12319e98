"""A stored time zone that the system does not know: every page works, in UTC, and the desk says so."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from reviews.desk import preview_links
from reviews.desk.verbs import publishing
from reviews.models import Embargo, Outlet, Review
from reviews.rules.wallclock import zone_named
from reviews.seeding.factories import (
    MOMENT,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
)
from tests.admin.pages import errors_of, fields_of, save, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

UNKNOWN = ("Mars/Olympus", "Europe", "../zoneinfo/UTC", "/etc/passwd", "x" * 60, "Zürich\t", "")
"""Invalid zone names: a misspelling, a folder of tzdata, a path, one too long, an empty one."""


@pytest.fixture
def review() -> Review:
    make_outlet()
    held = make_review(
        headline="Held", film=make_film(title="Ballerina", slug="ballerina"), critic=make_critic()
    )
    embargo = make_embargo(held.film, MOMENT + timedelta(days=2))
    make_embargo(held.film, MOMENT + timedelta(days=3), covers="social")
    publishing.publish(held)
    make_edition(headline="Public", critic=held.critic)
    assert embargo.zone == "America/Los_Angeles"
    return held


def desk_pages(review: Review) -> list[str]:
    embargo = Embargo.objects.order_by("lifts_at")[0]
    names = ("change", "publish", "retime", "preview", "history", "links", "revisions")
    lists = (
        "admin:index",
        "admin:desk_calendar",
        "admin:reviews_review_changelist",
        "admin:reviews_embargo_changelist",
    )
    return [
        *(reverse(name) for name in (*lists, "admin:reviews_review_add", "admin:reviews_embargo_add")),
        *(url(name, review) for name in names),
        *(url(name, embargo) for name in ("change", "move", "lift", "history")),
        url("change", review.film),
        url("change", Outlet.objects.get()),
    ]


def public_pages(review: Review) -> list[str]:
    names = (
        "home",
        "film_list",
        "review_list",
        "critic_list",
        "archive",
        "about",
        "correction_list",
        "review_feed",
    )
    _, secret = preview_links.make(review, by=None)
    return [
        *(reverse(name) for name in names),
        reverse("review_detail", args=[Review.objects.get(headline="Public").slug]),
        reverse("preview_link", args=[secret]),
        "/sitemap.xml",
    ]


def answered(client: Client, addresses: list[str]) -> dict[str, str]:
    """The text of each page, which must respond."""
    pages = {address: client.get(address) for address in addresses}
    assert {address: page.status_code for address, page in pages.items() if page.status_code != 200} == {}
    return {address: page.content.decode() for address, page in pages.items()}


class TestEveryPageAnswers:
    def test_whatever_an_embargos_zone_is(self, review: Review) -> None:
        client = signed_in("Publisher")
        for zone in UNKNOWN[:2]:
            Embargo.objects.update(zone=zone)
            answered(client, desk_pages(review))
            answered(Client(), public_pages(review))

    def test_whatever_the_outlets_zone_is(self, review: Review) -> None:
        client = signed_in("Publisher")
        for zone in UNKNOWN[:2]:
            Outlet.objects.update(time_zone=zone)
            answered(client, desk_pages(review))
            answered(Client(), public_pages(review))


class TestTheDeskSaysSo:
    def test_of_an_embargo(self, review: Review) -> None:
        Embargo.objects.update(zone="Mars/Olympus")
        client = signed_in("Publisher")
        embargo = Embargo.objects.order_by("lifts_at")[0]
        pages = (
            reverse("admin:index"),
            reverse("admin:reviews_embargo_changelist"),
            *(url(name, review) for name in ("change", "publish")),
            *(url(name, embargo) for name in ("change", "move")),
        )
        for page in pages:
            assert "the time zone “Mars/Olympus” is unknown here" in text_of(client.get(page)), page

    def test_of_the_outlet_on_every_page(self, review: Review) -> None:
        Outlet.objects.update(time_zone="Mars/Olympus")
        said = (
            "All times are shown and typed in UTC, because the time zone “Mars/Olympus” is unknown here. "
            "Correct it under Outlet."
        )
        client = signed_in("Publisher")
        for page in (*desk_pages(review), reverse("admin:password_change")):
            if page != url("preview", review):  # A public page.
                assert said in text_of(client.get(page)), page

    def test_whom_to_ask_where_one_may_not_correct_it(self, review: Review) -> None:
        Outlet.objects.update(time_zone="Mars/Olympus")
        for role in ("Editor", "Critic"):
            said = text_of(signed_in(role).get(reverse("admin:index")))
            assert "is unknown here. Ask a publisher to correct it under Outlet." in said, role

    def test_and_nothing_where_all_are_known(self, review: Review) -> None:
        pages = answered(signed_in("Publisher"), desk_pages(review))
        assert [address for address, words in pages.items() if "unknown here" in words] == []


class TestMending:
    def test_a_moment_is_typed_in_utc_until_then(self, review: Review) -> None:
        Embargo.objects.update(zone="Mars/Olympus")
        embargo = Embargo.objects.order_by("lifts_at")[0]
        client = signed_in("Publisher")
        page = client.get(url("move", embargo))
        assert "In UTC, because the time zone “Mars/Olympus” is unknown here" in text_of(page)
        typed = fields_of(page) | {
            "lifts_at_0": "2025-06-09",
            "lifts_at_1": "17:00",
            "because": "They said so.",
        }
        stated = client.post(url("move", embargo), typed)
        assert client.post(url("move", embargo), fields_of(stated)).status_code == 302
        assert (
            Embargo.objects.active().get(covers="reviews").lifts_at.isoformat() == "2025-06-09T17:00:00+00:00"
        )

    def test_the_form_of_an_embargo_takes_a_zone_that_there_is(self, review: Review) -> None:
        Embargo.objects.update(zone="Mars/Olympus")
        embargo = Embargo.objects.order_by("lifts_at")[0]
        client = signed_in("Publisher")
        refused = save(client, embargo, terms="New terms.")
        assert errors_of(refused)["zone"] == [
            "“Mars/Olympus” is not a time zone. Write one such as Europe/London or America/New_York."
        ]
        assert save(client, embargo, zone="Europe/Paris").status_code == 302

    def test_no_form_and_no_model_takes_another(self, review: Review) -> None:
        embargo, outlet = Embargo.objects.all()[0], Outlet.objects.get()
        for zone in UNKNOWN[:4]:
            embargo.zone = outlet.time_zone = zone
            for row in (embargo, outlet):
                with pytest.raises(ValidationError):
                    row.full_clean()


@pytest.mark.parametrize("name", [*UNKNOWN, "a\0b", "\ud800"])
def test_no_name_of_no_zone_raises(name: str) -> None:
    assert zone_named(name) is None
