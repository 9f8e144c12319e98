"""Pictures at the desk: six come in at once, get their words, and one its focal point by mouse and by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reviews.models import Picture
from tests.browser.conftest import Opener, watch
from tests.browser.tools.site import Desk
from tests.imaging.files import encoded, still

# Seven files are read, each in a process of its own: one commit in three, and the night.
pytestmark = [pytest.mark.browser, pytest.mark.in_turn]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Six pictures and a document."""
    paths = []
    for number in range(6):
        paths.append(tmp_path / f"Still {number}.jpg")
        paths[-1].write_bytes(encoded(still((320 + number, 180)), "JPEG"))
    paths.append(tmp_path / "press kit.pdf")
    paths[-1].write_bytes(b"%PDF-1.7")
    return paths


def test_six_come_in_at_once_and_one_gets_its_focal_point(
    open_page: Opener, desk: Desk, files: list[Path]
) -> None:
    editor = desk.let_in(open_page(viewport={"width": 1280, "height": 900}))
    complaints = watch(editor, desk.address)
    _send(editor, desk, files)
    _write(editor)
    picture = Picture.objects.get(file__upload_name="Still 0.jpg")
    assert (picture.credit, picture.alt) == ("Photo: Horricks", "A leap")
    assert Picture.objects.filter(credit="Photo: Horricks").count() == 6
    _aim(editor, f"{desk.address}/admin/reviews/picture/{picture.pk}/change/", picture)
    refused = [each for each in complaints.failed if not each.startswith("422 ")]
    assert not refused
    assert all("422" in each for each in complaints.console), complaints.console


def _send(editor: Page, desk: Desk, files: list[Path]) -> None:
    editor.goto(f"{desk.address}/admin/reviews/picture/add/")
    editor.get_by_label("Choose pictures").set_input_files(files)
    onward = editor.get_by_role("link", name="Go on to their words")
    expect(onward).to_be_visible(timeout=60_000)
    expect(editor.locator(".picture-arrivals__count")).to_have_text("6 of 7 added, 1 not taken")
    expect(editor.locator(".picture-arrival", has_text="press kit.pdf")).to_contain_text("Export it as JPEG")
    onward.click()


def _write(editor: Page) -> None:
    editor.get_by_label("Credit:", exact=True).fill("Photo: Horricks")
    expect(editor.get_by_label("Set for all: credit")).to_be_checked()
    row = editor.locator(".picture-words__row", has_text="still-0-")
    row.get_by_label("Alternative text").fill("A leap")
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_text("6 of 6 pictures changed.")).to_be_visible()


def _aim(editor: Page, address: str, picture: Picture) -> None:
    """Click, then move on with the keys; the crops follow at once."""
    editor.goto(address)
    image = editor.locator(".picture-focal__image")
    box: Any = image.bounding_box()
    editor.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    across, down = editor.get_by_label("from the left, %"), editor.get_by_label("from the top, %")
    assert float(across.input_value()) == pytest.approx(25, abs=0.5)
    assert float(down.input_value()) == pytest.approx(75, abs=0.5)
    across.fill("25")
    down.fill("75")
    editor.get_by_role("button", name="Focal point").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowLeft"):
        editor.keyboard.press(key)
    assert (across.input_value(), down.input_value()) == ("17", "74")
    # 320 × 180 in a square: 180 of 320 are kept, from the left edge (0.17 − 0.28 is before it).
    place = "image => getComputedStyle(image).objectPosition"
    assert editor.locator(".picture-crops__crop--portrait img").evaluate(place) == "0% 50%"
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("is saved.")).to_be_visible()
    picture.refresh_from_db()
    assert (picture.file.focal_x, picture.file.focal_y) == (0.17, 0.74)
