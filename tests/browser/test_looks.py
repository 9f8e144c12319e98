"""Each look finds what it is for, on a page that does everything wrong."""

from typing import cast

import pytest
from playwright.sync_api import Error, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import watch
from tests.browser.tools import axe, keyboard, looks
from tests.browser.tools.sweep import told

pytestmark = pytest.mark.browser

WRONG = """<!doctype html><html><head><style>
  p { font-size: 12px } .wide { width: 400px } .box { width: 99px; overflow: hidden; white-space: nowrap }
  .moves { animation: move 9s } @keyframes move { to { opacity: 0.9 } }
  a:focus, button:focus { outline: none } .late { position: absolute; left: 600px } .gone { visibility: hidden }
  @media (scripting: none) { h2 { color: red } }
</style></head><body>
<header><nav><a href="/x">One</a></nav></header>
<main><h2>Two</h2><h4>Four</h4><p>Small</p><p class="wide">Wide</p><p class="box">Cut, for it is much too long</p>
<p class="moves">Moving</p><p class="gone">Gone</p><button></button><img src="data:,">
<article><h1></h1><a href="http://elsewhere.example/">Elsewhere</a></article></main>
<script>window.ran = true</script></body></html>"""


@pytest.fixture
def wrong(page: Page) -> Page:
    page.set_content(WRONG)
    return page


class TestEachLook:
    @pytest.mark.parametrize(
        ("look", "faults"),
        [
            (looks.moving, ["an animation runs: move", "p  moves"]),
            (
                lambda page: looks.in_windows(page, looks.ENLARGED),
                ["scrolls sideways at 320px", "p Wide sticks out by"],
            ),
            (looks.doubled, ["p grows from 12px to 12px only", "cuts"]),
            (looks.on_paper, ["nav One is printed", "the address of “Elsewhere” is not printed", "on paper"]),
            (looks.unstyled, ["the skip link is missing", "“Four” skips a level, from 2 to 4", "is missing"]),
            (lambda page: looks.evaluated(page, looks.SCRIPTS), ["has a script: window.ran"]),
            (
                lambda page: axe.examine_open(page, "axe"),
                ["axe · button-name", "axe · image-alt", "axe · html-has-lang"],
            ),
            (keyboard.skipping, ["the first stop is no skip link"]),
            (lambda page: keyboard.through(page).faults(), ["nothing shows the focus on: button"]),
        ],
        ids=["motion", "narrow", "large", "paper", "unstyled", "scripts", "axe", "skipping", "tab"],
    )
    def test_finds_what_it_is_for(self, wrong: Page, look: object, faults: list[str]) -> None:
        assert callable(look)
        found = look(wrong)
        for fault in faults:
            assert any(fault in each for each in found), found


class TestWhatABrowserTells:
    def test_other_hosts_failures_and_errors_are_told_once(self, page: Page, live_server: LiveServer) -> None:
        complaints = watch(page, live_server.url)
        page.goto("/no/such/page/")
        page.evaluate("""() => {
            console.error("broken");
            for (const address of ["http://elsewhere.example/x.png", "/no/such/picture.png"]) new Image().src = address;
            document.body.setAttribute("style", "color: red");
        }""")
        page.wait_for_load_state("networkidle")
        found = " ".join(told(complaints, page.url, 404))
        for words in (
            "broken",
            "asked another host: http://elsewhere.example/x.png",
            "failed: 404",
            "inline style",
        ):
            assert words in found
        assert f"failed: 404 {page.url} " not in found
        assert told(complaints, page.url, 404) == []


class Chromium:
    """A page whose browser cannot take the first few screenshots."""

    def __init__(
        self, refusals: int, says: str = "Page.captureScreenshot: Unable to capture screenshot"
    ) -> None:
        self.refusals, self.says = refusals, says

    def screenshot(self, *, full_page: bool) -> bytes:
        self.refusals -= 1
        if self.refusals >= 0:
            raise Error(self.says)
        return b"picture" if full_page else b""


class TestAPicture:
    def test_is_taken_again_once(self) -> None:
        assert looks.pictured(cast("Page", Chromium(refusals=1))) == b"picture"

    @pytest.mark.parametrize(
        "chromium", [Chromium(refusals=2), Chromium(refusals=1, says="The page is closed.")]
    )
    def test_is_not_asked_for_for_ever(self, chromium: Chromium) -> None:
        with pytest.raises(Error):
            looks.pictured(cast("Page", chromium))
