"""Pictures in a bucket: the site asks with its signature, and nobody else is given anything."""

import datetime as dt
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from reviews import clock
from reviews.models import Picture
from reviews.pictures import storage
from reviews.seeding.factories import MOMENT, make_edition, make_film, make_outlet
from reviewsite import pictures
from reviewsite.pictures import pictures_storage
from tests.pictures.bucket import BUCKET, KEY, SECRET, Bucket, bucket
from tests.pictures.shelf import MASTER, kept_picture, one_of, path_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

HOUR, SECOND = dt.timedelta(hours=1), dt.timedelta(seconds=1)
FOLDER = Path("/nowhere")


@pytest.fixture
def shop(settings: Any, tmp_path: Path) -> Iterator[Bucket]:
    """The bucket that the site is configured for."""
    with bucket() as kept:
        settings.STORAGES = settings.STORAGES | {
            storage.ALIAS: pictures_storage({"PICTURES_URL": kept.url}, FOLDER)
        }
        settings.VAR_DIR = tmp_path
        yield kept


@pytest.fixture
def poster(shop: Bucket) -> Picture:
    make_outlet()
    picture = kept_picture(embargo_until=MOMENT, rights_until=MOMENT + HOUR)
    make_edition(film=make_film(poster=picture), at=MOMENT - HOUR)
    shop.asked.clear()
    return picture


def fetched(address: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


class TestTheSite:
    def test_streams_what_is_public_under_its_own_address(self, poster: Picture, shop: Bucket) -> None:
        response = Client().get(path_of(poster.file))
        assert (response.status_code, response.content) == (200, words_of(one_of(poster.file)))
        assert shop.asked == [
            ("GET", storage.rendition_name(poster.file, one_of(poster.file).digest, "JPEG"), 200)
        ]
        told = f"{response.headers} {Client().get('/').content.decode()}"
        assert not any(each in told for each in (urlsplit(shop.address).netloc, KEY, "amz", "X-Amz"))

    def test_asks_for_nothing_that_is_not(self, poster: Picture, shop: Bucket) -> None:
        hidden = kept_picture()
        shop.asked.clear()
        for at in (MOMENT - SECOND, MOMENT + HOUR, MOMENT + HOUR + SECOND):
            with clock.frozen_at(at):
                assert Client().get(path_of(poster.file)).status_code == 404, at
        assert Client().get(path_of(hidden.file)).status_code == 404
        assert shop.asked == []
        with clock.frozen_at(MOMENT + HOUR - SECOND):
            assert Client().get(path_of(poster.file)).status_code == 200

    def test_answers_later_while_the_bucket_is_away(self, poster: Picture, shop: Bucket) -> None:
        shop.is_away = True
        response = Client().get(path_of(poster.file))
        assert (response.status_code, response.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")

    def test_keeps_finds_and_removes_files(self, poster: Picture, shop: Bucket) -> None:
        name = storage.master_name(poster.file)
        assert shop.files[name] == storage.find(name) == MASTER
        assert storage.find("masters/none.jpg") is None
        storage.remove(poster.file)
        assert shop.files == {}


class TestTheBucket:
    """Otherwise these tests would prove nothing."""

    def signed(self, poster: Picture) -> str:
        rendition = one_of(poster.file)
        return str(storage.storage().url(storage.rendition_name(poster.file, rendition.digest, "JPEG")))

    def test_gives_to_whoever_has_an_address_that_is_signed_for_a_minute(self, poster: Picture) -> None:
        address = self.signed(poster)
        assert fetched(address) == (200, words_of(one_of(poster.file)))
        assert f"X-Amz-Expires={pictures.SIGNED_FOR}" in address
        assert pictures.SIGNED_FOR <= 60

    def test_refuses_a_wrong_signature(self, poster: Picture) -> None:
        address = self.signed(poster)
        last = "0" if address[-1] != "0" else "1"
        for wrong in (
            address[:-1] + last,
            address.replace(f"/{BUCKET}/renditions/", f"/{BUCKET}/masters/"),
            address.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"),
            address.partition("?")[0],
        ):
            status, said = fetched(wrong)
            assert (status, MASTER in said) == (403, False), wrong

    def test_refuses_an_expired_one(self, poster: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(storage.storage(), "querystring_expire", 0)
        address = self.signed(poster)
        time.sleep(1.1)
        assert fetched(address)[0] == 403

    def test_refuses_another_key(self, poster: Picture, shop: Bucket, settings: Any) -> None:
        for wrong in (shop.url.replace(KEY, "other"), shop.url.replace("s3cr", "xxxx")):
            settings.STORAGES = settings.STORAGES | {
                storage.ALIAS: pictures_storage({"PICTURES_URL": wrong}, FOLDER)
            }
            assert Client().get(path_of(poster.file)).status_code == 503
        assert {status for _method, _name, status in shop.asked} == {403}


class TestTheVariable:
    def test_names_a_bucket(self) -> None:
        found = pictures_storage(
            {"PICTURES_URL": "s3://a%40b:c%2Fd@s3.example:9000/stills?region=eu-west-3"}, FOLDER
        )
        assert found["OPTIONS"] == {
            "access_key": "a@b",
            "secret_key": "c/d",
            "bucket_name": "stills",
            "endpoint_url": "https://s3.example:9000",
            "region_name": "eu-west-3",
            "querystring_expire": 60,
        }

    def test_is_a_folder_without_it(self) -> None:
        assert pictures_storage({}, FOLDER)["OPTIONS"] == {
            "location": FOLDER,
            "is_for_group": False,
        }

    @pytest.mark.parametrize(
        "wrong",
        [
            "https://key:hush@host/bucket",
            "s3://host/bucket",
            "s3://key@host/bucket",
            "s3://key:hush@host",
            "s3://key:hush@host/a/b",
            "s3://key:hush@host/Bucket",
            "s3://key:hush@host:port/bucket",
            "s3://key:hush@/bucket",
            "s3://key:hush@host/bucket?zone=1",
            "s3://key:hu/sh@host/bucket",
            "s3://key:hush@host/bucket#x",
        ],
    )
    def test_that_cannot_be_right_says_what_to_write_and_no_secret(self, wrong: str) -> None:
        with pytest.raises(ImproperlyConfigured) as error:
            pictures_storage({"PICTURES_URL": wrong}, FOLDER)
        assert "s3://key:secret@host/bucket" in str(error.value)
        assert "hush" not in str(error.value)

    def test_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pictures, "find_spec", lambda name: None)
        with pytest.raises(ImproperlyConfigured, match=r"requirements-s3\.txt"):
            pictures_storage({"PICTURES_URL": "s3://key:secret@host/bucket"}, FOLDER)

    def test_secret_is_read_as_it_was_written(self) -> None:
        kept = Bucket(address="http://127.0.0.1:1")
        assert pictures_storage({"PICTURES_URL": kept.url}, FOLDER)["OPTIONS"]["secret_key"] == SECRET
