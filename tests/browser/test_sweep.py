"""Every page in a browser, each once: its policy, its keyboard, its looks for whoever sees or moves otherwise, and axe.

The pages are shared out among ``SHARES`` tests, so that workers can share them too. On pages of a kind that is looked
at already (the second person's form, say) the policy alone is tried: nothing asked of another host, nothing failing,
nothing the browser complains of. A commit visits a third of these, by turns, and the night all.
"""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener, watch
from tests.browser.tools import axe, keyboard, looks
from tests.browser.tools.site import LOGIN, Desk, readers_pages
from tests.browser.tools.sweep import share_of, told, visited
from tests.gate.night import NIGHT

pytestmark = pytest.mark.browser

READERS_SHARES, DESKS_SHARES = 3, 8
FEWEST = 1 / 2 if NIGHT else 1 / 6
"""Of the pages of an average share."""


def as_readers_meet_it(page: Page, plain: Page, path: str) -> list[str]:
    """Look at an open public page in every way; ``plain`` runs no script."""
    picture = looks.pictured(page)
    plain.goto(path)
    found = [] if looks.pictured(plain) == picture else ["looks different without scripts"]
    found += looks.evaluated(page, looks.SCRIPTS)
    found += looks.moving(page)
    found += looks.in_windows(page, looks.ENLARGED, looks.PHONE)
    found += looks.on_paper(page)
    found += looks.doubled(page)
    found += axe.examine_open(page, "axe")
    found += keyboard.skipping(page)
    found += keyboard.through(page).faults()
    return found + looks.unstyled(page)


def as_the_desk_works(page: Page) -> list[str]:
    """Look at an open page of the desk in the ways that editors do."""
    found = looks.moving(page)
    found += looks.in_windows(page, looks.PHONE)
    found += axe.examine_open(page, "axe")
    page.emulate_media(reduced_motion="reduce")
    found += keyboard.through(page).faults()
    page.emulate_media(reduced_motion="no-preference")
    return found


class TestTheReadersRoom:
    @pytest.mark.parametrize("share", range(READERS_SHARES))
    def test_every_page_works_for_everybody(self, share: int, open_page: Opener, desk: Desk) -> None:
        page, plain = open_page(), open_page(java_script_enabled=False)
        kinds = readers_pages()
        complaints = watch(page, desk.address)
        faults, seen = [], set()
        for path in visited(page, desk.client(), "/", [*kinds.values()], share, READERS_SHARES):
            seen.add(path)
            if path in kinds.values():
                faults += [f"{path}: {fault}" for fault in as_readers_meet_it(page, plain, path)]
            status = 404 if path == kinds["page_not_found"] else 200
            faults += [f"{path}: {fault}" for fault in told(complaints, page.url, status)]
        assert seen >= {path for path in kinds.values() if share_of(path, READERS_SHARES) == share}
        assert len(seen) > 40 / READERS_SHARES * FEWEST
        assert not faults, axe.listed(faults)


class TestTheDesk:
    @pytest.mark.parametrize("share", range(DESKS_SHARES))
    def test_every_page_works_for_everybody(self, share: int, open_page: Opener, desk: Desk) -> None:
        page = desk.let_in(open_page())
        kinds = desk.pages(lambda path: share_of(path, DESKS_SHARES) == share)
        complaints = watch(page, desk.address)
        faults, seen = [], set()
        for path in visited(page, desk.client(), "/admin/", kinds, share, DESKS_SHARES):
            seen.add(path)
            if path in kinds:
                faults += [f"{path}: {fault}" for fault in as_the_desk_works(page)]
            faults += [f"{path}: {fault}" for fault in told(complaints, page.url, 200)]
        assert seen >= {*kinds}
        assert len(seen) > 400 / DESKS_SHARES * FEWEST
        assert not faults, axe.listed(faults)

    def test_signing_in_works_for_everybody(self, page: Page, desk: Desk) -> None:
        complaints = watch(page, desk.address)
        page.goto(LOGIN)
        faults = as_the_desk_works(page) + told(complaints, page.url, 200)
        assert not faults, axe.listed(faults)
