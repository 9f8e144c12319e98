"""A taken address would reveal another review: critics are never told, and an editor resolves it."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from reviews.desk import preview_links, revisions
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import publishing
from reviews.models import Critic, Edition, OldAddress, Review
from reviews.seeding.factories import MOMENT, make_account, make_critic, make_edition, make_film, make_review
from tests.admin.pages import confirm, errors_of, fields_of, save, signed_in, text_of, url
from tests.desk.reading import change, is_refused, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ADD = "/admin/reviews/review/add/"
TAKEN, FREE = "The taken one", "The open one"
"""Two headlines of the same length; the first is a hidden review's."""
NAMES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{32}\b|\b\d{12,16}\b|csrfmiddlewaretoken\" value=\"\w+\"|[\w-]{43}/"
    r"|<time.*?</time>"
)
"""What differs between pages: uids, keys, tokens, secrets, and real times of recent changes."""


# A random key may have fewer digits than another.
UNLIKE = {"X-Request-ID", "Expires", "Content-Length"}


@pytest.fixture
def critic() -> Critic:
    return make_critic(user=make_account("Critic"), name="Vera", slug="vera")


@pytest.fixture
def client(critic: Critic) -> Client:
    client = Client()
    client.force_login(critic.user)  # type: ignore[arg-type]
    return client


def as_read(response: Any) -> tuple[int, dict[str, str], str]:
    """A response without random parts and without what was typed."""

    def alike(text: str) -> str:
        text = text.replace(TAKEN, "X").replace(FREE, "X")
        return NAMES.sub("…", text.replace("the-taken-one", "x").replace("the-open-one", "x"))

    headers = {name: alike(value) for name, value in response.items() if name not in UNLIKE}
    return response.status_code, headers, alike(response.content.decode())


def story(client: Client, headline: str, film: str) -> list[tuple[int, dict[str, str], str]]:
    """All responses to a critic who types a headline and its address wherever possible."""
    slug = "the-taken-one" if headline == TAKEN else "the-open-one"
    form = client.get(ADD)
    typed = fields_of(form) | {"film": film, "headline": headline, "slug": slug, "body": "The camera waits."}
    answers = [form, client.post(reverse("admin:reviews_review_autosave_new"), typed | {"_turn": "1"})]
    answers.append(client.get(reverse("admin:reviews_review_kept", args=[answers[-1].json()["form"]])))
    answers.append(client.post(reverse("admin:reviews_review_typed_new"), typed))
    answers.append(client.post(ADD, typed))
    review = Review.objects.get(headline=headline, critic__name="Vera")
    for verb in ("change", "preview", "links", "history", "revisions", "submit"):
        answers.append(client.get(url(verb, review)))
    page = fields_of(client.get(url("change", review)))
    answers.append(client.post(url("autosave", review), page | {"slug": slug, "_turn": "1"}))
    answers.append(client.post(url("change", review), page | {"slug": slug, "standfirst": "One."}))
    answers.append(
        client.post(url("change", review), page | {"slug": slug, "standfirst": "Two."})
    )  # To be merged.
    answers.append(client.get(f"{url('restore', review)}?revision=1"))
    answers.append(client.post(f"{url('restore', review)}?revision=1", {"stated": "x"}))
    answers.append(client.get(reverse("admin:index")))
    _, secret = preview_links.make(review, by=None)
    answers.append(Client().get(reverse("preview_link", args=[secret])))
    answers.append(client.post(url("submit", review), fields_of(client.get(url("submit", review)))))
    answers.append(client.get(url("change", review)))
    review.delete()
    LogEntry.objects.all().delete()  # The home lists recent changes.
    return [as_read(answer) for answer in answers]


class TestACritic:
    @pytest.mark.parametrize("hidden", ["a draft", "an old address"])
    def test_is_answered_the_same_whether_an_address_is_taken_or_not(
        self, client: Client, hidden: str
    ) -> None:
        film = make_film()
        if hidden == "an old address":
            make_edition(headline="Renamed", slug="renamed")
            uid = Edition.objects.get().review_uid
            OldAddress.objects.create(path="/reviews/the-taken-one/", kind="review", target_uid=uid)
        else:
            make_review(headline=TAKEN, slug="the-taken-one")
        taken, free = (story(client, headline, str(film.pk)) for headline in (TAKEN, FREE))
        assert len(taken) == len(free)
        for one, other in zip(taken, free, strict=True):
            assert one[:2] == other[:2]
            assert one[2].splitlines() == other[2].splitlines()

    def test_begins_copy_without_an_address(self, client: Client, critic: Critic) -> None:
        typed = fields_of(client.get(ADD))
        assert "slug" not in typed
        typed |= {"film": str(make_film().pk), "headline": "Mine", "slug": "mine"}
        assert client.post(ADD, typed).status_code == 302
        review = Review.objects.get(critic=critic)
        assert review.slug == f"draft-{review.uid.hex}"
        assert "draft-" not in text_of(client.get(url("change", review)))

    def test_changes_no_address(self, client: Client, critic: Critic) -> None:
        review = make_review(critic=critic, slug="chosen")
        assert "slug" not in fields_of(client.get(url("change", review)))
        assert save(client, review, slug="another", headline="Changed").status_code == 302
        assert reread(review).slug == "chosen"

    def test_is_not_told_that_a_chosen_address_is_taken_by_now(self, client: Client, critic: Critic) -> None:
        review = make_review(critic=critic, slug="chosen", planned_on=MOMENT.date())
        other = make_edition(headline="Renamed")
        OldAddress.objects.create(path="/reviews/chosen/", kind="review", target_uid=other.review_uid)
        said = "belongs to another review"
        assert said in text_of(signed_in().get(url("change", review)))
        assert said in text_of(signed_in().get(reverse("admin:index")))
        assert said not in text_of(client.get(url("change", review)))
        assert said not in text_of(client.get(reverse("admin:index")))

    def test_restores_what_was_written_and_keeps_the_address(self, client: Client, critic: Critic) -> None:
        review = make_review(critic=critic, slug="first", headline="First")
        revisions.settle(review)
        change(review, slug="second", headline="Second")
        make_review(slug="first")
        revisions.settle(review)
        page = client.get(f"{url('restore', review)}?revision=1")
        client.post(f"{url('restore', review)}?revision=1", fields_of(page))
        assert (reread(review).slug, reread(review).headline) == ("second", "First")


