"""The desk's page of the last leak audit."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reviews.audit import hiding
from reviews.audit.canaries import WORDS, in_words
from reviews.audit.report import LeakLine, LeakReport, SurfaceLine, keep
from reviews.seeding.factories import make_account, make_outlet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PAGE = "/admin/leak-audit/"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.VAR_DIR = tmp_path
    (tmp_path / "leak-audit").mkdir()
    make_outlet()
    return tmp_path / "leak-audit"


def report(*leaks: LeakLine) -> LeakReport:
    return LeakReport(
        at="2025-06-05T21:30:00+00:00",
        version="0.8.0",
        database="SQLite 3.46.1",
        seconds=12.0,
        megabytes=90,
        compared=4321,
        kinds={"draft": 5},
        ways={"GET, warm": 4000},
        surfaces=[
            SurfaceLine("film_detail", "/films/<name:slug>/", 1, 8),
            SurfaceLine("admin:index", "/admin/", 1, 1),
        ],
        unknown=[],
        leaks=list(leaks),
        history="12:abc",
        times=[{"route": "film_detail", "ratio": ratio, "is_wild": False} for ratio in (1.3, 0.8)],
    )


def shown(role: str) -> str:
    client = Client()
    client.force_login(make_account(role))
    response = client.get(PAGE)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", ["Editor", "Publisher"])
def test_says_when_and_how_it_was_made_and_what_was_found(role: str, folder: Path) -> None:
    keep(report(), folder)
    page = shown(role)
    for words in (
        "Nothing leaks.",
        "22:30",
        "0.8.0",
        "SQLite 3.46.1",
        "4,321 answers",
        "draft",
        "/films/…/",
        "<code>12:abc</code>",
        "The Test Reel: made on 5 June 2025",
    ):
        assert words in page
    assert "a reader, from the page cache" in page
    assert "takes 0.80 to 1.30 times as long" in page
    assert "What failed" not in page


def test_says_what_failed(folder: Path) -> None:
    keep(report(LeakLine("film_detail", "GET, warm", "headers ETag", 3)), folder)
    page = shown("Publisher")
    assert "/films/…/, a reader, from the page cache: headers ETag (3 answers)" in page
    assert "The cause was not looked for." in page
    assert "Nothing leaks." not in page


def test_says_how_to_make_the_first(folder: Path) -> None:
    assert "manage.py leak_audit" in shown("Editor")


def test_names_every_kind_of_hiding_in_words() -> None:
    kinds = {*hiding.SECRETS, *hiding.EMBARGOES, *hiding.CHANGES, "without_a_review"}
    assert set(WORDS) == kinds
    assert not [kind for kind in kinds if in_words(kind) == kind.replace("_", " ") or "_" in in_words(kind)]


def test_is_not_for_critics(folder: Path) -> None:
    client = Client()
    client.force_login(make_account("Critic"))
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/admin/").content.decode()
