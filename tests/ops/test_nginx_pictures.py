"""Pictures that the real nginx sends (PICTURES_ACCEL=1): from a folder and from a bucket, to nobody but by our word."""

import http.client
import http.server
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reviews.models import Picture
from reviews.pictures import storage
from reviews.seeding.factories import MOMENT, make_edition, make_film, make_outlet
from reviewsite.pictures import pictures_storage
from tests.bench.lift.proxy import nginx
from tests.pictures.bucket import bucket
from tests.pictures.shelf import kept_picture, one_of, path_of, words_of

pytestmark = [pytest.mark.nightly, pytest.mark.django_db, pytest.mark.usefixtures("now")]

KEPT = "/srv/reviews/var/pictures"
FOLDER = Path("/nowhere")


@contextmanager
def saying(said: dict[str, str]) -> Iterator[str]:
    """A server that answers everything with these headers, as the site would. Yields ``host:port``."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in said.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def ask(address: str, path: str) -> tuple[int, bytes, Any]:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("GET", path, headers={"Cookie": "a=b"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body, response.headers


def shown() -> Picture:
    make_outlet()
    picture = kept_picture()
    make_edition(film=make_film(poster=picture), at=MOMENT)
    return picture


def said_by_the_site(path: str) -> dict[str, str]:
    response = Client().get(path)
    assert (response.status_code, response.content) == (200, b"")
    return dict(response.headers)


def test_from_a_folder(settings: Any) -> None:
    settings.PICTURES_ACCEL = True
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        kept = Path(place) / "pictures"
        options = {"location": kept, "is_for_group": True}
        settings.STORAGES = settings.STORAGES | {
            storage.ALIAS: settings.STORAGES[storage.ALIAS] | {"OPTIONS": options}
        }
        picture = shown()
        rendition = one_of(picture.file)
        said = said_by_the_site(path_of(picture.file))
        for each in (kept, *kept.rglob("*")):  # Here nginx has an account without a group of ours.
            assert each.stat().st_mode & 0o7777 == (0o2750 if each.is_dir() else 0o640), each
            each.chmod(0o755 if each.is_dir() else 0o644)
        with saying(said) as site, nginx(site, instead={KEPT: str(kept)}) as front:
            status, body, headers = ask(front.address, path_of(picture.file))
            assert (status, body) == (200, words_of(rendition))
            assert headers["Content-Type"] == "image/jpeg"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Accel-Redirect"] is None
            assert ask(front.address, said["X-Accel-Redirect"])[0] == 404


def test_from_a_bucket(settings: Any) -> None:
    settings.PICTURES_ACCEL = True
    with bucket() as kept:
        settings.STORAGES = settings.STORAGES | {
            storage.ALIAS: pictures_storage({"PICTURES_URL": kept.url}, FOLDER)
        }
        picture = shown()
        said = said_by_the_site(path_of(picture.file))
        host = kept.address.removeprefix("http://")
        instead = {"    #location": "    location", "    #    ": "        ", "    #}": "    }"}
        instead |= {"https://s3.example": kept.address, "Host s3.example": f"Host {host}"}
        with saying(said) as site, nginx(site, instead=instead) as front:
            status, body, headers = ask(front.address, path_of(picture.file))
            assert (status, body) == (200, words_of(one_of(picture.file)))
            assert headers["Content-Type"] == "image/jpeg"
            assert not any("amz" in f"{name} {value}".lower() for name, value in headers.items())
            assert ask(front.address, said["X-Accel-Redirect"])[0] == 404
