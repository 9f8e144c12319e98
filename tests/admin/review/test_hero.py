"""The picture at a review's head on its form: chosen, kept, merged, and only among those that somebody may see."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviews.desk import revisions
from reviews.desk.verbs import publishing
from reviews.models import Review
from reviews.seeding.factories import make_critic, make_outlet, make_picture, make_review
from tests.admin.pages import errors_of, fields_of, save, signed_in, text_of, url
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def client() -> Client:
    make_outlet()
    return signed_in(first_name="Pauline")


@pytest.fixture
def critic() -> Client:
    make_outlet()
    return signed_in("Critic")


def of(critic: Client, **fields: Any) -> Review:
    """A review of this critic's."""
    user = User.objects.get(pk=critic.session["_auth_user_id"])
    return make_review(critic=make_critic(user=user), **fields)


def test_is_chosen_on_the_form_and_a_save_is_a_revision_of_it(client: Client) -> None:
    review, picture = make_review(), make_picture()
    assert save(client, review, hero=str(picture.pk)).status_code == 302
    assert reread(review).hero == picture
    newest = revisions.newest(review)
    assert newest is not None
    assert newest.what == "Picture at its head."
    assert fields_of(client.get(url("change", review)))["hero"] == str(picture.pk)
    save(client, review, hero="")
    assert reread(review).hero is None


def test_what_is_typed_is_kept_and_offered_back(client: Client) -> None:
    review, picture = make_review(), make_picture(name="the-roof")
    page = fields_of(client.get(url("change", review))) | {"_turn": "1", "hero": str(picture.pk)}
    form = client.post(url("autosave", review), page).json()["form"]
    assert "It changes: picture at its head." in text_of(client.get(url("change", review)))
    shown = client.get(url("change", review), {"kept": form})
    assert fields_of(shown)["hero"] == str(picture.pk)


def test_two_revisions_are_compared_by_name(client: Client) -> None:
    review = make_review(hero=make_picture(name="the-van"))
    save(client, review, hero=str(make_picture(name="the-roof").pk))
    page = client.get(url("compare", review), {"from": "1", "to": "2"})
    assert "the-van" in text_of(page)
    assert "the-roof" in text_of(page)
    shown = re.findall(r'<img class="desk-compared-picture" src="([^"]+)"', page.content.decode())
    assert shown == [
        reverse("admin:reviews_picture_file", args=[picture.pk, 1, "thumbnail"])
        for picture in (review.hero, reread(review).hero)
        if picture
    ]


def test_of_two_who_chose_one_is_asked_which(client: Client) -> None:
    review, mine, theirs = make_review(), make_picture(name="the-van"), make_picture(name="the-roof")
    page = fields_of(client.get(url("change", review)))
    save(signed_in("Editor", first_name="Ruth"), review, hero=str(theirs.pk))
    merge = client.post(url("change", review), page | {"hero": str(mine.pk)})
    assert "choose-hero-0" in merge.content.decode()
    assert "the-van" in text_of(merge)
    assert "the-roof" in text_of(merge)


def test_a_critic_chooses_only_what_they_may_see(critic: Client) -> None:
    review, hidden = of(critic), make_picture()
    page = fields_of(critic.get(url("change", review))) | {"hero": str(hidden.pk)}
    refused = critic.post(url("change", review), page)
    nowhere = critic.post(url("change", review), page | {"hero": "999999"})
    assert list(errors_of(refused)) == ["hero"]
    assert errors_of(refused) == errors_of(nowhere)
    assert hidden.name not in text_of(refused)
    own = make_picture(added_by=User.objects.get(pk=critic.session["_auth_user_id"]))
    assert save(critic, review, hero=str(own.pk)).status_code == 302


def test_a_critic_keeps_what_an_editor_has_chosen(critic: Client) -> None:
    review = of(critic, hero=make_picture(name="the-roof"))
    assert save(critic, review, headline="Theirs to write").status_code == 302
    assert (reread(review).headline, reread(review).hero) == ("Theirs to write", review.hero)


def test_the_editions_page_at_the_desk_names_it(client: Client) -> None:
    edition = publishing.publish(make_review(hero=make_picture(name="the-roof")))
    assert "the-roof" in text_of(client.get(url("change", edition)))
