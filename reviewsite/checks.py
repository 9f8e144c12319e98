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


@register(Tags.security)
def cdn_is_asked_safely(**kwargs: Any) -> list[CheckMessage]:
    """Warn about what is missing where a CDN is asked to drop pages."""
    if not settings.CDN_PURGE_URL:
        return []
    warnings: list[CheckMessage] = []
    if not settings.CDN_PURGE_HEADER:
        warnings.append(
            Warning(
                "CDN_PURGE_URL is set and CDN_PURGE_HEADER is not, so the CDN cannot tell this site from others.",
                hint="Set CDN_PURGE_HEADER to the header with the CDN’s token: “Fastly-Key: …”.",
                id="reviewsite.W004",
            )
        )
    elif settings.CDN_PURGE_URL.startswith("http:") and not environment.is_local(settings.CDN_PURGE_URL):
        warnings.append(
            Warning(
                "CDN_PURGE_URL is plain http. Others on the network can read CDN_PURGE_HEADER.",
                hint="Write its https address.",
                id="reviewsite.W005",
            )
        )
    if not settings.BEHIND_PROXY:
        warnings.append(
            Warning(
                "CDN_PURGE_URL is set and BEHIND_PROXY is not, so all visitors seem to share the CDN’s address.",
                hint="Set BEHIND_PROXY=1; docs/operations.md says what the proxy in front must do.",
                id="reviewsite.W006",
            )
        )
    return warnings
