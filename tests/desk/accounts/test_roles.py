"""The three groups: made by migrating, granted each permission once."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from reviews.desk import permissions
from reviews.desk.accounts import roles
from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import Verb
from reviews.models import FoundingRole
from reviews.seeding.factories import make_account, make_review

pytestmark = pytest.mark.django_db

ROLES = ["Critic", "Editor", "Publisher"]


def held_by(role: str) -> set[str]:
    held = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")
    return {f"{label}.{codename}" for label, codename in held}


class TestGroups:
    @pytest.mark.parametrize("role", ROLES)
    def test_migrating_creates_them_with_the_permissions_of_the_table(self, role: str) -> None:
        assert roles.permissions_of(role)
        assert held_by(role) == roles.permissions_of(role)

    def test_each_may_do_what_the_one_before_may(self) -> None:
        assert held_by("Critic") < held_by("Editor") < held_by("Publisher")

    def test_a_critic_writes_and_does_not_publish(self) -> None:
        user = make_account("Critic")
        assert user.has_perms(["reviews.add_review", "reviews.change_review"])
        assert not user.has_perm("reviews.publish_review")
        assert not user.has_perm("reviews.edit_all_copy")
        assert not user.has_perm("reviews.delete_review")

    def test_an_editor_publishes_and_does_not_agree_embargoes(self) -> None:
        user = make_account("Editor")
        assert user.has_perms(["reviews.publish_review", "reviews.edit_all_copy", "reviews.view_embargo"])
        assert not user.has_perm("reviews.add_embargo")
        assert not user.has_perm("reviews.change_outlet")
        assert not user.has_perm("auth.view_user")
        assert not user.has_perm("reviews.withdraw_review")

    def test_an_editor_adds_critics_and_people_and_removes_neither(self) -> None:
        user = make_account("Editor")
        assert user.has_perms(["reviews.add_critic", "reviews.add_person", "reviews.change_person"])
        for never in ("change_critic", "delete_critic", "delete_person"):
            assert not user.has_perm(f"reviews.{never}")

    def test_a_publisher_agrees_embargoes_and_looks_after_outlet_and_accounts(self) -> None:
        user = make_account("Publisher")
        assert user.has_perms(["reviews.add_embargo", "reviews.change_outlet", "auth.change_user"])
        assert user.has_perms(["reviews.withdraw_review", "reviews.change_critic", "reviews.delete_person"])

    def test_an_account_with_two_roles_may_do_what_either_may(self) -> None:
        user = make_account("Critic")
        user.groups.add(Group.objects.get(name="Editor"))
        review = make_review()
        assert Verb.APPROVE in permissions.available(outlook_of(review), User.objects.get(pk=user.pk))
        assert permissions.may_write(review, User.objects.get(pk=user.pk))

    @pytest.mark.parametrize("role", ROLES)
    def test_nobody_deletes_an_embargo_or_changes_an_edition(self, role: str) -> None:
        never = {"reviews.delete_embargo"} | {
            f"reviews.{verb}_{noun}"
            for verb in ("add", "change", "delete")
            for noun in ("edition", "correction")
        }
        assert not held_by(role) & never


class TestMigratingAgain:
    def test_does_not_give_back_a_permission_that_an_outlet_removed(self) -> None:
        role = Group.objects.get(name="Editor")
        role.permissions.remove(Permission.objects.get(codename="publish_review"))
        roles.ensure_groups()
        roles.ensure_groups()
        assert held_by("Editor") == roles.permissions_of("Editor") - {"reviews.publish_review"}

    def test_removes_no_permission_that_an_outlet_added(self) -> None:
        extra = Permission.objects.get(codename="delete_review")
        Group.objects.get(name="Critic").permissions.add(extra)
        mine = Group.objects.create(name="Photo desk")
        roles.ensure_groups()
        assert "reviews.delete_review" in held_by("Critic")
        assert Group.objects.contains(mine)

    def test_grants_a_releases_new_permission_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        role = Group.objects.get(name="Critic")
        role.permissions.remove(Permission.objects.get(codename="view_person"))
        monkeypatch.setitem(roles.ROLES, "Critic", roles.CRITIC | {"reviews.franchise": ("view",)})
        roles.ensure_groups()
        assert "reviews.view_franchise" in held_by("Critic")
        assert "reviews.view_person" not in held_by("Critic")
        role.permissions.remove(Permission.objects.get(codename="view_franchise"))
        roles.ensure_groups()
        assert "reviews.view_franchise" not in held_by("Critic")

    def test_does_not_make_a_deleted_role_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Group.objects.get(name="Critic").delete()
        monkeypatch.setitem(roles.ROLES, "Critic", roles.CRITIC | {"reviews.franchise": ("view",)})
        roles.ensure_groups()
        assert not Group.objects.filter(name="Critic").exists()

    def test_grants_nothing_to_a_new_role_with_a_deleted_roles_name(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Group.objects.get(name="Critic").delete()
        Group.objects.create(name="Critic")
        monkeypatch.setitem(roles.ROLES, "Critic", roles.CRITIC | {"reviews.franchise": ("view",)})
        roles.ensure_groups()
        assert held_by("Critic") == set()

    def test_a_renamed_role_is_the_same_role(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Group.objects.filter(name="Critic").update(name="Reviewer")
        monkeypatch.setitem(roles.ROLES, "Critic", roles.CRITIC | {"reviews.franchise": ("view",)})
        roles.ensure_groups()
        assert not Group.objects.filter(name="Critic").exists()
        assert held_by("Reviewer") == roles.permissions_of("Critic")

    def test_grants_a_permission_once_it_exists(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(roles.ROLES, "Critic", roles.CRITIC | {"reviews.still": ("view",)})
        roles.ensure_groups()
        assert FoundingRole.objects.get(name="Critic").granted == sorted(held_by("Critic"))
        content_type = ContentType.objects.get(app_label="reviews", model="film")
        Permission.objects.create(codename="view_still", content_type=content_type)
        roles.ensure_groups()
        assert "reviews.view_still" in held_by("Critic")


@pytest.mark.django_db(transaction=True)
def test_a_flush_keeps_the_groups() -> None:
    call_command("flush", verbosity=0, interactive=False)
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert "reviews.publish_review" in held_by("Editor")
