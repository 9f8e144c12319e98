"""Headers of every response, and request ids."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from reviewsite.middleware import RequestIdFilter, content_security_policy


@pytest.mark.django_db
class TestSecurityHeaders:
    def test_readers_get_a_policy_without_scripts(self, client: Client) -> None:
        policy = client.get("/").headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy
        assert "unsafe" not in policy

    def test_the_desk_may_run_its_own_scripts_only(self, client: Client) -> None:
        policy = client.get("/admin/login/").headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy

    def test_error_pages_carry_them_too(self, client: Client) -> None:
        headers = client.get("/no/such/page/").headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert "geolocation=()" in headers["Permissions-Policy"]

    def test_a_policy_is_spelled_as_the_standard_asks(self) -> None:
        spelled = content_security_policy({"default-src": ["'none'"], "img-src": ["'self'", "data:"]})
        assert spelled == "default-src 'none'; img-src 'self' data:"

    def test_no_policy_of_ours_is_unsafe(self) -> None:
        for policy in (settings.SECURE_CSP, settings.SECURE_CSP_DESK):
            assert not any("unsafe" in source for sources in policy.values() for source in sources)


@pytest.mark.django_db
class TestRequestId:
    def test_each_response_has_its_own(self, client: Client) -> None:
        assert client.get("/").headers["X-Request-ID"] != client.get("/").headers["X-Request-ID"]

    def test_a_proxys_is_kept(self, client: Client) -> None:
        response = client.get("/", headers={"X-Request-ID": "edge-0123456789"})
        assert response.headers["X-Request-ID"] == "edge-0123456789"

    @pytest.mark.parametrize("offered", ["", "short", "x" * 65, "with space 123", "line\nbreak12"])
    def test_one_that_could_forge_a_log_line_is_not(self, client: Client, offered: str) -> None:
        assert client.get("/", headers={"X-Request-ID": offered}).headers["X-Request-ID"] != offered

    def test_outside_a_request_the_log_says_so(self) -> None:
        record = logging.makeLogRecord({})
        assert RequestIdFilter().filter(record)
        assert record.request_id == "-"  # type: ignore[attr-defined]
