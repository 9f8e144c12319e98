"""Users grant only permissions that they have: what a publisher may do with roles and accounts, their own included."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from reviews.seeding.factories import make_account
from tests.admin.pages import errors_of, fields_of, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> User:
    return make_account("Publisher", username="me")


@pytest.fixture
def client(me: User) -> Client:
    client = Client()
    client.force_login(me)
    return client


def permission(codename: str) -> Permission:
    return Permission.objects.get(codename=codename, content_type__app_label__in=["auth", "reviews"])


def post(client: Client, path: str, **typed: Any) -> Any:
    return client.post(path, fields_of(client.get(path)) | typed)


def with_permission(client: Client, role: Group, *codenames: str) -> Any:
    held = [*role.permissions.values_list("codename", flat=True), *codenames]
    return post(client, url("change", role), permissions=[str(permission(name).pk) for name in held])


class TestARole:
    def test_is_given_what_its_giver_may_do(self, client: Client) -> None:
        role = Group.objects.get(name="Critic")
        assert with_permission(client, role, "publish_review").status_code == 302
        assert role.permissions.filter(codename="publish_review").exists()

    def test_is_not_given_more_and_the_form_says_who_can(self, client: Client) -> None:
        role = Group.objects.get(name="Critic")
        refused = with_permission(client, role, "delete_embargo")
        assert errors_of(refused)["permissions"] == [
            "You can give only permissions that you have, and none to your own role. For others, ask a superuser."
        ]

    def test_of_ones_own_is_narrowed_and_not_widened(self, client: Client, me: User) -> None:
        mine = Group.objects.get(name="Publisher")
        extra = permission("add_correction")
        me.user_permissions.add(extra)
        assert with_permission(client, mine, "add_correction").status_code == 200
        assert not mine.permissions.contains(extra)
        left = [str(each.pk) for each in mine.permissions.exclude(codename="withdraw_review")]
        assert post(client, url("change", mine), permissions=left).status_code == 302
        assert not mine.permissions.filter(codename="withdraw_review").exists()

    def test_that_was_narrowed_is_not_brought_back_by_its_holders(self, client: Client) -> None:
        mine = Group.objects.get(name="Publisher")
        mine.permissions.remove(permission("withdraw_review"))
        assert with_permission(client, mine, "withdraw_review").status_code == 200
        copy = {"name": "Copy", "permissions": [str(permission("withdraw_review").pk)]}
        assert client.post(reverse("admin:auth_group_add"), copy).status_code == 200

    def test_that_allows_more_is_looked_at_only(self, client: Client) -> None:
        board = Group.objects.create(name="Board")
        board.permissions.add(permission("delete_embargo"))
        assert client.get(url("change", board)).status_code == 200
        assert client.post(url("change", board), {"name": "Bored"}).status_code == 403
        assert client.get(url("delete", board)).status_code == 403

    def test_is_given_anything_by_a_superuser(self) -> None:
        role = Group.objects.get(name="Critic")
        assert with_permission(signed_in(""), role, "delete_embargo").status_code == 302


class TestAnAccount:
    def test_is_given_a_role_that_allows_no_more_than_its_giver_may(self, client: Client) -> None:
        account = make_account("Critic")
        names = ("Editor", "Publisher")
        given = [str(Group.objects.get(name=name).pk) for name in names]
        assert post(client, url("change", account), groups=given).status_code == 302
        assert set(account.groups.values_list("name", flat=True)) == set(names)

    def test_is_not_given_one_that_allows_more(self, client: Client) -> None:
        Group.objects.get(name="Editor").permissions.add(permission("delete_embargo"))
        account = make_account("Critic")
        page = client.get(url("change", account))
        assert [str(role) for role in page.context["adminform"].form.fields["groups"].queryset] == [
            "Critic",
            "Publisher",
        ]
        refused = post(client, url("change", account), groups=[str(Group.objects.get(name="Editor").pk)])
        assert errors_of(refused)["groups"] == [
            "You can give others roles that allow no more than yours. For any other role, ask a superuser."
        ]

    def test_of_ones_own_gets_no_other_role(self, client: Client, me: User) -> None:
        both = [str(Group.objects.get(name=name).pk) for name in ("Publisher", "Critic")]
        assert post(client, url("change", me), groups=both).status_code == 200
        assert [str(role) for role in me.groups.all()] == ["Publisher"]
        assert post(client, url("change", me), first_name="Vera").status_code == 302

    def test_that_may_do_more_keeps_its_password_even_while_it_is_closed(self, client: Client) -> None:
        boss = make_account("Publisher", username="boss", is_active=False)
        boss.user_permissions.add(permission("delete_embargo"))
        typed = {
            "password1": "a new pass phrase",
            "password2": "a new pass phrase",
            "usable_password": "true",
        }
        assert client.post(url("password_change", boss), typed).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [str(boss.pk)], "post": "yes"}
        client.post(reverse("admin:auth_user_changelist"), chosen)
        assert User.objects.filter(pk=boss.pk).exists()

    def test_that_is_new_gets_no_role_past_its_form(self, client: Client) -> None:
        board = Group.objects.create(name="Board")
        board.permissions.add(permission("delete_embargo"))
        typed = {
            "username": "new",
            "password1": "a new pass phrase",
            "password2": "a new pass phrase",
            "usable_password": "true",
            "groups": [str(board.pk)],
            "user_permissions": [str(permission("delete_embargo").pk)],
            "is_superuser": "on",
        }
        assert client.post(reverse("admin:auth_user_add"), typed).status_code == 302
        new = User.objects.get(username="new")
        assert not new.is_superuser
        assert not new.groups.exists()
        assert not new.user_permissions.exists()
