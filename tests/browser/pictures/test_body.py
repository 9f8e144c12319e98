"""Pictures that are put into the body of a review while it is written: none of what was typed is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Route, expect

from tests.browser.conftest import Opener
from tests.browser.tools.site import Desk
from tests.browser.tools.writing import Body, draft

pytestmark = pytest.mark.browser

LIBRARY = "**/admin/reviews/picture/add/"
GIVEN = """([kind, files, plain]) => {
  const data = new DataTransfer();
  for (const [name, type] of files) data.items.add(new File(["x"], name, { type }));
  if (plain) data.setData("text/plain", plain);
  const options = { bubbles: true, cancelable: true };
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: data, ...options })
    : new DragEvent(kind, { dataTransfer: data, ...options });
  return !document.activeElement.dispatchEvent(event);
}"""
VAN, ROOF, PDF = ("van.jpg", "image/jpeg"), ("roof.png", "image/png"), ("notes.pdf", "application/pdf")
PLACE = "![Sending van.jpg (1)…]()"


@pytest.fixture
def body(open_page: Opener, desk: Desk) -> Iterator[Body]:
    with draft(open_page, desk) as opened:
        yield opened


def given(body: Body, kind: str, *files: tuple[str, str], plain: str = "") -> bool:
    """Drop or paste files; whether the page took them."""
    body.field.focus()
    return bool(body.page.evaluate(GIVEN, [kind, files, plain]))


def answering(body: Body, *answers: dict[str, Any], status: int = 200) -> list[Callable[[], None]]:
    """Answer the uploads with these in turn, each when it is called."""
    waiting: list[Route] = []
    body.page.route(LIBRARY, lambda route: waiting.append(route))

    def answer(number: int) -> Callable[[], None]:
        def now() -> None:
            for _ in range(100):
                if len(waiting) > number:
                    break
                body.page.wait_for_timeout(20)
            waiting[number].fulfill(status=status, json=answers[number])

        return now

    return [answer(number) for number in range(len(answers))]


class TestAPicture:
    @pytest.mark.parametrize("kind", ["drop", "paste"])
    def test_has_a_place_until_it_is_in_the_library_and_words_go_on_meanwhile(
        self, body: Body, kind: str
    ) -> None:
        (answer,) = answering(body, {"name": "van-abcde", "remark": ""})
        body.holds("One.⟨ Two.")
        assert given(body, kind, VAN)
        expect(body.field).to_have_value(f"One.\n\n{PLACE}\n\n Two.")
        body.page.keyboard.press("Control+End")
        body.page.keyboard.type(" Three.")
        answer()
        expect(body.field).to_have_value("One.\n\n![](picture:van-abcde)\n\n Two. Three.")
        body.says("The picture is in its place.")
        assert body.reads().endswith("Three.⟨")

    def test_that_is_refused_leaves_the_text_as_it_was_and_its_reason(self, body: Body) -> None:
        (answer,) = answering(body, {"refused": "It is a document."}, status=422)
        body.holds("One.⟨")
        given(body, "drop", VAN)
        answer()
        expect(body.field).to_have_value("One.")
        body.says("van.jpg: It is a document.")
        # A browser writes every answer of this kind to its console.
        body.complaints.failed.clear()
        body.complaints.console.clear()

    def test_whose_place_was_deleted_is_named(self, body: Body) -> None:
        (answer,) = answering(body, {"name": "van-abcde", "remark": ""})
        body.holds("One.⟨")
        given(body, "drop", VAN)
        body.field.fill("One and only.")
        answer()
        body.says("The picture is in the library, as van-abcde.")
        expect(body.field).to_have_value("One and only.")

    def test_that_is_known_says_so(self, body: Body) -> None:
        (answer,) = answering(body, {"name": "van-abcde", "remark": "the library has this file already."})
        body.holds("⟨")
        given(body, "drop", VAN)
        answer()
        body.says("van.jpg: the library has this file already.")
        expect(body.field).to_have_value("![](picture:van-abcde)")


def test_several_take_their_places_in_order(body: Body) -> None:
    first, second = answering(body, {"name": "van", "remark": ""}, {"name": "roof", "remark": ""})
    body.holds("⟨")
    given(body, "drop", VAN, PDF, ROOF)
    first()
    second()
    expect(body.field).to_have_value("![](picture:van)\n\n![](picture:roof)")
    body.says("notes.pdf is no picture")


def test_an_image_that_comes_with_text_is_left_to_the_text(body: Body) -> None:
    body.holds("⟨")
    assert not given(body, "paste", VAN, plain="Words of a word processor.")


def test_a_paste_with_pictures_says_that_they_were_left_out(body: Body) -> None:
    body.holds("⟨")
    body.paste("<p>One <i>two</i>.</p><p><img src='file:///C:/clip_image002.jpg' width=400></p>", "One two.")
    expect(body.field).to_have_value("One *two*.")
    body.says("without its pictures: drop their files here")


def test_the_button_asks_for_files(body: Body) -> None:
    (answer,) = answering(body, {"name": "van", "remark": ""})
    body.holds("One.⟨")
    with body.page.expect_file_chooser() as chooser:
        body.press("Picture")
    chooser.value.set_files(FilePayload(name="van.jpg", mimeType="image/jpeg", buffer=b"x"))
    answer()
    expect(body.field).to_have_value("One.\n\n![](picture:van)")
