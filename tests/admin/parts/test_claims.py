"""Two saves of one noun: the later one is detected, nothing typed is lost, and both can be merged."""

import json
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError
from django.test import Client

from reviews.admin.nouns.film import FilmAdmin, FilmForm
from reviews.admin.parts.saving.claiming import ClaimingMixin
from reviews.admin.review.saving.form import SavingMixin
from reviews.models import Critic
from reviews.seeding.factories import (
    make_account,
    make_critic,
    make_film,
)
from tests.admin.pages import account_of, errors_of, fields_of, save, signed_in, text_of
from tests.admin.parts.claimed import NOUNS, answered, opened, post, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def line_for(noun: str, field: str, number: int) -> str:
    """A valid value of a field, different each time."""
    if field == "path":
        return f"/films/old-{number}/"
    return f"line-{number}"


def test_every_form_of_the_desk_knows_what_it_was_read_from() -> None:
    for model, desk in admin.site._registry.items():
        if "has_change_permission" in vars(type(desk)) and type(desk).__name__ in ("EditionAdmin",):
            continue
        assert isinstance(desk, ClaimingMixin), model
        assert desk.claims_its_form or isinstance(desk, SavingMixin), model


@pytest.mark.parametrize("name", NOUNS)
class TestTwoSavesOfOneNoun:
    def test_of_the_same_field_ask_which_value_to_keep(self, name: str, mine: Client, theirs: Client) -> None:
        noun = NOUNS[name].make()
        field = NOUNS[name].field
        hers, ours = line_for(name, field, 1), line_for(name, field, 2)
        fields = opened(mine, noun)
        assert save(theirs, noun, **{field: hers}).status_code == 302
        page = post(mine, noun, fields | {field: ours})
        assert getattr(saved(noun), field) == hers
        words = text_of(page)
        assert "Ruth saved it on" in words
        assert {hers, ours} <= set(words.split())
        assert "Choose one of the texts" in text_of(post(mine, noun, fields_of(page)))
        assert answered(mine, noun, page).status_code == 302
        assert getattr(saved(noun), field) == ours

    def test_of_different_fields_are_merged(self, name: str, mine: Client, theirs: Client) -> None:
        noun, field, other = NOUNS[name].make(), NOUNS[name].field, NOUNS[name].other
        before, hers = getattr(noun, other), line_for(name, field, 1)
        fields = opened(mine, noun)
        save(theirs, noun, **{field: hers})
        if name == "role":
            ours: Any = [str(Permission.objects.get(codename="change_film").pk)]
        else:
            ours = str(make_film().uid) if other == "target_uid" else "line-3"
        page = post(mine, noun, fields | {other: ours})
        assert "You changed different things" in text_of(page)
        assert getattr(saved(noun), field) == hers
        if name != "role":
            assert getattr(saved(noun), other) == before
        assert answered(mine, noun, page).status_code == 302
        assert getattr(saved(noun), field) == hers
        held = (
            saved(noun).permissions.values_list("pk", flat=True)
            if name == "role"
            else [getattr(saved(noun), other)]
        )
        assert [str(each) for each in held] == ([ours] if isinstance(ours, str) else ours)

    def test_say_so_if_the_second_changed_nothing(self, name: str, mine: Client, theirs: Client) -> None:
        noun, field = NOUNS[name].make(), NOUNS[name].field
        fields = opened(mine, noun)
        save(theirs, noun, **{field: line_for(name, field, 1)})
        assert "you had changed nothing else" in text_of(post(mine, noun, fields, follow=True))
        assert getattr(saved(noun), field) == line_for(name, field, 1)

    def test_notice_a_change_made_outside_the_desk(self, name: str, mine: Client, theirs: Client) -> None:
        noun, field = NOUNS[name].make(), NOUNS[name].field
        fields = opened(mine, noun)
        type(noun)._default_manager.filter(pk=noun.pk).update(**{field: "/by/hand/"})
        page = post(mine, noun, fields | {field: line_for(name, field, 1)})
        assert "Somebody has changed it since you opened it." in text_of(page)
        assert getattr(saved(noun), field) == "/by/hand/"

    def test_save_nothing_without_the_state_that_the_form_was_made_from(
        self, name: str, mine: Client, theirs: Client
    ) -> None:
        noun, field = NOUNS[name].make(), NOUNS[name].field
        fields = opened(mine, noun)
        before = getattr(noun, field)
        shapeless = [f" {json.dumps([dict.fromkeys(fields, parts), {}])}" for parts in ([], [1, 2], 3)]
        for forged in ("", "x", " {", " [1, 2]", " [[], {}]", " " + "[" * 100_000, *shapeless):
            page = post(mine, noun, fields | {"_read": forged, field: line_for(name, field, 1)})
            assert page.status_code == 200, forged[:9]
            assert getattr(saved(noun), field) == before

    def test_by_one_user_in_a_row_do_not_conflict(self, name: str, mine: Client, theirs: Client) -> None:
        noun, field = NOUNS[name].make(), NOUNS[name].field
        for number in (1, 2):
            assert save(mine, noun, **{field: line_for(name, field, number)}).status_code == 302
        assert getattr(saved(noun), field) == line_for(name, field, 2)


