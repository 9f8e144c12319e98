"""A record or password that another user changes or deletes meanwhile: nothing is overwritten unseen."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviews.admin.site.site import DeskAdminSite
from reviews.models import Credit, Film, Judgement, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_credit,
    make_critic,
    make_embargo,
    make_film,
    make_judgement,
    make_outlet,
    make_person,
    make_review,
)
from tests.admin.pages import account_of, fields_of, save, signed_in, text_of, url
from tests.admin.parts.claimed import NOUNS, opened, post, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def mine() -> Client:
    return signed_in("", first_name="Pauline")


@pytest.fixture
def theirs() -> Client:
    return signed_in("", first_name="Ruth")


class TestARecordDeletedInBetween:
    def test_keeps_what_was_typed_and_can_be_added_again(self, mine: Client, theirs: Client) -> None:
        credit = make_credit(film=make_film(title="Going"), person=make_person(name="Ana"))
        film = credit.film
        fields = opened(mine, film)
        theirs.post(url("delete", film), fields_of(theirs.get(url("delete", film))))
        page = post(mine, film, fields | {"synopsis": "Mine.", "credits-0-character": "Eve Macarro"})
        assert page.status_code == 409
        words = text_of(page)
        assert re.search("Ruth deleted “Going .*” on .* Your changes are not saved.", words)
        assert "Mine." in words
        assert "Ana" in words
        assert not Film.objects.exists()
        assert mine.post("/admin/reviews/film/add/", fields_of(page)).status_code == 302
        assert Film.objects.get().synopsis == "Mine."
        assert Credit.objects.get().character == "Eve Macarro"

    @pytest.mark.parametrize("name", ["person", "critic", "tag", "franchise", "aspect", "role", "account"])
    def test_is_never_written_back_silently(self, name: str, mine: Client, theirs: Client) -> None:
        noun, field = NOUNS[name].make(), NOUNS[name].field
        fields = opened(mine, noun)
        type(noun)._default_manager.filter(pk=noun.pk).delete()
        page = post(mine, noun, fields | {field: "line-1"})
        assert page.status_code == 409
        assert "Somebody has deleted it." in text_of(page)
        assert "line-1" in text_of(page)
        assert not type(noun)._default_manager.filter(pk=noun.pk).exists()
        assert mine.post(page.context["add_url"], fields_of(page)).status_code in (200, 302)

    def test_of_a_review_is_kept_and_can_be_added_again(self, mine: Client, theirs: Client) -> None:
        review = make_review(headline="Going", body="A body.")
        make_judgement(review, evidence="A body.")
        fields = opened(mine, review)
        theirs.post(url("delete", review), fields_of(theirs.get(url("delete", review))))
        page = post(mine, review, fields | {"standfirst": "Mine."})
        assert page.status_code == 409
        assert "Ruth deleted “Going”" in text_of(page)
        assert mine.post("/admin/reviews/review/add/", fields_of(page)).status_code == 302
        assert (Review.objects.get().standfirst, Judgement.objects.get().evidence) == ("Mine.", "A body.")

    def test_of_a_critic_is_kept_and_other_copy_is_not_revealed(self, theirs: Client) -> None:
        own, other = (make_review(critic=make_critic(user=make_account("Critic"))) for _ in range(2))
        client = Client()
        client.force_login(account_of(own.critic))
        save(client, own, standfirst="Saved once.")
        fields = opened(client, own)
        theirs.post(url("delete", own), fields_of(theirs.get(url("delete", own))))
        page = post(client, own, fields | {"standfirst": "Typed too late."})
        assert page.status_code == 409
        assert "It is no longer among your reviews." in text_of(page)
        assert "Ruth" not in text_of(page)
        assert "Typed too late." in text_of(page)
        answers = []
        for _ in range(2):
            answer = post(client, other, fields, follow=True)
            answers.append((answer.status_code, text_of(answer)))
            Review.objects.filter(pk=other.pk).delete()
        assert answers[0] == answers[1]

    def test_was_never_there_is_not_found(self, mine: Client) -> None:
        for key in ("99", "x", "9" * 40):
            response = mine.post(f"/admin/reviews/film/{key}/change/", {"title": "x"}, follow=True)
            assert "doesn’t exist" in text_of(response)
            response = mine.post(f"/admin/reviews/film/{key}/change/", {"title": "x", "_read": "x"})
            assert response.status_code == 409

    def test_of_an_embargo_that_ended_keeps_the_typed_terms(self, mine: Client, theirs: Client) -> None:
        make_outlet()
        embargo = make_embargo(make_film(), MOMENT)
        fields = opened(mine, embargo)
        type(embargo)._default_manager.update(ended_at=MOMENT, ended_because="The studio wrote.")
        page = post(mine, embargo, fields | {"terms": "No spoilers before noon."})
        assert page.status_code == 403
        words = text_of(page)
        assert "This embargo ended on 6 June 2025" in words
        assert "The studio wrote." in words
        assert "No spoilers before noon." in words


class TestADeletion:
    @pytest.mark.parametrize(
        "name", ["film", "person", "critic", "tag", "franchise", "aspect", "account", "role"]
    )
    def test_of_a_changed_record_asks_again(self, name: str, mine: Client, theirs: Client) -> None:
        noun, field = NOUNS[name].make(), NOUNS[name].field
        confirmed = fields_of(mine.get(url("delete", noun)))
        save(theirs, noun, **{field: "line-1"})
        page: Any = mine.post(url("delete", noun), confirmed)
        assert page.status_code == 200
        assert "Ruth saved it on" in text_of(page)
        assert "Nothing is deleted yet." in text_of(page)
        assert saved(noun)
        assert mine.post(url("delete", noun), fields_of(page)).status_code == 302
        assert not type(noun)._default_manager.filter(pk=noun.pk).exists()

    def test_of_a_film_whose_credits_changed_outside_the_desk_asks_again(self, mine: Client) -> None:
        credit = make_credit()
        confirmed = fields_of(mine.get(url("delete", credit.film)))
        Credit.objects.update(character="Another")
        assert "Nothing is deleted yet." in text_of(mine.post(url("delete", credit.film), confirmed))

    def test_of_a_deleted_record_says_who_deleted_it(self, mine: Client, theirs: Client) -> None:
        film = make_film(title="Going")
        confirmed = fields_of(mine.get(url("delete", film)))
        theirs.post(url("delete", film), confirmed)
        words = text_of(mine.post(url("delete", film), confirmed, follow=True))
        assert "Ruth deleted “Going" in words
        assert "There is nothing left to delete." in words

    def test_of_several_asks_again_if_some_changed(self, mine: Client, theirs: Client) -> None:
        films = [make_film(), make_film()]
        keys = {"action": "delete_selected", "_selected_action": [str(film.pk) for film in films]}
        address = "/admin/reviews/film/"
        page = mine.post(address, keys)
        save(theirs, films[0], title="Theirs")
        page = mine.post(address, fields_of(page) | keys)
        assert "Somebody has changed some of them since you opened this page." in text_of(page)
        assert Film.objects.count() == 2
        words = text_of(mine.post(address, fields_of(page) | keys, follow=True))
        assert "2 films are deleted." in words
        assert not Film.objects.exists()

    def test_of_several_says_so_if_one_was_deleted(self, mine: Client, theirs: Client) -> None:
        films = [make_film(), make_film()]
        keys = {"action": "delete_selected", "_selected_action": [str(film.pk) for film in films]}
        page = mine.post("/admin/reviews/film/", keys)
        Film.objects.filter(pk=films[0].pk).delete()
        page = mine.post("/admin/reviews/film/", fields_of(page) | keys)
        assert "Nothing is deleted yet." in text_of(page)
        assert Film.objects.count() == 1


class TestAPassword:
    def typed(self, client: Client, account: User, password: str) -> dict[str, Any]:
        address = f"/admin/auth/user/{account.pk}/password/"
        return fields_of(client.get(address)) | {
            "password1": password,
            "password2": password,
            "usable_password": "true",
        }

    def test_set_by_somebody_else_is_not_overwritten_silently(self, mine: Client, theirs: Client) -> None:
        account = make_account("Editor")
        address = f"/admin/auth/user/{account.pk}/password/"
        ours = self.typed(mine, account, "what-pauline-typed")
        assert theirs.post(address, self.typed(theirs, account, "what-ruth-typed")).status_code == 302
        page = mine.post(address, ours)
        assert "Somebody has set another password since you opened this page." in text_of(page)
        assert User.objects.get(pk=account.pk).check_password("what-ruth-typed")
        again = fields_of(page) | {"password1": "what-pauline-typed", "password2": "what-pauline-typed"}
        assert mine.post(address, again | {"usable_password": "true"}).status_code == 302
        assert User.objects.get(pk=account.pk).check_password("what-pauline-typed")

    def test_outlives_an_older_form_of_the_account(self, mine: Client, theirs: Client) -> None:
        account = make_account("Editor")
        fields = opened(mine, account)
        theirs.post(
            f"/admin/auth/user/{account.pk}/password/", self.typed(theirs, account, "what-ruth-typed")
        )
        assert post(mine, account, fields | {"first_name": "Mine"}).status_code == 302
        account.refresh_from_db()
        assert account.first_name == "Mine"
        assert account.check_password("what-ruth-typed")

    def test_is_not_in_the_page_as_anything_else_than_django_shows(self, mine: Client) -> None:
        account = make_account("Editor", password="what-nobody-knows")
        digest = account.password.rpartition("$")[2]
        for address in (url("change", account), f"/admin/auth/user/{account.pk}/password/"):
            assert digest not in mine.get(address).content.decode()

    def test_change_does_not_undo_another_change_of_the_account(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = signed_in("Editor", password="what-i-have-now")
        account = User.objects.get(password__gt="", username__startswith="editor-")
        address = "/admin/password_change/"
        typed = {
            "old_password": "what-i-have-now",
            "new_password1": "what-i-want-now",
            "new_password2": "what-i-want-now",
        }
        monkeypatch.setattr(DeskAdminSite, "has_permission", lambda site, request: _written(request, account))
        assert client.post(address, typed).status_code == 302
        assert User.objects.get(pk=account.pk).first_name == "Written by another"


def _written(request: Any, account: User) -> bool:
    """Grants the permission, and lets another user write to the account once it is read."""
    allowed = bool(request.user.is_active)
    User.objects.filter(pk=account.pk).update(first_name="Written by another")
    return allowed
