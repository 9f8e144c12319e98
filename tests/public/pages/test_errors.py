"""Error pages: our own, helpful, and independent of whatever fails."""

from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import path

from reviews.public.pages import errors
from reviews.seeding.factories import make_edition, make_outlet
from tests.reading import Document, read

HANDLERS = [
    (errors.bad_request, 400),
    (errors.permission_denied, 403),
    (errors.csrf_failure, 403),
    (errors.page_not_found, 404),
    (errors.server_error, 500),
]
WAYS_ON = ["/", "/films/", "/critics/", "/reviews/", "/people/", "/tags/", "/archive/"]


def fail(request: HttpRequest, how: str) -> NoReturn:
    raise {"400": SuspiciousOperation, "403": PermissionDenied, "500": ZeroDivisionError}[how](
        "secret reason"
    )


urlpatterns = [path("fail/<how>/", fail)]
handler400 = "reviews.public.pages.bad_request"
handler403 = "reviews.public.pages.permission_denied"
handler404 = "reviews.public.pages.page_not_found"
handler500 = "reviews.public.pages.server_error"


class TestEachPage:
    """None of these tests may touch the database."""

    @pytest.mark.parametrize(("handler", "status"), HANDLERS)
    def test_is_valid_and_shows_the_way_on(self, handler: Any, status: int) -> None:
        response = handler(RequestFactory().get("/some/path/"))
        assert response.status_code == status
        page = Document(response.content.decode())
        assert page.texts(".//h1")[0] == page.texts(".//title")[0] or status == 403
        assert page.hrefs() == WAYS_ON
        assert "/static/css/site.css" in page.hrefs("stylesheet")
        assert page.hrefs("icon") == ["/static/img/favicon.svg"]  # Without it, browsers ask for /favicon.ico.
        assert "noindex" in (page.meta("robots") or "")

    @pytest.mark.parametrize(("handler", "status"), HANDLERS)
    def test_works_without_the_manifest_of_static_files(
        self, handler: Any, status: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(name: str) -> str:
            raise ValueError("Missing staticfiles manifest entry")

        monkeypatch.setattr(errors, "static", broken)
        response = handler(RequestFactory().get("/"))
        assert response.status_code == status
        assert Document(response.content.decode()).hrefs("stylesheet") == []

    def test_a_server_error_has_a_page_even_without_templates(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*args: Any) -> str:
            raise OSError("no such file")

        monkeypatch.setattr(errors, "render_to_string", broken)
        response = errors.server_error(RequestFactory().get("/"))
        assert response.status_code == 500
        assert "The fault is ours" in Document(response.content.decode()).text


class TestTheyAreWired:
    @pytest.mark.urls(__name__)
    @pytest.mark.parametrize("how", ["400", "403", "500"])
    def test_a_failure_shows_our_page_and_not_its_reason(self, how: str) -> None:
        response = Client(raise_request_exception=False).get(f"/fail/{how}/")
        assert response.status_code == int(how)
        assert "secret reason" not in response.content.decode()
        assert Document(response.content.decode()).hrefs() == WAYS_ON

    def test_an_unknown_path_is_not_repeated(self) -> None:
        response = Client().get("/no/such/<b>path</b>/")
        assert response.status_code == 404
        assert "such" not in response.content.decode()

    def test_a_stale_form_gets_advice(self) -> None:
        assert settings.CSRF_FAILURE_VIEW == "reviews.public.pages.csrf_failure"
        response = Client(enforce_csrf_checks=True).post("/admin/login/")
        assert response.status_code == 403
        assert "reload the page" in Document(response.content.decode()).text


@pytest.mark.django_db
class TestNothingThere:
    def test_it_uses_the_sites_layout_and_links_on(self) -> None:
        make_outlet(name="The Reel")
        make_edition(headline="Fresh")
        page = read("/no/such/page/", status=404)
        for words in ("The Reel", "Nothing to see at this address", "Fresh"):
            assert words in page.text
        assert set(page.hrefs()) >= set(WAYS_ON)

    def test_it_is_kept_out_of_indexes_and_has_no_address_of_its_own(self) -> None:
        page = read("/no/such/page/", status=404)
        assert "noindex" in (page.meta("robots") or "")
        assert page.hrefs("canonical") == page.hrefs("alternate") == []

    def test_it_costs_two_queries(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(2):
            Client().get("/no/such/page/")

    def test_a_plain_page_is_sent_if_the_layout_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*args: Any, **kwargs: Any) -> None:
            raise OperationalError("no such table")

        monkeypatch.setattr(errors, "render_page", broken)
        assert read("/no/such/page/", status=404).hrefs() == WAYS_ON
