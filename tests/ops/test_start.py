"""What a server reports, and what it refuses, when it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import override_settings

from reviewsite.checks import database_is_private, env_file_is_private
from tests.gate.test_project import PRODUCTION, ROOT, manage


def start(then: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the application as a server does, then run more code."""
    return subprocess.run(
        [sys.executable, "-c", f"import logging, reviewsite.wsgi\n{then}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class TestThePageCache:
    @pytest.mark.parametrize(
        ("environment", "is_on"),
        [
            (PRODUCTION, True),
            (PRODUCTION | {"PAGE_CACHE": "off"}, False),
            # A template that is edited is seen at once.
            ({"DEBUG": "1"}, False),
            ({"DEBUG": "1", "PAGE_CACHE": "on"}, True),
        ],
        ids=str,
    )
    def test_is_on_but_in_development(self, environment: dict[str, str], is_on: bool) -> None:
        result = start("from django.conf import settings; print(settings.PAGE_CACHE)", **environment)
        assert result.stdout.split()[-1] == str(is_on)


class TestAServer:
    def test_does_not_start_with_a_key_that_can_be_guessed(self) -> None:
        result = start(**(PRODUCTION | {"SECRET_KEY": "x"}))
        assert result.returncode != 0
        assert "SECRET_KEY can be guessed" in result.stderr

    def test_says_that_passwords_can_be_read_over_http(self) -> None:
        result = start(**(PRODUCTION | {"SITE_URL": "http://reviews.example"}))
        assert result.returncode == 0, result.stderr
        assert "WARNING reviewsite" in result.stderr
        assert "Over http, others on the network can read passwords" in result.stderr

    def test_writes_no_secret_of_a_preview_link_to_logs_of_its_own(self) -> None:
        write = """
for name in ("gunicorn.error", "gunicorn.access"):
    logger = logging.getLogger(name)
    logger.propagate = False
    logger.addHandler(logging.StreamHandler())
    logger.error("Error handling request %s", "/preview/hidden-secret/")
"""
        result = start(write, **PRODUCTION)
        assert result.stderr.count("Error handling request /preview/…/") == 2, result.stderr
        assert "hidden-secret" not in result.stderr


class TestCheck:
    def test_says_it_too_without_being_asked_about_deployment(self) -> None:
        result = manage("check", **(PRODUCTION | {"SITE_URL": "http://reviews.example"}))
        assert "reviewsite.W002" in result.stderr

    def test_is_silent_where_nothing_leaves_the_machine_or_nothing_can_be_read(self) -> None:
        for address in (
            "http://127.0.0.1:8000",
            "http://localhost",
            "http://[::1]:8000",
            "https://a.example",
        ):
            with override_settings(PRODUCTION=True, SITE_URL=address, HTTPS=address.startswith("https")):
                assert [message for message in run_checks() if message.id == "reviewsite.W002"] == []

    def test_names_a_database_that_everybody_can_open(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "site.sqlite3"
        monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
        monkeypatch.setattr(connection, "vendor", "sqlite")
        said = {}
        for mode in (0o644, 0o606, 0o640, 0o600):
            file.touch()
            file.chmod(mode)
            said[mode] = [message.hint for message in database_is_private(["default"])]
        hint = [f"chmod o= {file}*"]
        assert said == {0o644: hint, 0o606: hint, 0o640: [], 0o600: []}

    def test_names_a_file_of_variables_that_everybody_can_read(self, tmp_path: Path) -> None:
        (tmp_path / ".env").touch()
        said = {}
        for mode, production in ((0o644, True), (0o640, True), (0o644, False)):
            (tmp_path / ".env").chmod(mode)
            with override_settings(PRODUCTION=production, BASE_DIR=tmp_path):
                said[mode, production] = [message.hint for message in env_file_is_private()]
        assert said == {
            (0o644, True): [f"chmod o= {tmp_path}/.env"],
            (0o640, True): [],
            (0o644, False): [],
        }
