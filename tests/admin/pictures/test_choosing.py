"""Choosing a picture in the form of a film, a critic or a person."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from reviews.seeding.factories import make_account, make_critic, make_film, make_person, make_picture
from tests.admin.pages import errors_of, save, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.mark.parametrize(
    ("make", "column"),
    [(make_film, "poster"), (make_film, "still"), (make_critic, "portrait"), (make_person, "portrait")],
)
def test_it_stands_there_with_a_thumbnail(make: Any, column: str) -> None:
    owner, picture = make(), make_picture()
    publisher = signed_in("Publisher")
    save(publisher, owner, **{column: picture.pk})
    owner.refresh_from_db()
    assert getattr(owner, column) == picture
    page = publisher.get(url("change", owner)).content.decode()
    assert f"/admin/reviews/picture/{picture.pk}/thumbnail/" in page
    assert picture.name in page


def test_nobody_chooses_a_picture_that_they_may_not_see() -> None:
    account = make_account("Critic", is_staff=True)
    account.user_permissions.add(Permission.objects.get(codename="change_film"))
    film, hidden, own = make_film(), make_picture(), make_picture(added_by=account)
    client = Client()
    client.force_login(account)
    assert "poster" in errors_of(save(client, film, poster=hidden.pk))
    save(client, film, poster=own.pk)
    film.refresh_from_db()
    assert film.poster == own