class TestTypedText:
    def test_is_kept_if_it_is_not_valid(self, mine: Client, theirs: Client) -> None:
        film = make_film()
        fields = opened(mine, film)
        save(theirs, film, title="Theirs")
        page = answered(
            mine, film, post(mine, film, fields | {"runtime_minutes": "long", "synopsis": "Mine."})
        )
        assert list(errors_of(page)) == ["runtime_minutes"]
        again = fields_of(page)
        assert (again["title"], again["runtime_minutes"], again["synopsis"]) == ("Theirs", "long", "Mine.")
        assert post(mine, film, again | {"runtime_minutes": "90"}).status_code == 302
        assert (saved(film).title, saved(film).runtime_minutes) == ("Theirs", 90)

    def test_in_a_long_text_is_merged_word_by_word(self, mine: Client, theirs: Client) -> None:
        film = make_film(synopsis="One two three.\n\nFour five six.")
        fields = opened(mine, film)
        save(theirs, film, synopsis="One TWO three.\n\nFour five six.")
        page = post(mine, film, fields | {"synopsis": "One two three.\r\n\r\nFour FIVE six."})
        assert answered(mine, film, page).status_code == 302
        assert saved(film).synopsis == "One TWO three.\n\nFour FIVE six."

    def test_is_asked_about_again_if_somebody_saves_before_the_answer(
        self, mine: Client, theirs: Client
    ) -> None:
        film = make_film()
        fields = opened(mine, film)
        save(theirs, film, title="Theirs")
        page = post(mine, film, fields | {"title": "Mine"})
        chosen = fields_of(page) | {"choose-title-0": "mine"}
        save(theirs, film, title="Theirs, again")
        page = post(mine, film, chosen)
        assert "Theirs, again" in text_of(page)
        assert "choose-title-0" not in fields_of(page), "An answer is given to what was read."
        assert answered(mine, film, page, "theirs").status_code == 302
        assert saved(film).title == "Theirs, again"

    def test_in_a_popup_stays_in_the_popup(self, mine: Client, theirs: Client) -> None:
        film = make_film()
        fields = opened(mine, film) | {"_popup": "1"}
        save(theirs, film, title="Theirs")
        page = post(mine, film, fields | {"synopsis": "Mine."})
        assert fields_of(page)["_popup"] == "1"
        answer = answered(mine, film, page)
        assert "popup_response" in answer.content.decode()
        assert (saved(film).title, saved(film).synopsis) == ("Theirs", "Mine.")

    def test_in_a_read_only_field_changes_nothing(self, theirs: Client) -> None:
        critic, client = make_critic(user=make_account("Critic")), signed_in("Publisher")
        Group.objects.get(name="Publisher").permissions.remove(Permission.objects.get(codename="view_user"))
        fields = opened(client, critic)
        assert "user" not in fields
        Group.objects.get(name="Publisher").permissions.add(Permission.objects.get(codename="view_user"))
        page = post(client, critic, fields | {"affiliation": "Elsewhere"})
        assert answered(client, critic, page).status_code == 302
        assert account_of(Critic.objects.get(pk=critic.pk)) == account_of(critic)

    def test_by_two_who_add_the_same_at_once_is_an_error_at_the_field(
        self, mine: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = "/admin/reviews/film/add/"

        def late(desk: Any, request: Any, obj: Any, *rest: Any) -> None:
            # As if the other save was committed after this form checked the address.
            is_taken.append(obj.slug)
            raise IntegrityError

        is_taken: list[str] = []
        validate = FilmForm.clean

        def clean(form: Any) -> Any:
            cleaned = validate(form)
            if is_taken and cleaned and cleaned["slug"] == is_taken[0]:
                form.add_error("slug", "Another film has this address.")
            return cleaned

        monkeypatch.setattr(FilmAdmin, "save_model", late)
        monkeypatch.setattr(FilmForm, "clean", clean)
        page = mine.post(address, fields_of(mine.get(address)) | {"title": "Mine"})
        assert errors_of(page) == {"slug": ["Another film has this address."]}
        assert fields_of(page)["title"] == "Mine"
