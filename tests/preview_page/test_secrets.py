"""Only the secret opens a preview: no cache keeps the page, and any other address below /preview/ is not found."""

import datetime as dt
import io
import logging
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.module_loading import import_string

from reviews import clock
from reviews.desk import preview_links, revisions
from reviews.desk.verbs import withdrawing
from reviews.models import PreviewLink, Review
from reviews.seeding.factories import make_account, make_edition, make_outlet, make_review
from reviews.urls import urlpatterns
from reviewsite.log_filters import WithoutSecretsFilter
from tests.desk.reading import DAY, INSTANT, reread
from tests.preview_page.sending import answer, opened, pinned, secret_in, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ANYWHERE = "/nothing-here/"


class TestThePageOfALink:
    def test_is_in_no_cache_index_or_referrer(self) -> None:
        headers = Client().get(sent()).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "no-referrer"

    def test_the_html_says_so_too(self) -> None:
        page = opened(sent(make_review(body="[Elsewhere](https://elsewhere.example/) and [here](/films/).")))
        assert page.meta("referrer") == "no-referrer"
        assert page.meta("robots") == "noindex, nofollow"
        assert page.hrefs("canonical") == page.hrefs("alternate") == []
        assert page.structured == []
        assert page.meta("og:title") is None
        assert not [link for link in page.all(".//a") if link.get("referrerpolicy")]

    def test_its_address_is_nowhere_on_the_page(self) -> None:
        path = sent()
        assert secret_in(path) not in opened(path).html

    def test_has_no_session_no_cookie_and_the_policy_of_every_page(self) -> None:
        response, public = Client().get(sent()), Client().get("/about/")
        assert not response.cookies
        for name in ("Content-Security-Policy", "X-Frame-Options", "Permissions-Policy"):
            assert response.headers.get(name) == public.headers.get(name)
        assert "Vary" not in response.headers  # Nothing stores it, so nothing has to tell its forms apart.

    def test_it_is_the_same_for_whoever_is_signed_in(self) -> None:
        client, path = Client(), sent()
        client.force_login(make_account("Publisher"))
        theirs, anybodys = answer(path, client), answer(path)
        assert theirs == anybodys


class TestWithoutAValidSecret:
    """The response is the same, to the byte, as for any address with nothing behind it."""

    @pytest.fixture(autouse=True)
    def site(self) -> None:
        make_outlet()
        make_edition(headline="Public")

    def check(self, path: str) -> None:
        client = Client()
        client.force_login(make_account("Publisher"))
        for method in ("get", "head"):
            anywhere = answer(ANYWHERE, method=method)
            assert anywhere[0] == 404
            assert answer(path, method=method) == anywhere
            assert answer(path, client, method=method) == anywhere

    def check_ended(self, path: str) -> None:
        """The number of queries is the same as for a secret that never existed."""
        self.check(path)
        with CaptureQueriesContext(connection) as unknown:
            Client().get(f"/preview/{'x' * 43}/")
        with CaptureQueriesContext(connection) as ended:
            Client().get(path)
        assert len(ended) == len(unknown)

    def test_unknown(self) -> None:
        self.check(reverse("preview_link", args=[secrets.token_urlsafe(32)]))

    @pytest.mark.parametrize(
        "malformed", ["a", "x" * 42, "x" * 44, "x" * 42 + "=", "x" * 42 + "é", "x" * 42 + "\n", "", "../../x"]
    )
    def test_malformed(self, malformed: str) -> None:
        with CaptureQueriesContext(connection) as captured:
            self.check(f"/preview/{malformed}/")
        assert not [query for query in captured if "reviews_previewlink" in query["sql"]]

    @pytest.mark.parametrize("is_pinned", [False, True])
    def test_expired_and_never_the_live_page(self, is_pinned: bool, now: dt.datetime) -> None:
        review = reread(make_edition(headline="Live", slug="live").review)
        path = (pinned if is_pinned else sent)(review)
        assert "Live" in opened(path).text
        with clock.frozen_at(now + preview_links.LIFETIME - INSTANT):
            opened(path)
        with clock.frozen_at(now + preview_links.LIFETIME):
            self.check(path)
            assert Client().get("/reviews/live/").status_code == 200

    def test_revoked(self) -> None:
        review = make_review(headline="Taken away")
        path = sent(review)
        opened(path)
        preview_links.revoke(PreviewLink.objects.get(), by=None)
        self.check(path)

    def test_of_a_review_that_was_withdrawn(self) -> None:
        review = Review.objects.get(pk=make_edition(headline="Taken down").review_id)
        path = sent(review)
        opened(path)
        withdrawing.withdraw(review)
        self.check_ended(path)

    def test_of_a_review_whose_rights_have_ended(self, now: dt.datetime) -> None:
        path = sent(make_review(headline="Theirs again", rights_until=now + DAY))
        opened(path)
        with clock.frozen_at(now + DAY):
            self.check_ended(path)

    def test_made_with_an_account_that_is_closed(self) -> None:
        account = make_account("Editor")
        _link, secret = preview_links.make(make_review(headline="Theirs"), by=account)
        path = reverse("preview_link", args=[secret])
        opened(path)
        User.objects.filter(pk=account.pk).update(is_active=False)
        self.check_ended(path)
        account.delete()
        self.check_ended(path)

    def test_of_a_review_that_was_deleted(self) -> None:
        review = make_review()
        path = sent(review)
        review.delete()
        self.check(path)

    def test_of_a_revision_that_is_gone_though_the_copy_is_there(self) -> None:
        review = make_review()
        path = pinned(review)
        revisions.newest(review).delete()  # type: ignore[union-attr]
        self.check(path)

    def test_a_variation_of_a_valid_one(self) -> None:
        path = sent()
        secret = secret_in(path)
        for other in (secret.swapcase(), secret[:-1], f"{secret}A", f"{secret[:-1]}-", f"{secret}/x"):
            self.check(f"/preview/{other}/")

    def test_the_stored_digest(self) -> None:
        sent()
        self.check(f"/preview/{PreviewLink.objects.get().digest}/")


