"""Messages after saving or deleting: what happened, and what it changes for readers."""

import datetime as dt
from typing import Any

import html5lib
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.models import Embargo, OldAddress, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_aspect,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_outlet,
    make_person,
    make_review,
    make_tag,
)
from tests.admin.pages import account_of, confirm, fields_of, save, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)


@pytest.fixture
def outlet() -> Any:
    return make_outlet()


def messages_of(response: Any) -> list[str]:
    """The messages of the next page."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    lists = [each for each in tree.iter("ul") if each.get("class") == "messagelist"]
    return [" ".join("".join(item.itertext()).split()) for each in lists for item in each.iter("li")]


def said(client: Client, obj: Any, **changes: Any) -> str:
    """Open a form, save it, and return the one message."""
    address = url("change", obj)
    response = client.post(address, fields_of(client.get(address)) | changes, follow=True)
    (message,) = messages_of(response)
    return message


class TestAReview:
    def test_a_live_one_that_was_changed(self) -> None:
        review = make_edition(at=dt.datetime(2025, 6, 4, 16, tzinfo=dt.UTC)).review
        assert said(signed_in(), review, headline="New words") == (
            "“New words” is saved. Readers still see the edition of 4 June 2025, 17:00 (Europe/London); "
            "publish to show them the changes."
        )

    def test_a_live_one_that_says_the_same(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        assert "Readers see the edition of 5 June 2025, 13:00 (Europe/London), which says the same." in said(
            signed_in(), review
        )

    def test_one_that_an_embargo_hides(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        embargoes.impose(Embargo(film=review.film, lifts_at=MOMENT + DAY, zone="UTC"))
        assert "An embargo on the film hides it from readers" in said(signed_in(), review)

    @pytest.mark.parametrize(
        ("headline", "words"),
        [("As it was", "says the same."), ("New words", "publish again to put the changes into it.")],
    )
    def test_one_that_waits(self, headline: str, words: str) -> None:
        review = make_review(headline="As it was")
        publishing.publish(review, at=MOMENT + DAY)
        message = said(signed_in(), review, headline=headline)
        assert "The edition that goes up on 7 June 2025, 13:00 (Europe/London)" in message
        assert message.endswith(words)

    def test_a_draft(self) -> None:
        review = make_review(critic=make_critic(user=make_account("Critic")))
        assert said(signed_in(), review).endswith(
            "is saved. Readers do not see it; submit or approve it when it is ready."
        )
        client = Client()
        client.force_login(account_of(review.critic))
        assert said(client, review).endswith("Readers do not see it; submit it when it is ready.")

    def test_one_in_review(self) -> None:
        review = make_review(status=Review.Status.IN_REVIEW)
        assert said(signed_in(), review).endswith("it waits to be approved, or to be returned.")

    def test_one_that_was_returned(self) -> None:
        review = make_review(status=Review.Status.RETURNED)
        assert said(signed_in(), review).endswith("submit or approve it when it is ready.")

    def test_one_that_was_withdrawn(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        withdrawing.withdraw(review)
        assert said(signed_in(), review).endswith(
            "Readers do not see it any more; a publisher can reinstate it."
        )

    def test_a_new_one_and_going_on_with_it(self) -> None:
        client, address = signed_in(), "/admin/reviews/review/add/"
        typed = {
            "film": str(make_film().pk),
            "critic": str(make_critic().pk),
            "headline": "First",
            "_continue": "1",
        }
        response = client.post(address, fields_of(client.get(address)) | typed, follow=True)
        assert messages_of(response) == [
            "“First” is saved. Readers do not see it; submit or approve it when it is ready."
        ]
        assert response.request["PATH_INFO"] == url("change", Review.objects.get())

    def test_one_that_is_deleted(self) -> None:
        response = signed_in().post(url("delete", make_review(headline="Gone")), {"post": "yes"}, follow=True)
        assert messages_of(response) == [
            "“Gone” is deleted. Readers see no difference: it has never been public."
        ]

    def test_verbs_say_what_follows(self) -> None:
        account = make_account("Editor")
        review = make_review(written_by=account)
        publishing.publish(review, at=MOMENT + DAY)
        client = Client()
        client.force_login(account)
        for verb, words in (
            (
                "unschedule",
                "The scheduled edition is cancelled. Readers do not see the review; approve it when",
            ),
            ("submit", "Submitted for review. Readers see it once somebody approves it."),
            ("take_back", "It is a draft again. Submit it when it is ready."),
        ):
            confirm(client, review, verb)
            assert words in messages_of(client.get("/admin/"))[-1]
        publishing.publish(review)
        publishing.publish(review, at=MOMENT + DAY)
        confirm(client, review, "unschedule")
        assert messages_of(client.get("/admin/")) == [
            "The scheduled edition is cancelled. Readers keep the live edition."
        ]


class TestANoun:
    def test_a_public_one(self) -> None:
        film = make_edition(film=make_film(title="Seen")).film
        assert said(signed_in(), film) == "“Seen (2025)” is saved. Readers see the change now."

    @pytest.mark.parametrize(
        ("make", "words"),
        [
            (make_film, "they do while one of its reviews is public."),
            (make_person, "they do while one of their films has a public review."),
            (make_critic, "they do while one of their reviews is public."),
            (lambda: make_tag("Noir"), "they do while a public review carries it."),
        ],
    )
    def test_one_that_is_not(self, make: Any, words: str) -> None:
        assert said(signed_in("Publisher"), make()).endswith(f"is saved. Readers do not see it: {words}")

    def test_an_aspect(self) -> None:
        assert said(signed_in(), make_aspect(name="Music")).startswith(
            "“Music” is saved. Wherever a public review"
        )

    def test_an_embargo(self) -> None:
        client, film = signed_in("Publisher"), make_film(title="Ballerina")
        held = make_embargo(film, MOMENT + DAY, zone="America/Los_Angeles")
        assert said(client, held) == (
            "“Embargo on reviews of Ballerina (2025)” is saved. It holds every review of the film until 7 June 2025, "
            "13:00 (Europe/London), which is 7 June 2025, 05:00 (America/Los_Angeles)."
        )
        assert "It hides no review. It tells the desk" in said(
            client, make_embargo(film, MOMENT + DAY, covers="social")
        )
        assert "Its date and time have passed" in said(client, make_embargo(film, MOMENT - DAY))

    def test_the_outlet(self) -> None:
        from reviews.models import Outlet

        assert said(signed_in("Publisher"), Outlet.objects.get()) == (
            "“The Test Reel” is saved. Every page shows it now, in its name and its time zone."
        )

    def test_an_old_address(self) -> None:
        kept = OldAddress.objects.create(path="/films/x/", kind="film", target_uid=make_film().uid)
        client = signed_in("Publisher")
        assert said(client, kept).endswith("are led on, while what it leads to is public.")
        response = client.post(url("delete", kept), {"post": "yes"}, follow=True)
        assert messages_of(response) == [
            "“/films/x/” is deleted. Whoever follows it is told “not found” from now on."
        ]

    def test_several_that_are_deleted_from_a_list(self) -> None:
        client = signed_in("")
        for films, words in (
            (
                [make_film(), make_film()],
                "2 films are deleted. Readers see no difference.",
            ),
            ([make_film()], "1 film is deleted. Readers see no difference."),
        ):
            chosen = {
                "action": "delete_selected",
                "_selected_action": [str(film.pk) for film in films],
                "post": "yes",
            }
            assert messages_of(client.post("/admin/reviews/film/", chosen, follow=True)) == [words]


class TestAnAccount:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"is_active": []}, "It is closed: nobody can sign in with it."),
            ({"is_staff": []}, "It does not open the desk yet: tick “Staff status” and give it a role."),
            ({"groups": []}, "It opens the desk, but has no role: give it one."),
            ({}, "It opens the desk as Editor."),
            ({"is_superuser": "on"}, "It opens the desk and may do everything there."),
        ],
    )
    def test_says_what_the_account_may_open(self, changes: dict[str, Any], words: str) -> None:
        assert said(signed_in(""), make_account("Editor"), **changes).endswith(f"is saved. {words}")

    def test_with_another_password(self) -> None:
        account = make_account("Editor", username="vera")
        typed = {
            "password1": "a long passphrase",
            "password2": "a long passphrase",
            "usable_password": "true",
        }
        response = signed_in("").post(f"/admin/auth/user/{account.pk}/password/", typed, follow=True)
        assert messages_of(response) == [
            "The password of “vera” is changed. The new password opens it from now on."
        ]
        assert User.objects.get(pk=account.pk).check_password("a long passphrase")

    def test_a_role_says_how_many_hold_it(self) -> None:
        client = signed_in("")
        role = Group.objects.get(name="Critic")
        assert said(client, role).endswith(
            "No account has this role yet: give it to one on the account’s page."
        )
        make_account("Critic")
        assert said(client, role).endswith("It holds at once for the account with this role.")
        make_account("Critic")
        assert said(client, role).endswith("It holds at once for all 2 accounts with this role.")


class TestEveryMessage:
    def test_shows_a_title_and_never_runs_it(self) -> None:
        client = signed_in("")
        for noun in (
            make_film(title="<b>"),
            make_review(headline="<b>"),
            make_person(name="<b>"),
            make_tag("<b>"),
        ):
            assert save(client, noun).status_code == 302
            page = client.get("/admin/").content.decode()
            assert "&lt;b&gt;" in page
            assert "<b>" not in page

    def test_leads_to_what_it_names(self) -> None:
        client, film = signed_in(), make_film(title="Here")
        save(client, film)
        assert f'<a href="{url("change", film)}">Here (2025)</a>' in client.get("/admin/").content.decode()

    def test_those_before_it_stay(self) -> None:
        film, client = make_edition(headline="Seen until now").film, signed_in("Publisher")
        address = "/admin/reviews/embargo/add/"
        typed = {
            "film": str(film.pk),
            "lifts_at_0": "2025-06-09",
            "lifts_at_1": "09:00",
            "lifts_at_zone": "UTC",
        }
        stated = client.post(address, fields_of(client.get(address)) | typed)
        response = client.post(address, fields_of(stated), follow=True)
        first, then, last = messages_of(response)
        assert first == "Readers no longer see “Seen until now”."
        assert then == "Behind a shared cache (a CDN) readers may see the old pages until the minute ends."
        assert "is saved. It holds every review" in last

    def test_a_popup_says_nothing(self) -> None:
        client, address = signed_in(), "/admin/reviews/person/add/?_popup=1"
        response = client.post(address, fields_of(client.get(address)) | {"name": "A. Person"})
        assert "popup_response" in response.content.decode()
        assert messages_of(client.get("/admin/")) == []
