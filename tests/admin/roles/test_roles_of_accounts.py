"""Accounts cannot extend their own permissions, and lose them with their role, byline or account."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from reviews.models import Aspect, Critic, Review
from reviews.seeding.factories import make_account, make_film, make_judgement
from tests.admin.pages import fields_of, signed_in, url
from tests.admin.roles.role_changes import unchanged
from tests.admin.roles.role_walk import address
from tests.admin.roles.role_world import OTHER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(scope="module")
def made(kept: None) -> World:
    return World()


@pytest.fixture
def world(made: World) -> World:
    return made.again()


class TestOnesOffice:
    @pytest.mark.parametrize("visitor", ["Critic", "Editor"])
    def test_is_not_lifted_by_ones_own_hand(self, world: World, visitor: str) -> None:
        client, account = world.clients[visitor], world.account(visitor)
        publisher = Group.objects.get(name="Publisher")
        path = address(User, "change", account)
        posted = fields_of(world.superuser.get(path)) | {"groups": [str(publisher.pk)], "is_superuser": "on"}
        assert unchanged(client, path, posted).status_code == 403
        role = Group.objects.get(name=visitor)
        path = address(Group, "change", role)
        everything = [str(each.pk) for each in Permission.objects.all()]
        posted = fields_of(world.superuser.get(path)) | {"permissions": everything}
        assert unchanged(client, path, posted).status_code == 403

    def test_of_a_publisher_does_not_reach_a_superusers(self, world: World) -> None:
        superuser = User.objects.get(is_superuser=True)
        client = world.clients["Publisher"]
        for route in ("change", "delete", "password_change"):
            path = address(User, route, superuser)
            posted = fields_of(world.superuser.get(path)) | {"is_superuser": "", "post": "yes"}
            posted |= {"password1": "a new pass phrase", "password2": "a new pass phrase"}
            assert unchanged(client, path, posted).status_code == 403

    def test_of_an_editor_is_not_taken_for_that_of_a_byline(self, world: World) -> None:
        """Connecting an account with a byline gives it that critic's copy."""
        client, account = world.clients["Editor"], world.account("Editor")
        path = address(Critic, "change", world.bylines[OTHER])
        posted = fields_of(world.superuser.get(path)) | {"user": str(account.pk)}
        assert unchanged(client, path, posted).status_code == 403

    def test_goes_with_the_account(self, world: World) -> None:
        account = world.account("Publisher")
        User.objects.filter(pk=account.pk).update(is_active=False)
        unchanged(world.clients["Publisher"], address(User, "add", None), {"username": "x"})
        assert world.clients["Publisher"].get("/admin/").status_code == 302

    def test_goes_with_the_role(self, world: World) -> None:
        world.account("Editor").groups.clear()
        client, review = world.clients["Editor"], world.review(OTHER, "draft")
        assert client.get(url("change", review)).status_code in (302, 403)
        unchanged(client, url("publish", review), {"stated": "x"})


def test_a_critic_whose_byline_goes_to_somebody_else_reads_that_copy_no_more(world: World) -> None:
    review = world.review("Critic", "draft")
    make_judgement(review, aspect=world.of[Aspect])
    Critic.objects.filter(pk=review.critic.pk).update(user=make_account("Critic"))
    client = world.clients["Critic"]
    for route in ("change", "history", "preview", "submit"):
        assert client.get(address(Review, route, review)).headers["Location"] == "/admin/"
    assert make_film().pk
    assert signed_in("Editor").get(address(Review, "change", review)).status_code == 200
