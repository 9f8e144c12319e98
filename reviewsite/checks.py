"""System checks of how the site is run. Those under ``Tags.security`` are run by a server as well (wsgi.py)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from reviewsite import environment, sqlite_file


@register(Tags.database)
def database_is_private(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Name an SQLite file that an earlier release, or a copy, left open to every account of the machine."""
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
    """Name a ``.env`` file with which every account of the machine could sign sessions."""
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
    """Say what plain http means where a site is reached over a network."""
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
    """In demo mode nothing may look like a real site. settings.py sees to that; settings made from it may not."""
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