def begun(headline: str = "The camera waits") -> Review:
    """New copy by a critic."""
    uid = UUID(int=hash(headline) % 2**100)
    return make_review(headline=headline, uid=uid, slug=f"draft-{uid.hex}")


class TestApproving:
    def test_makes_the_address_from_the_headline_and_writes_that_down(self) -> None:
        review = begun()
        edition = publishing.publish(review)
        assert edition.slug == review.slug == reread(review).slug == "the-camera-waits"
        newest = revisions.newest(review)
        assert newest is not None
        assert newest.what == "Address made from the headline."
        assert not is_refused(reread(review), newest.number)
        assert Client().get("/reviews/the-camera-waits/").status_code == 200

    def test_says_what_it_will_be_and_does_it_on_the_page(self) -> None:
        review, client = begun(), signed_in()
        assert "/reviews/the-camera-waits/" in text_of(client.get(url("publish", review)))
        assert confirm(client, review, "publish").status_code == 302
        assert reread(review).slug == "the-camera-waits"

    @pytest.mark.parametrize("held_by", ["a review", "an edition", "an old address"])
    def test_asks_an_editor_for_another_where_that_is_taken(self, held_by: str) -> None:
        other = Review.objects.get(pk=make_edition(slug="the-camera-waits").review_id)
        if held_by != "a review":
            change(other, slug="elsewhere")
        if held_by == "an old address":
            Edition.objects.update(slug="elsewhere")
            path = "/reviews/the-camera-waits/"
            OldAddress.objects.create(path=path, kind="review", target_uid=other.uid)
        review = begun()
        said = "The address “the-camera-waits” belongs to another review: choose another."
        with pytest.raises(PublishingError, match=said):
            publishing.publish(review)
        client = signed_in()
        assert said in text_of(client.get(url("change", review)))
        assert save(client, review, slug="the-camera-moves").status_code == 302
        assert publishing.publish(reread(review)).slug == "the-camera-moves"

    def test_asks_for_one_where_none_can_be_made(self) -> None:
        review = begun()
        change(review, headline="\u3164")  # An invisible letter.
        with pytest.raises(PublishingError, match="Type an address: none can be made"):
            publishing.publish(reread(review))
        assert Client().get("/reviews/").status_code == 200

    def test_of_two_at_once_takes_the_address_for_one(self) -> None:
        """In a bulk action both are checked before either is published."""
        reviews = [begun(), begun("The camera  waits!")]
        client = signed_in()
        chosen = {"action": "approve_chosen", "_selected_action": [str(each.pk) for each in reviews]}
        page = client.post(reverse("admin:reviews_review_changelist"), chosen)
        said = text_of(
            client.post(reverse("admin:reviews_review_changelist"), fields_of(page) | chosen, follow=True)
        )
        slugs = sorted(reread(each).slug for each in reviews)
        assert slugs[1] == "the-camera-waits"
        assert slugs[0].startswith("draft-")
        assert "belongs to another review" in said


class TestAnEditor:
    def test_may_save_copy_that_has_no_address_yet(self) -> None:
        make_review(slug="the-camera-waits")
        review = begun()
        assert save(signed_in(), review, standfirst="Read first.").status_code == 302
        assert not reread(review).has_address

    def test_is_told_who_has_it(self) -> None:
        make_review(slug="the-camera-waits")
        review = begun()
        refused = save(signed_in(), review, slug="")
        assert errors_of(refused)["slug"] == ["Another review has this address: choose another."]

    def test_sees_that_there_was_none_when_comparing(self) -> None:
        review = begun()
        revisions.settle(review)
        save(signed_in(), review, slug="chosen")
        page = text_of(signed_in().get(f"{url('compare', review)}?from=1&to=2"))
        assert "none yet" in page
