"""Renditions made ahead of readers: after a commit, by a thread that nobody waits for."""

import threading
from typing import Any

import pytest

from reviews.imaging import process
from reviews.imaging.shapes import POSTER
from reviews.models import Film
from reviews.pictures import ahead, making, storage
from reviews.pictures.ahead import AHEAD, Ahead
from reviews.pictures.ladder import in_frame
from reviews.seeding.factories import make_edition, make_film, make_picture
from tests.pictures.shelf import kept_picture, shelf

__all__ = ["shelf"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shelf")]


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[int]:
    """How many renditions each process was asked for; none makes a picture."""
    batches: list[int] = []

    def render(kept: bytes, recipes: Any) -> list[bytes]:
        batches.append(len(recipes))
        return [b"made"] * len(recipes)

    monkeypatch.setattr(process, "render", render)
    monkeypatch.setattr(ahead, "WAIT", 0)
    settings.PICTURES_AHEAD = True
    return batches


def ended() -> None:
    for thread in threading.enumerate():
        if thread.name == "renditions-ahead":
            thread.join(20)


def test_a_poster_that_is_given_to_a_public_film_has_all_its_renditions_soon(asked: list[int]) -> None:
    film = make_film()
    make_edition(film=film)
    ended()
    asked.clear()
    film.poster = kept_picture()
    film.save()
    ended()
    assert sum(asked) > 0
    for name in ("AVIF", "WEBP", "JPEG"):
        for each in in_frame(film.poster.file, POSTER, name):
            kept = storage.rendition_name(film.poster.file, each.digest, name)
            assert storage.find(kept) is not None


def test_nobody_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    going_on = threading.Event()
    monkeypatch.setattr(Ahead, "make", lambda self: going_on.wait(20))
    edition = make_edition()
    Film.objects.get(pk=edition.film_id).save()
    assert sum(thread.name == "renditions-ahead" for thread in threading.enumerate()) == 1
    going_on.set()
    ended()


def test_what_was_looked_at_is_looked_at_no_more(
    asked: list[int], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.PICTURES_AHEAD = False
    make_film(poster=kept_picture(), still=make_picture())
    one = Ahead()
    assert one.make() == sum(asked) > 0
    asked.clear()
    monkeypatch.setattr(ahead, "make", None)
    assert (one.make(), asked) == (0, [])


def test_a_failure_is_no_ones(monkeypatch: pytest.MonkeyPatch, asked: list[int]) -> None:
    def fail(*given: Any) -> int:
        raise OSError(28, "No space left on device")

    make_film(poster=kept_picture())
    monkeypatch.setattr(ahead, "make", fail)
    AHEAD.look()
    ended()
    monkeypatch.setattr(ahead, "make", making.make)
    AHEAD.look()
    ended()
    assert sum(asked) > 0


def test_is_not_done_where_it_is_switched_off(settings: Any, asked: list[int]) -> None:
    settings.PICTURES_AHEAD = False
    make_edition(film=make_film(poster=kept_picture()))
    ended()
    assert asked == []
