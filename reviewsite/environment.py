"""The variables that an outlet sets, read and checked. Uses no settings: the caller passes the variables.

A value may have spaces around it and one pair of quotes, which Docker keeps from an env file. Empty counts as not set.
A value that cannot be right raises ImproperlyConfigured, which says what to write instead; no message repeats a secret.
"""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Values = Mapping[str, str]

OF_PRODUCTION = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "CACHE_URL",
    "CDN_PURGE_URL",
    "CDN_PURGE_HEADER",
    "PICTURES_URL",
    "PICTURES_ACCEL",
    "STATIC_ROOT",
    "BEHIND_PROXY",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "CONN_MAX_AGE",
)
"""Variables of a real site. If any of them is set, the demo does not start."""

ON, OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SQLITE = "django.db.backends.sqlite3"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
LOCAL_ADDRESS = "http://127.0.0.1:8000"

SHORTEST_KEY, FEWEST_CHARACTERS = 32, 10
KNOWN_KEYS = ("django-insecure-", "development-only-")
NEW_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"

_QUOTED = re.compile(r"""(?P<mark>["'])(?P<inside>(?:(?!(?P=mark)).)*)(?P=mark)""", re.DOTALL)
_DATABASE = re.compile(r"postgres(ql)?://.+|sqlite:///.+")
_HEADER = re.compile(r"[A-Za-z0-9-]+:[ -~]*[!-~]")
_HOST = re.compile(r"\.?[^\s/:@?#*\[\]\"',]+|\[[0-9A-Fa-f:.]+\]")


@dataclass(frozen=True)
class Mode:
    """How the site runs: in ``production`` where it is neither of the others."""

    debug: bool
    demo: bool

    @property
    def production(self) -> bool:
        return not (self.debug or self.demo)


def load(values: MutableMapping[str, str], file: Path) -> None:
    """Add what a ``.env`` file sets to the variables, which take precedence. The demo reads no such file."""
    if flag(values, "DEMO") or not file.exists():
        return
    try:
        file.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"{file} cannot be read by this account: {error.strerror}.") from error
    reader: Any = type("Reader", (environ.Env,), {"ENVIRON": values})
    reader.read_env(file)
    if flag(values, "DEMO"):
        raise ImproperlyConfigured(f"Take DEMO out of {file}: the demo is started by “make demo” alone.")


def mode(values: Values) -> Mode:
    """The mode of the site. Raises if both DEBUG and DEMO are set, or if the demo finds variables of a real site."""
    found = Mode(debug=flag(values, "DEBUG"), demo=flag(values, "DEMO"))
    if found.debug and found.demo:
        raise ImproperlyConfigured(
            "Set DEBUG or DEMO, not both: the demo shows what readers of a real site see."
        )
    if found.demo and (named := set_for_production(values)):
        raise ImproperlyConfigured(
            f"The demo does not start where a site is configured, and here {_listed(named)} "
            f"{'is' if len(named) == 1 else 'are'} set. Start it in a shell without: "
            f"env {' '.join(f'-u {name}' for name in named)} make demo"
        )
    return found


def set_for_production(values: Values) -> list[str]:
    """Which of the variables of a real site are set."""
    return [name for name in OF_PRODUCTION if text(values, name)]


# -- Kinds of value -----------------------------------------------------------------------------------------


def text(values: Values, name: str, default: str = "") -> str:
    value = values.get(name, "").strip()
    if quoted := _QUOTED.fullmatch(value):
        value = quoted["inside"].strip()
    return value or default


def required(values: Values, name: str, fallback: str, meaning: str, *, how: Mode) -> str:
    """A variable that production must set; development and the demo take the fallback."""
    value = text(values, name, "" if how.production else fallback)
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {meaning} (DEBUG=1 supplies one for development.)")
    return value


def flag(values: Values, name: str, *, default: bool = False) -> bool:
    value = text(values, name).lower()
    if value not in ("", *ON, *OFF):
        raise ImproperlyConfigured(f"Set {name} to 1 or 0: “{value}” is neither.")
    return value in ON if value else default


def number(values: Values, name: str, default: int) -> int:
    """A whole number of seconds, 0 or more."""
    return _whole(values, name, default, of="seconds")


def size(values: Values, name: str, default: int) -> int:
    """A whole number of bytes, 0 or more."""
    return _whole(values, name, default, of="bytes")


def _whole(values: Values, name: str, default: int, *, of: str) -> int:
    value = text(values, name)
    if value and not (value.isascii() and value.isdigit() and len(value) < 10):
        raise ImproperlyConfigured(f"Set {name} to a whole number of {of}, such as {default}: not “{value}”.")
    return int(value) if value else default


def level(values: Values, name: str) -> str:
    value = text(values, name, "INFO").upper()
    if value not in LEVELS:
        raise ImproperlyConfigured(f"Set {name} to one of {_listed(LEVELS)}: not “{value}”.")
    return value


def folder(values: Values, name: str, default: Path, *, base: Path) -> Path:
    """A folder; one that is not absolute is below ``base``, wherever the site is started from."""
    return base / text(values, name, str(default))


