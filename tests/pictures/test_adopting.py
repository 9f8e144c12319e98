"""Files of pictures that come with a fixture."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from reviews.models import Picture, PictureFile
from reviews.pictures.storage import master_name
from reviews.seeding.factories import make_picture

pytestmark = pytest.mark.django_db(transaction=True)
FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, settings: Any) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "pictures": settings.STORAGES["pictures"] | {"OPTIONS": {"location": tmp_path / "kept"}}
    }
    return tmp_path / "kept"


def dumped(folder: Path) -> Path:
    """A fixture with one picture, which the site has no longer."""
    make_picture()
    path = folder / "one.json"
    call_command(
        "dumpdata",
        "reviews.picture",
        "reviews.picturefile",
        natural_foreign=True,
        natural_primary=True,
        output=str(path),
    )
    return path


def test_the_demos_pictures_need_no_second_command(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("loaddata", "ballerina", verbosity=0)
    for file in PictureFile.objects.all():
        assert (kept / master_name(file)).read_bytes()[:3] == b"\xff\xd8\xff"
    assert PictureFile.objects.count() == 5
    assert capsys.readouterr().err == ""
    assert Picture.objects.filter(credit="").count() == 0


def test_files_beside_a_fixture_are_kept(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = dumped(tmp_path)
    file = PictureFile.objects.get()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / f"{file.uid.hex}.jpg").write_bytes(b"a picture")
    call_command("loaddata", str(path), verbosity=0)
    assert (kept / master_name(file)).read_bytes() == b"a picture"
    assert capsys.readouterr().err == ""


def test_missing_ones_are_named_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = dumped(tmp_path)
    call_command("loaddata", str(path), verbosity=0)
    name = f"{PictureFile.objects.get().uid.hex}.jpg"
    assert capsys.readouterr().err == (
        f"Pictures without their files are not shown: put {name} into a folder “pictures” beside the fixture, "
        "and load it again.\n"
    )