class TestTheSecretOpensNothingElse:
    def test_no_other_public_address_knows_it(self) -> None:
        make_outlet()
        review = make_review(headline="Hidden words")
        secret = secret_in(sent(review))
        plain = [str(pattern.pattern) for pattern in urlpatterns if "<" not in str(pattern.pattern)]
        assert len(plain) > 10
        for path in [*plain, f"reviews/{review.slug}/", f"films/{review.film.slug}/feed.xml"]:
            without = answer(f"/{path}")
            for query in (f"?preview={secret}", f"?secret={secret}", f"?{secret}"):
                assert answer(f"/{path}{query}") == without, path
        assert Client().get(f"/reviews/{secret}/").status_code == 404

    def test_the_desk_does_not_know_it(self) -> None:
        review = make_review(headline="Hidden words")
        secret = secret_in(sent(review))
        for path in (f"/admin/reviews/review/{review.pk}/preview/", "/admin/"):
            response = Client().get(f"{path}?preview={secret}", follow=True)
            assert "Hidden words" not in response.content.decode()

    def test_it_is_not_in_robots_or_sitemaps(self) -> None:
        sent()
        for path in ("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-reviews.xml"):
            assert "/preview" not in Client().get(path).content.decode()


class TestTheLog:
    @pytest.fixture
    def written(self) -> Iterator[io.StringIO]:
        """What is logged about requests, by a handler set up as in the settings."""
        console: Any = settings.LOGGING["handlers"]["console"]  # type: ignore[index]
        filters: Any = settings.LOGGING["filters"]
        handler = logging.StreamHandler(io.StringIO())
        for name in console["filters"]:
            handler.addFilter(import_string(filters[name]["()"])())
        logger = logging.getLogger("django.request")
        logger.addHandler(handler)
        yield handler.stream
        logger.removeHandler(handler)

    def test_contains_no_secret(self, written: io.StringIO, now: dt.datetime) -> None:
        path = sent()
        secret = secret_in(path)
        answer(path, method="post")
        Client().get(f"/preview/{secret[:-1]}/")
        with clock.frozen_at(now + 4 * DAY):
            Client().get(path)
        assert written.getvalue().splitlines() == [
            "Method Not Allowed (POST): /preview/…/",
            "Not Found: /preview/…/",
            "Not Found: /preview/…/",
        ]

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ('"GET /preview/aB-_9/ HTTP/1.1" 200', '"GET /preview/…/ HTTP/1.1" 200'),
            ("/preview/aB?x=1 and /preview/cD", "/preview/…?x=1 and /preview/…"),
            ("/admin/reviews/review/7/preview/ was read", "/admin/reviews/review/7/preview/ was read"),
        ],
    )
    def test_lines_keep_what_is_no_secret(self, said: str, told: str) -> None:
        record = logging.makeLogRecord({"msg": "%s", "args": (said,)})
        assert WithoutSecretsFilter().filter(record)
        assert record.getMessage() == told
