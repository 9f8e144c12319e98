"""``manage.py renditions``: what it makes, names and removes."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reviews.imaging import process
from reviews.imaging.shapes import POSTER
from reviews.models import EditionPicture, PictureFile
from reviews.models.public.edition_picture import NEWEST_IN
from reviews.pictures import storage
from reviews.pictures.ladder import in_frame, renditions_of
from reviews.pictures.needed import PINNED_IN, SHOWN_IN, batches_of
from reviews.seeding.factories import make_critic, make_edition, make_film, make_person, make_picture
from tests.pictures.shelf import MASTER, kept_picture, shelf

__all__ = ["shelf"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """The recipes of each process that was started; each rendition is a word."""
    batches: list[list[Any]] = []

    def render(kept: bytes, recipes: Any) -> list[bytes]:
        assert kept == MASTER
        batches.append([*recipes])
        return [b"made"] * len(recipes)

    monkeypatch.setattr(process, "render", render)
    return batches


def run(*options: str) -> str:
    out = StringIO()
    call_command("renditions", *options, stdout=out)
    return out.getvalue()


def files_in(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def test_makes_what_pages_need_of_pictures_that_stand_anywhere_a_width_at_a_time(
    asked: list[list[Any]],
) -> None:
    poster, still, portrait, pinned, loose = (kept_picture() for _ in range(5))
    make_film(poster=poster, still=still)
    make_critic(portrait=portrait)
    make_person(portrait=portrait)
    EditionPicture.objects.create(edition=make_edition(), picture=pinned, file=pinned.file)
    out = run()
    assert {recipe.frame for batch in asked for recipe in batch} == {"portrait", "poster", "whole", "wide"}
    assert all(len({recipe.size for recipe in batch}) == 1 for batch in asked)
    assert all(len({recipe.format for recipe in batch}) == 3 for batch in asked)
    assert "4 of 4 pictures" in out
    assert f"{sum(map(len, asked))} renditions made." in out
    asked.clear()
    assert "\n0 renditions made." in run()
    assert asked == []
    assert loose.file.uid.hex not in str(asked)


def test_names_every_model_that_shows_a_picture() -> None:
    assert SHOWN_IN.keys() == {*NEWEST_IN}
    assert PINNED_IN


def test_names_missing_files_in_one_sentence_and_makes_the_others(asked: list[list[Any]]) -> None:
    lost = [make_picture() for _ in range(7)]
    for each in lost:
        make_film(poster=each)
    make_film(poster=kept_picture())
    with pytest.raises(CommandError) as error:
        run()
    assert len(asked) == 4
    names = [storage.master_name(file) for file in (each.file for each in lost)]
    assert sum(name in str(error.value) for name in names) == 5
    assert "and 2 more. Put them back from the backup" in str(error.value)
    with pytest.raises(CommandError, match="and 2 more"):
        run("--check")


def test_checks_that_every_picture_has_its_file() -> None:
    kept_picture()
    assert "Every picture has its file." in run("--check")


def test_prunes_versions_that_are_gone_and_recipes_that_are_no_more(shelf: Path) -> None:
    kept = kept_picture()
    own = files_in(shelf)
    elsewhere = storage.rendition_name(PictureFile(token="x" * 22), "0" * 16, "JPEG")
    old = storage.rendition_name(kept.file, "0" * 16, "AVIF")
    half = f"{storage.rendition_name(kept.file, '1', 'JPEG').rpartition('/')[0]}/.partial-x"
    for name in (elsewhere, old, half):
        storage.keep(name, b"left over")
    assert "3 renditions removed." in run("--prune")
    assert files_in(shelf) == own
    kept.file.focal_x = 0.2
    kept.file.save()
    assert "3 renditions removed." in run("--prune")
    assert not {each.digest for each in renditions_of(kept.file).values()} & {
        Path(name).stem for name in files_in(shelf)
    }
    assert "0 renditions removed." in run("--prune")


def test_makes_all_widths_of_a_frame_in_every_format() -> None:
    file = make_picture().file
    assert {each.digest for batch in batches_of(file, [POSTER]) for each in batch} == {
        each.digest for name in ("AVIF", "WEBP", "JPEG") for each in in_frame(file, POSTER, name)
    }
