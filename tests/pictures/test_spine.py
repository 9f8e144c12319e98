"""A picture from its upload to a reader, and away again."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reviews import clock
from reviews.desk.pictures.intake import take_in
from reviews.models import Film, Picture
from reviews.seeding.factories import make_edition, make_film, make_outlet
from tests.imaging.files import encoded, still

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = dt.datetime(2025, 6, 6, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "pictures": settings.STORAGES["pictures"] | {"OPTIONS": {"location": tmp_path}}
    }
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_a_poster(client: Client) -> None:
    make_outlet()
    arrival = take_in(
        encoded(still((800, 1200)), "JPEG"), "Ballerina_One-Sheet.jpg", by=None, among=Picture.objects.all()
    )
    film = make_film()
    Film.objects.filter(pk=film.pk).update(poster=arrival.picture)
    page = f"/films/{film.slug}/"
    with clock.reading_at(MOMENT):
        assert client.get(page).status_code == 404
    make_edition(film=film)
    html = client.get(page).content.decode()
    found = re.findall(r"/pictures/[\w-]{22}/[0-9a-f]{16}\.\w+", html)
    assert found
    for path in {path.rpartition(".")[2]: path for path in found}.values():
        response = client.get(path)
        assert response.status_code == 200, path
    arrival.picture.rights_until = clock.now()
    arrival.picture.save()
    assert client.get(found[0]).status_code == 404
    assert "/pictures/" not in client.get(page).content.decode()
