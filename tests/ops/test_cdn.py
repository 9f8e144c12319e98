"""The variables of a CDN in front, and what the checks say of them."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from reviewsite import environment
from reviewsite.checks import cdn_is_asked_safely

PLACE, TOKEN = "https://api.cdn.example/service/x1/purge", "Fastly-Key: hunter2"


def purge_address(typed: str) -> str:
    return environment.purge_address({"CDN_PURGE_URL": typed})


class TestItsVariables:
    @pytest.mark.parametrize("typed", ["", " ", PLACE, f' "{PLACE}" ', "http://127.0.0.1:6081/?all=1"])
    def test_an_address(self, typed: str) -> None:
        assert purge_address(typed) == typed.strip(' "')

    @pytest.mark.parametrize(
        "typed",
        [
            "api.cdn.example/purge",
            "ftp://cdn.example/",
            "file:///etc/passwd",
            "https://",
            "https://hunter2@cdn.example/",
            "https://user:hunter2@cdn.example/",
            "https://cdn.example:port/",
            "https://cdn.example/a b",
            "https://cdn.example/a\nX: y",
            "https://[::1/",
        ],
    )
    def test_what_is_no_address_is_refused_and_not_repeated(self, typed: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="CDN_PURGE_URL must be a full address") as refused:
            purge_address(typed)
        assert "hunter2" not in str(refused.value)

    @pytest.mark.parametrize("typed", ["", TOKEN, "Authorization:Bearer x", '"X-Key: y"'])
    def test_a_header(self, typed: str) -> None:
        assert environment.header({"X": typed}, "X") == typed.strip('"')

    @pytest.mark.parametrize(
        "typed", ["hunter2", ": hunter2", "A b: hunter2", "A:", "A: hunter2\nB: c", "A: é"]
    )
    def test_what_is_no_header_is_refused_and_not_repeated(self, typed: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="Set X to a whole header") as refused:
            environment.header({"X": typed}, "X")
        assert "hunter2" not in str(refused.value)


class TestTheChecks:
    @pytest.mark.parametrize(
        ("place", "header", "is_behind", "warned"),
        [
            ("", "", False, []),
            (PLACE, TOKEN, True, []),
            ("http://127.0.0.1:6081/", TOKEN, True, []),
            (PLACE, "", True, ["W004"]),
            ("http://api.cdn.example/", TOKEN, True, ["W005"]),
            (PLACE, TOKEN, False, ["W006"]),
            ("http://api.cdn.example/", "", False, ["W004", "W006"]),
        ],
    )
    def test_name_what_is_missing(
        self, settings: Any, place: str, header: str, is_behind: bool, warned: list[str]
    ) -> None:
        settings.CDN_PURGE_URL, settings.CDN_PURGE_HEADER, settings.BEHIND_PROXY = place, header, is_behind
        found = cdn_is_asked_safely()
        assert [warning.id for warning in found] == [f"reviewsite.{number}" for number in warned]
        assert not any("hunter2" in str(warning) for warning in found)
        # A server and "check --deploy" run these.
        assert all(warning in run_checks(tags=["security"]) for warning in found)
