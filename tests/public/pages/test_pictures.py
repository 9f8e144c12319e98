"""The addresses of pictures: who is given a file, and that nothing tells why somebody is not."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from reviews import clock
from reviews.audit.counting import counted
from reviews.models import Edition, EditionPicture, Film, Picture, PublicState
from reviews.models.public import state
from reviews.pictures import storage
from reviews.pictures.turns import BusyError
from reviews.public import page_cache
from reviews.public.page_cache.keeping import KEEPER
from reviews.public.pages import pictures
from reviews.seeding.factories import (
    MOMENT,
    make_credit,
    make_edition,
    make_film,
    make_outlet,
    make_person,
    make_picture,
)
from tests.pictures.shelf import MASTER, kept_picture, one_of, path_of, shelf, words_of

__all__ = ["shelf"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "shelf")]

HOUR = dt.timedelta(hours=1)
NOBODYS = "A" * 22


@pytest.fixture
def poster(now: object, shelf: object) -> Picture:
    """That of a public film."""
    PublicState.objects.ensure()
    make_outlet()
    picture = kept_picture(name="poster")
    make_edition(film=make_film(poster=picture), at=MOMENT - HOUR)
    return picture


def get(path: str, **headers: str) -> Any:
    return Client(raise_request_exception=False).get(path, headers=headers)


def told(response: Any) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.content, {**response.headers, "X-Request-ID": ""}


def without_a_film() -> Picture:
    return kept_picture()


def of_a_hidden_film() -> Picture:
    picture = kept_picture()
    make_edition(film=make_film(poster=picture), at=MOMENT + HOUR)
    return picture


def under_embargo() -> Picture:
    picture = kept_picture(embargo_until=MOMENT + HOUR)
    make_edition(film=make_film(poster=picture), at=MOMENT - HOUR)
    return picture


def without_rights() -> Picture:
    picture = kept_picture(rights_until=MOMENT)
    make_edition(film=make_film(still=picture), at=MOMENT - HOUR)
    return picture


HIDDEN = (without_a_film, of_a_hidden_film, under_embargo, without_rights)


class TestWhatIsPublic:
    @pytest.mark.parametrize(
        ("of_format", "media_type"), [("AVIF", "image/avif"), ("WEBP", "image/webp"), ("JPEG", "image/jpeg")]
    )
    def test_is_given_as_what_it_is(self, of_format: str, media_type: str, poster: Picture) -> None:
        response = get(path_of(poster.file, of_format))
        assert (response.status_code, response.headers["Content-Type"]) == (200, media_type)
        assert response.content == words_of(one_of(poster.file, of_format))
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    def test_may_be_kept_for_a_day_and_by_shared_caches_to_the_next_minute(self, poster: Picture) -> None:
        with clock.frozen_at(MOMENT + dt.timedelta(seconds=18)):
            said = get(path_of(poster.file)).headers["Cache-Control"]
        assert said == "public, max-age=86400, s-maxage=42"

    def test_is_not_sent_again_to_whoever_has_it(self, poster: Picture) -> None:
        path = path_of(poster.file)
        etag = get(path).headers["ETag"]
        again = get(path, **{"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert get(path, **{"If-None-Match": '"another"'}).status_code == 200

    def test_is_looked_up_before_anything_is_said_to_whoever_has_it(self, poster: Picture) -> None:
        path = path_of(poster.file)
        etag = get(path).headers["ETag"]
        Picture.objects.update(rights_until=MOMENT)
        assert get(path, **{"If-None-Match": etag}).status_code == 404

    def test_has_a_head(self, poster: Picture) -> None:
        path = path_of(poster.file)
        head = Client().head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert told(head)[2] == told(get(path))[2]

    def test_is_given_whole_whatever_part_is_asked_for(self, poster: Picture) -> None:
        response = get(path_of(poster.file), Range="bytes=0-3")
        assert (response.status_code, response.content) == (200, words_of(one_of(poster.file)))

    @pytest.mark.parametrize("model", ["pinned", "still", "portrait", "person"])
    def test_is_what_any_public_page_shows(self, model: str, poster: Picture) -> None:
        picture = kept_picture()
        edition = Edition.objects.get()
        assert get(path_of(picture.file)).status_code == 404
        if model == "pinned":
            EditionPicture.objects.create(edition=edition, picture=picture, file=picture.file)
        elif model == "still":
            edition.film.still = picture
            edition.film.save()
        elif model == "portrait":
            edition.critic.portrait = picture
            edition.critic.save()
        else:
            make_credit(film=edition.film, person=make_person(portrait=picture))
        assert get(path_of(picture.file)).status_code == 200


class TestWhatIsNot:
    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_is_as_if_it_had_never_been(self, hidden: Callable[[], Picture], poster: Picture) -> None:
        path = path_of(hidden().file)
        with counted() as never:
            nobodys = get(path.replace(path.split("/")[2], NOBODYS))
        with counted() as asked:
            response = get(path)
        assert told(response) == told(nobodys)
        assert (asked.queries, never.queries) == (1, 1)

    def test_is_any_other_address_of_a_public_picture(self, poster: Picture) -> None:
        path = path_of(poster.file)
        uid = poster.file.uid.hex
        folder = path.rpartition("/")[0]
        nobodys = told(get(f"/pictures/{NOBODYS}/{path.rpartition('/')[2]}"))
        assert nobodys[:2] == (404, b"Nothing to see at this address.\n")
        others = (
            path.replace(".jpg", ".avif"),
            path.replace(".jpg", ".JPG"),
            path.replace(".jpg", ""),
            path.replace(".jpg", ".jpg.jpg"),
            f"{path}/",
            f"{folder}/0000000000000000.jpg",
            f"{folder}/{uid}.jpg",
            f"{folder}/.partial-x",
            f"{folder}/",
            folder,
            "/pictures/",
            "/pictures/x",
            f"/pictures/masters/{uid[:2]}/{uid}.jpg",
            f"/pictures/{folder.rpartition('/')[2]}/../../masters/{uid[:2]}/{uid}.jpg",
            f"/pictures/{storage.rendition_name(poster.file, one_of(poster.file).digest, 'JPEG')}",
            "/pictures/%2e%2e/%2e%2e/etc/passwd",
            "/pictures/a%0Ab",
        )
        for each in others:
            with counted() as asked:
                response = get(each)
            assert told(response) == nobodys, each
            assert MASTER not in response.content
            assert asked.queries <= 1

    def test_is_nothing_of_a_version_that_was_replaced(self, poster: Picture) -> None:
        old, new = poster.file, kept_picture().file
        poster.file = new
        poster.save()
        assert (get(path_of(old)).status_code, get(path_of(new)).status_code) == (404, 200)

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    def test_is_nothing_that_is_written(self, method: str, poster: Picture) -> None:
        answers = []
        for path in (path_of(poster.file), f"/pictures/{NOBODYS}/{'0' * 16}.jpg", "/pictures/x"):
            with counted() as asked:
                answers.append(told(getattr(Client(), method)(path)))
            assert asked.queries == 0
        assert answers == [answers[0]] * 3
        assert (answers[0][0], answers[0][2]["Allow"]) == (405, "GET, HEAD")

    def test_is_never_html(self, poster: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pictures, "made", busy)
        asked = [
            get(path_of(poster.file)),
            get("/pictures/"),
            get("/pictures/x"),
            Client().post("/pictures/x"),
        ]
        assert {each.status_code for each in asked} == {503, 404, 405}
        assert {each.headers["Content-Type"] for each in asked} == {"text/plain; charset=utf-8"}


def busy(*asked: Any) -> bytes:
    raise BusyError


def full(*asked: Any) -> bytes:
    raise OSError(28, "No space left on device")


class TestWhatCannotBeHad:
    @pytest.mark.parametrize("happens", [busy, full])
    def test_now_is_to_be_asked_for_again(
        self, happens: Callable[..., bytes], poster: Picture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pictures, "made", happens)
        response = get(path_of(poster.file))
        assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
        assert response.headers["Cache-Control"] == "no-store"

    def test_because_its_file_is_gone_is_nothing(self, poster: Picture) -> None:
        picture = make_picture()
        Film.objects.update(poster=picture)
        assert get(path_of(picture.file)).content == get("/pictures/x").content


class TestWhatIsRemembered:
    def queries(self, path: str, status: int) -> int:
        with counted() as asked:
            assert get(path).status_code == status
        return asked.queries

    @pytest.fixture(autouse=True)
    def known(self, poster: Picture, pages_are_kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
        """The row of public state is read once, and known for as long as the test takes."""
        monkeypatch.setattr(state, "KNOWN_FOR", 1000)
        page_cache.forget()
        get("/robots.txt")

    def test_costs_no_query(self, poster: Picture) -> None:
        path = path_of(poster.file)
        assert [self.queries(path, 200) for _ in range(3)] == [1, 0, 0]
        assert self.queries(path_of(poster.file, "AVIF"), 200) == 0

    def test_is_nothing_of_what_is_not_public(self, poster: Picture) -> None:
        paths = [path_of(under_embargo().file), f"/pictures/{NOBODYS}/{'0' * 16}.jpg"]
        page_cache.forget()
        get("/robots.txt")
        assert [self.queries(path, 404) for path in paths * 2] == [1, 1, 1, 1]
        assert len(KEEPER.pictures) == 0

    def test_is_not_more_than_so_many(self, poster: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(KEEPER.pictures, "_most", 2)
        film, others = Film.objects.get(), [kept_picture() for _ in range(3)]
        for each in others:
            make_edition(film=make_film(still=each), at=MOMENT - HOUR)
        film.save()
        page_cache.forget()
        for each in (poster, *others):
            assert get(path_of(each.file)).status_code == 200
        assert len(KEEPER.pictures) == 2

    def test_is_forgotten_at_the_moment_at_which_its_rights_end(self, poster: Picture) -> None:
        poster.rights_until = MOMENT + HOUR
        poster.save()
        page_cache.forget()
        instant = dt.timedelta(microseconds=1)
        for at, status in ((MOMENT, 200), (MOMENT + HOUR - instant, 200), (MOMENT + HOUR, 404)):
            with clock.frozen_at(at):
                assert get(path_of(poster.file)).status_code == status, at

    def test_is_not_used_to_read_the_site_as_of_another_moment(self, poster: Picture) -> None:
        path = path_of(poster.file)
        assert get(path).status_code == 200
        with clock.reading_at(MOMENT - 2 * HOUR):
            assert get(path).status_code == 404
        assert self.queries(path, 200) == 0

    def test_is_nothing_where_no_page_is_kept(self, poster: Picture, settings: Any) -> None:
        settings.PAGE_CACHE = False
        assert [self.queries(path_of(poster.file), 200) for _ in range(2)] == [1, 1]
