"""The desk's own addresses of picture files: for whoever may see the picture, and kept by nothing on the way."""

import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image

from reviews.desk.pictures.intake import take_in, take_version
from reviews.models import Picture
from reviews.pictures import making
from reviews.pictures.turns import Turns
from reviews.seeding.factories import make_account
from tests.admin.pages import signed_in
from tests.imaging.files import encoded, still

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def owner() -> User:
    return make_account("Critic", is_staff=True)


@pytest.fixture
def picture(owner: User) -> Picture:
    data = encoded(still((64, 36)), "JPEG")
    return take_in(data, "still.jpg", by=owner, among=Picture.objects.none()).picture


def address(picture: Picture, number: int = 1, size: str = "thumbnail") -> str:
    return f"/admin/reviews/picture/{picture.pk}/file/{number}/{size}/"


def test_whoever_may_see_it_gets_it(picture: Picture, owner: User) -> None:
    client = Client()
    client.force_login(owner)
    for one in (client, signed_in("Editor")):
        for size in ("thumbnail", "large"):
            response = one.get(address(picture, size=size))
            assert response.content[8:12] == b"WEBP"
            assert {"private", "no-store"} <= {*response.headers["Cache-Control"].split(", ")}
            assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_its_thumbnail_is_that_of_the_newest_version(picture: Picture) -> None:
    editor, path = signed_in("Editor"), f"/admin/reviews/picture/{picture.pk}/thumbnail/"
    assert editor.get(path).content == editor.get(address(picture)).content
    take_version(picture, encoded(still((128, 72)), "PNG"), "2.png", by=None)
    assert editor.get(path).content == editor.get(address(picture, 2)).content
    assert signed_in("Critic", username="another").get(path).status_code == 404


def test_an_earlier_version_stays_there(picture: Picture) -> None:
    take_version(picture, encoded(still((128, 72)), "PNG"), "2.png", by=None)
    editor = signed_in("Editor")
    assert editor.get(address(picture)).content != editor.get(address(picture, 2)).content


def test_nobody_else_tells_it_from_one_that_never_was(picture: Picture) -> None:
    critic = signed_in("Critic", username="another")
    assert critic.get("/admin/reviews/picture/x/thumbnail/").status_code == 404
    never = critic.get("/admin/reviews/picture/123/file/1/thumbnail/")
    there = critic.get(address(picture))
    assert (there.status_code, there.content) == (never.status_code, never.content)
    assert there.status_code == 404
    assert Client().get(address(picture)).status_code == 302


@pytest.mark.parametrize("wrong", [{"number": 2}, {"size": "original"}, {"number": 10**30}])
def test_nothing_else_is_there(picture: Picture, wrong: dict[str, object]) -> None:
    assert signed_in("Editor").get(address(picture, **wrong)).status_code == 404  # type: ignore[arg-type]


def test_while_others_are_made_it_is_one_pixel(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    """No error: the page's script asks for it again."""
    monkeypatch.setattr(making, "_TURNS", Turns("renditions", most_waiting=1, longest_wait=0))
    with making._TURNS.soon():
        response = signed_in("Editor").get(address(picture))
    assert Image.open(io.BytesIO(response.content)).size == (1, 1)
    assert "no-store" in response.headers["Cache-Control"]
