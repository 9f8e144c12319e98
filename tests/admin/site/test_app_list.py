"""The desk's home and navigation: sections with their models."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from reviews.admin.site.app_list import MENU
from reviews.seeding.factories import make_account, make_edition, make_film, make_outlet, make_review
from tests.admin.pages import save, signed_in, text_of, url

STYLES = Path(__file__).parents[3] / "static" / "css"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def the(response: Any, tag: str, name: str) -> Element:
    """The one element of that tag and class."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    (found,) = [each for each in tree.iter(tag) if name in each.get("class", "").split()]
    return found


def addresses(inside: Element) -> list[str]:
    return [link.get("href", "") for link in inside.iter("a")]


class TestTheMenu:
    def test_has_every_noun_once(self) -> None:
        nouns = [noun for section in MENU for noun in section.nouns]
        assert sorted(nouns) == sorted(model.__name__ for model in admin.site._registry)

    def test_is_on_the_first_page_with_a_sentence_each(self) -> None:
        page = text_of(signed_in("").get("/admin/"))
        for section in MENU:
            assert f"{section.name} {section.sentence}" in page

    def test_has_no_empty_section(self) -> None:
        page = text_of(signed_in("Critic").get("/admin/"))
        assert "Reviews and embargoes" in page
        assert "Outlet and accounts" not in page

    @pytest.mark.parametrize("path", ["/admin/", "/admin/reviews/tag/", "/admin/password_change/"])
    def test_is_reached_from_every_page(self, path: str) -> None:
        found = addresses(the(signed_in("").get(path), "nav", "desk-nav"))
        assert {
            f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry
        } <= set(found)

    def test_marks_the_open_page(self) -> None:
        client, film = signed_in(), make_film()
        for address, mark in (("/admin/reviews/film/", "page"), (url("change", film), "true")):
            nav = the(client.get(address), "nav", "desk-nav")
            marked = {a.get("href"): a.get("aria-current") for a in nav.iter("a") if a.get("aria-current")}
            assert marked == {"/admin/reviews/film/": mark}
        client.force_login(User.objects.create_superuser("boss", password="a long passphrase"))
        nav = the(client.get("/admin/password_change/"), "nav", "desk-nav")
        assert [a.get("href") for a in nav.iter("a") if a.get("aria-current") == "page"] == [
            "/admin/password_change/"
        ]

    def test_an_application_has_its_page_still(self) -> None:
        assert "Films" in text_of(signed_in().get("/admin/reviews/"))


class TestTheFirstPage:
    def test_tells_what_one_did_last(self) -> None:
        client, film = signed_in(), make_film(title="Lately")
        assert "Nothing yet." in text_of(client.get("/admin/"))
        save(client, film, title="Lately changed")
        assert "Lately changed (2025) Changed · film" in text_of(client.get("/admin/"))


class TestSigningIn:
    def test_has_one_heading_with_the_outlets_name(self) -> None:
        make_outlet(name="The <Reel>")
        response = Client().get("/admin/login/")
        assert " ".join("".join(the(response, "h1", "desk-sign-in").itertext()).split()) == (
            "The <Reel> Sign in to the desk"
        )

    def test_says_what_is_kept_when_one_has_left(self) -> None:
        page = text_of(signed_in().post("/admin/logout/"))
        assert "You are signed out. What you saved is kept" in page

    def test_says_that_a_new_password_keeps_this_session(self) -> None:
        account = make_account("Editor")
        account.set_password("the old passphrase")
        account.save()
        client = Client()
        client.force_login(account)
        new = {"new_password1": "the new passphrase", "new_password2": "the new passphrase"}
        typed = {"old_password": "the old passphrase"} | new
        page = client.post("/admin/password_change/", typed, follow=True)
        assert "Your password is changed. You stay signed in here" in text_of(page)
        assert client.get("/admin/").status_code == 200


class TestEveryPage:
    def test_has_one_heading_of_the_first_rank_and_a_masthead(self) -> None:
        review = make_edition().review
        client = signed_in("")
        for path in (
            "/admin/",
            "/admin/reviews/review/",
            "/admin/reviews/review/add/",
            url("change", review),
            url("history", review),
            url("publish", review),
            url("delete", make_review()),
            url("change", review.film),
            "/admin/password_change/",
        ):
            response = client.get(path)
            tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
            assert len(list(tree.iter("h1"))) == 1, path
            assert "Desk" in text_of(response), path

    def test_brings_our_styles_after_djangos(self) -> None:
        for client, path in (
            (Client(), "/admin/login/"),
            (signed_in(), "/admin/"),
            (signed_in(), "/admin/reviews/film/add/"),
            (signed_in(), "/admin/reviews/film/add/?_popup=1"),
        ):
            tree = html5lib.parse(client.get(path).content.decode(), namespaceHTMLElements=False)
            sheets = [link.get("href", "") for link in tree.iter("link") if link.get("rel") == "stylesheet"]
            ours = [number for number, sheet in enumerate(sheets) if "/admin/css/" not in sheet]
            theirs = [number for number, sheet in enumerate(sheets) if "/admin/css/" in sheet]
            # The bar over a public review and the banner over a preview stand on readers’ pages.
            desks = {sheet.name for sheet in STYLES.glob("desk-*.css")} - {
                "desk-bar.css",
                "desk-preview-banner.css",
            }
            assert len(ours) == 2 + len(desks), path
            assert max(theirs) < min(ours), path
            assert any("responsive" in sheets[number] for number in theirs), path
