"""What every desk page has: the outlet's name and zone, the CSP, and a response for every role."""

import datetime as dt
from typing import Any

import html5lib
import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from reviews.admin.site.site import DeskAdminSite
from reviews.admin.time.addresses import as_of
from reviews.desk.verbs import publishing
from reviews.models import Correction, Critic, CriticLink, OldAddress, Outlet
from reviews.models.shared.picture import PictureFilm
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_credit,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_franchise,
    make_judgement,
    make_outlet,
    make_picture,
    make_review,
)
from tests.admin.pages import fields_of, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

FILES_OF_PICTURES = {
    "reviews_picture_file": (123, 1, "thumbnail"),
    "reviews_review_pictures": ("t" * 22, "0123456789abcdef.webp"),
}
"""Arguments for addresses with several; the files are not there."""
OPEN = {"/admin/login/", "/admin/jsi18n/"}


def admin_patterns(patterns: Any, prefix: str = "") -> list[tuple[str, str]]:
    """Name and route of every address of the desk."""
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += admin_patterns(pattern.url_patterns, prefix)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.append((pattern.name, str(pattern.pattern)))
    return found


def everything() -> dict[str, Any]:
    """One of each noun, by model name, in the state with the most to show."""
    make_outlet()
    review = make_review(
        critic=make_critic(name="<b>Critic</b>"), film=make_film(title="<b>Film</b>"), tags=("<b>",)
    )
    judgement = make_judgement(review)
    edition = publishing.publish(review, at=MOMENT - dt.timedelta(days=1), backdated=True)
    publishing.publish(
        review, at=MOMENT + dt.timedelta(days=1), note=publishing.Note("fact", "<b>Wrong</b>, now right.")
    )
    picture = make_picture(alt="<b>A</b>", caption="<b>", credit="<b>", source="<b>")
    PictureFilm.objects.create(picture=picture, film=review.film)
    Critic.objects.update(portrait=picture)
    CriticLink.objects.create(critic=review.critic, label="<b>", url="https://example.org/")
    return {
        "review": review,
        "edition": edition,
        "correction": Correction.objects.get(),
        "film": review.film,
        "critic": review.critic,
        "aspect": judgement.aspect,
        "tag": review.tags.get(),
        "person": make_credit(film=review.film).person,
        "picture": picture,
        "franchise": make_franchise(name="<b>", slug="b"),
        "embargo": make_embargo(review.film, MOMENT + dt.timedelta(days=2), terms="<b>"),
        "oldaddress": OldAddress.objects.create(path="/films/x/", kind="film", target_uid=review.film.uid),
        "outlet": Outlet.objects.get(),
        "user": User.objects.create_user("<b>"),
        "group": Group.objects.get(name="Editor"),
    }


def addresses() -> list[str]:
    """Every address of the desk, with an object if it needs one."""
    objects, found = everything(), []
    for name, route in admin_patterns(admin.site.get_urls()):
        if "<app_label>" in route or "app_label" in route:
            found.append(reverse(f"admin:{name}", args=["reviews"]))
        elif name == "desk_as_of":
            found.append(as_of(MOMENT, reverse("home")))
        elif route.count("<") > 1:
            found.append(reverse(f"admin:{name}", args=FILES_OF_PICTURES[name]))
        elif "<" in route:
            noun = objects[name.split("_")[1]]
            found.append(reverse(f"admin:{name}", args=[noun.uid if "<uuid:" in route else noun.pk]))
        else:
            found.append(reverse(f"admin:{name}"))
    return found


class TestEveryPageForEveryRole:
    @pytest.mark.parametrize("role", ["anonymous", "reader", "Critic", "Editor", "Publisher", "superuser"])
    def test_answers(self, role: str) -> None:
        visited = addresses()
        assert len(visited) > 80
        client = (
            signed_in("" if role == "superuser" else role)
            if role[0].isupper() or role == "superuser"
            else Client()
        )
        if role == "reader":
            client.force_login(make_account())
        # Logging out is the last thing to do.
        for address in sorted(visited, key=lambda address: address == reverse("admin:logout")):
            for response in (client.get(address), client.post(address)):
                assert response.status_code in (200, 302, 400, 403, 404, 405), address
                if role in ("anonymous", "reader") and address not in OPEN:
                    assert response.status_code in (302, 403), address
                assert "<b>" not in response.content.decode(), address
                if response.status_code == 200:
                    assert "unsafe" not in response.headers["Content-Security-Policy"], address
                    is_stored = "no-store" not in response.headers.get("Cache-Control", "")
                    assert is_stored == (address == reverse("admin:jsi18n")), address

    def test_is_valid_html(self) -> None:
        client = signed_in("")
        for address in addresses():
            response = client.get(address)
            if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
                html5lib.HTMLParser(strict=True).parse(response.content.decode())


