"""System checks of the deployment. A server also runs those under ``Tags.security`` (wsgi.py)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from reviewsite import environment, sqlite_file


@register(Tags.database)
def database_is_private(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn about an SQLite file that every account of the machine can open, from an earlier release or a copy."""
    wrappers = [connections[alias] for alias in databases or []]
    files = [wrapper.settings_dict["NAME"] for wrapper in wrappers if wrapper.vendor == "sqlite"]
    return [
        Warning(
            f"Every account on this machine can open {file}, with its drafts, sessions and password hashes.",
            hint=f"chmod o= {file}*",
            id="reviewsite.W001",
        )
        for file in files
        if sqlite_file.is_open_to_others(Path(file))
    ]


@register(Tags.security)
def env_file_is_private(**kwargs: Any) -> list[CheckMessage]:
    """Warn about a ``.env`` file that every account of the machine can read: its key signs sessions."""
    file = settings.BASE_DIR / ".env"
    if not (settings.PRODUCTION and sqlite_file.is_open_to_others(file)):
        return []
    return [
        Warning(
            f"Every account on this machine can read {file}, with the key that signs sessions.",
            hint=f"chmod o= {file}",
            id="reviewsite.W003",
        )
    ]


@register(Tags.security)
def address_is_safe(**kwargs: Any) -> list[CheckMessage]:
    """Warn about plain http if the site is reached over a network."""
    if not settings.PRODUCTION or settings.HTTPS or environment.is_local(settings.SITE_URL):
        return []
    return [
        Warning(
            f"SITE_URL is {settings.SITE_URL}. Over http, others on the network can read passwords and drafts.",
            hint="Let the proxy in front speak https, then set SITE_URL=https://… and BEHIND_PROXY=1.",
            id="reviewsite.W002",
        )
    ]


@register(Tags.security)
def demo_is_a_demo(**kwargs: Any) -> list[CheckMessage]:
    """Refuse demo mode with the settings of a real site. settings.py ensures this; settings derived from it may not."""
    if not settings.DEMO:
        return []
    database = settings.DATABASES["default"]
    is_own_file = database["ENGINE"] == environment.SQLITE and (
        Path(database["NAME"]) == settings.VAR_DIR / "demo.sqlite3"
    )
    is_the_demos = {
        "DATABASES": is_own_file and len(settings.DATABASES) == 1,
        "SITE_URL": environment.is_local(settings.SITE_URL),
        "ALLOWED_HOSTS": set(settings.ALLOWED_HOSTS) <= set(environment.LOOPBACK),
        "BEHIND_PROXY": not settings.BEHIND_PROXY,
    }
    return [
        Error(
            f"DEMO is on, but {name} is that of a real site.",
            hint="Take DEMO out of these settings. “make demo” starts the demo, with settings of its own.",
            id="reviewsite.E001",
        )
        for name, is_right in is_the_demos.items()
        if not is_right
    ]