# -- Values with rules of their own -------------------------------------------------------------------------


def secret_key(values: Values, fallback: str, *, how: Mode) -> str:
    """The key that signs sessions. Production refuses one that can be guessed, or was published."""
    if how.demo:
        return text(values, "DEMO_KEY", fallback)
    meaning = "a long random text that signs sessions; keep it secret and keep it the same."
    key = required(values, "SECRET_KEY", fallback, meaning, how=how)
    is_weak = len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS or key.startswith(KNOWN_KEYS)
    if how.production and is_weak:
        raise ImproperlyConfigured(
            f"SECRET_KEY can be guessed, and whoever guesses it can sign in as anybody. It needs {SHORTEST_KEY} "
            f"characters or more, drawn at random. Make one: {NEW_KEY}"
        )
    return key


def hosts(values: Values, *, how: Mode) -> list[str]:
    """The names that the site answers to, without spaces, empty entries or quotes."""
    meaning = "the host names this site answers to, separated by commas."
    listed = required(values, "ALLOWED_HOSTS", ",".join(LOOPBACK), meaning, how=how)
    names = [name.lower() for entry in listed.split(",") if (name := text({"": entry}, ""))]
    for name in names:
        if not _HOST.fullmatch(name) and not (name == "*" and not how.production):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS holds “{name}”, which is not a host name. Write names alone, without https://, port "
                "or path, separated by commas: ALLOWED_HOSTS=reviews.example,www.reviews.example "
                "(.reviews.example stands for the name and all below it; * is for development only)."
            )
    if not names:
        raise ImproperlyConfigured(f"Set ALLOWED_HOSTS: {meaning}")
    return names


def site_address(values: Values, *, how: Mode) -> str:
    """The public address, without a slash at its end."""
    if how.demo:
        return _address(text(values, "DEMO_ADDRESS", LOCAL_ADDRESS), "DEMO_ADDRESS", local=True)
    meaning = "the public address, such as https://reviews.example."
    return _address(required(values, "SITE_URL", LOCAL_ADDRESS, meaning, how=how), "SITE_URL")


def is_local(address: str) -> bool:
    """Whether an address is reached from this machine only, so that nobody on a network can read the traffic."""
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith("127.")


def _address(address: str, name: str, *, local: bool = False) -> str:
    problem = (
        f"{name} must be a full address, such as https://reviews.example. It has no user name, path or query."
    )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(problem) from error
    rest = parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or rest
        or re.search(r"[\s\\,\"']", address)
    ):
        raise ImproperlyConfigured(problem)
    if local and not is_local(address):
        raise ImproperlyConfigured(
            f"{name} must be an address of this machine: the demo is served to it alone."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    is_usual = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if is_usual else f":{port}")


def database(values: Values, default: Path, *, base: Path) -> dict[str, Any]:
    """Django's settings for the database: PostgreSQL, or a file of SQLite's (below ``base`` if not absolute)."""
    url = text(values, "DATABASE_URL")
    if not url:
        return {"ENGINE": SQLITE, "NAME": str(default)}
    problem = (
        "DATABASE_URL cannot be read. Write postgres://user:password@host/name, with any of @ : / ? # % in the "
        "password as %40 and so on, or sqlite:////folder/site.sqlite3."
    )
    if not _DATABASE.fullmatch(url):
        raise ImproperlyConfigured(problem)
    try:
        found: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError as error:
        raise ImproperlyConfigured(problem) from error
    if not found["NAME"]:
        raise ImproperlyConfigured(problem)
    if found["ENGINE"] == SQLITE and found["NAME"] != ":memory:":
        found["NAME"] = str(base / found["NAME"])
    return found


def cache(values: Values) -> dict[str, Any]:
    url = text(values, "CACHE_URL", "locmemcache://")
    try:
        found: dict[str, Any] = environ.Env.cache_url_config(url)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            "CACHE_URL cannot be read. Write rediscache://host:6379/0, or leave it out for a cache in each process."
        ) from error
    return found


def purge_address(values: Values) -> str:
    """Where a CDN is asked to drop pages; empty without one."""
    address = text(values, "CDN_PURGE_URL")
    problem = (
        "CDN_PURGE_URL must be a full address, such as https://api.cdn.example/service/purge, without a user name. "
        "What identifies this site to the CDN goes into CDN_PURGE_HEADER."
    )
    try:
        parts = urlsplit(address)
        is_right = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
        parts.port  # noqa: B018 (it raises where the port is no number)
    except ValueError as error:
        raise ImproperlyConfigured(problem) from error
    if address and (not is_right or not re.fullmatch(r"[!-~]+", address)):
        raise ImproperlyConfigured(problem)
    return address


def header(values: Values, name: str) -> str:
    """A header of a request as one line, ``Name: value``, in ASCII; empty if it is not set."""
    line = text(values, name)
    if line and not _HEADER.fullmatch(line):
        raise ImproperlyConfigured(f"Set {name} to a whole header, its name as well: “Fastly-Key: …”.")
    return line


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
