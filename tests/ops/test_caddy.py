"""The proxies that we describe pass on no header that gunicorn would believe of a visitor."""

from importlib import import_module
from pathlib import Path

import pytest

BELIEVED: str = import_module("gunicorn.config").ForwarderHeaders.default
DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.mark.parametrize("name", BELIEVED.split(","))
def test_caddy_drops_what_gunicorn_believes(name: str) -> None:
    """With ``SCRIPT_NAME: /x`` anybody would get an error, or a page whose links lead nowhere."""
    lines = [line.strip() for line in (DEPLOY / "Caddyfile").read_text().splitlines()]
    assert f"header_up -{name}" in lines


def test_nginx_drops_them_unless_it_is_told_otherwise() -> None:
    assert "underscores_in_headers" not in (DEPLOY / "nginx.conf").read_text()