class TestTheSite:
    def test_has_every_noun_once(self) -> None:
        registered = {f"{model._meta.app_label}.{model._meta.model_name}" for model in admin.site._registry}
        nouns = "outlet franchise film person critic picture aspect tag embargo review edition correction oldaddress"
        assert registered == {f"reviews.{noun}" for noun in nouns.split()} | {"auth.user", "auth.group"}
        assert isinstance(admin.site, DeskAdminSite)

    def test_carries_the_outlets_name(self) -> None:
        assert "Film reviews" in text_of(Client().get("/admin/login/"))
        make_outlet(name="The <Reel>")
        assert "The <Reel>" in text_of(Client().get("/admin/login/"))
        assert "The &lt;Reel&gt;" in signed_in().get("/admin/").content.decode()

    @pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/password_change/"])
    def test_is_never_stored_and_runs_only_its_own_scripts(self, path: str) -> None:
        response = (Client() if "login" in path else signed_in()).get(path)
        assert "no-store" in response.headers["Cache-Control"]
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]

    def test_renders_within_the_outlets_zone(self) -> None:
        make_outlet(time_zone="Asia/Kolkata")
        seen = []

        def view(request: Any) -> HttpResponse:
            seen.append(timezone.get_current_timezone_name())
            return TemplateResponse(request, "admin/base_site.html", {"title": "x", "subtitle": None})

        request = RequestFactory().get("/admin/")
        request.user = make_account("Editor")
        response: Any = admin.site.admin_view(view)(request)
        assert seen == ["Asia/Kolkata"]
        assert response.is_rendered
        assert timezone.get_current_timezone_name() == "UTC"
        assert response._csp_config == settings.SECURE_CSP_DESK

    def test_shows_moments_in_the_outlets_zone(self) -> None:
        make_outlet(time_zone="Asia/Kolkata")
        review = make_review(rights_until=MOMENT)
        page = signed_in().get(url("change", review)).content.decode()
        assert 'value="17:30:00"' in page

    def test_a_null_character_in_an_address_goes_no_further(self) -> None:
        for address in ("review/?headline__icontains=", "review/?q=", "film/?title__contains=a&slug="):
            response = signed_in("").get(f"/admin/reviews/{address}%00")
            assert response.status_code == 302
            assert "?" not in response.headers["Location"]
        assert signed_in().get("/admin/autocomplete/?term=%00").status_code == 302

    def test_a_stale_list_parameter_is_no_trouble(self) -> None:
        make_edition()
        for noun in ("review", "film", "edition", "embargo", "critic"):
            for query in (
                "?e=1",
                "?film__id__exact=x",
                "?p=999999",
                "?o=99.-98",
                "?verdict__exact=x",
                "?all=",
            ):
                response = signed_in("").get(f"/admin/reviews/{noun}/{query}")
                assert response.status_code in (200, 302, 400), (noun, query)


class TestAccounts:
    def test_a_publisher_cannot_make_or_touch_a_superuser(self) -> None:
        boss = User.objects.create_superuser("boss", password="a long passphrase")
        client = signed_in("Publisher")
        for verb in ("change", "delete", "password_change"):
            response = client.post(url(verb, boss), {"password1": "x", "password2": "x", "post": "yes"})
            assert response.status_code == 403
        editor = make_account("Editor")
        posted = fields_of(client.get(url("change", editor))) | {
            "is_superuser": "on",
            "user_permissions": ["1"],
        }
        assert client.post(url("change", editor), posted).status_code == 302
        editor.refresh_from_db()
        assert not editor.is_superuser
        assert not editor.user_permissions.exists()

    def test_a_publisher_gives_and_takes_roles(self) -> None:
        account, client = make_account("Critic"), signed_in("Publisher")
        posted = fields_of(client.get(url("change", account)))
        posted |= {"groups": [str(Group.objects.get(name="Editor").pk)]}
        assert client.post(url("change", account), posted).status_code == 302
        assert [group.name for group in account.groups.all()] == ["Editor"]

    @pytest.mark.parametrize("role", ["Critic", "Editor"])
    def test_others_do_not_see_them(self, role: str) -> None:
        account = make_account("Critic")
        for address in ("/admin/auth/user/", "/admin/auth/group/", url("change", account)):
            assert signed_in(role).get(address).status_code == 403
