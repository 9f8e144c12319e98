"""Identifiers of films and people in other catalogues: checked, normalised, and turned into addresses.

Each function takes the identifier or the pasted address of the catalogue's page and returns the one form to store,
which it accepts unchanged. The patterns describe that form for database constraints: Python and PostgreSQL read them
alike.
"""

import re
import string
from itertools import pairwise
from urllib.parse import parse_qs, unquote, urlsplit

IMDB_TITLE_PATTERN = r"^tt[0-9]{7,10}\Z"
IMDB_NAME_PATTERN = r"^nm[0-9]{7,10}\Z"
TMDB_PATTERN = r"^[1-9][0-9]{0,9}\Z"
WIKIDATA_PATTERN = r"^Q[1-9][0-9]{0,11}\Z"
EIDR_PATTERN = r"^10\.5240/([0-9A-F]{4}-){5}[0-9A-Z]\Z"


class IdentifierError(ValueError):
    """What was typed is not the identifier asked for. The message is one sentence for the editor."""


def imdb_title(text: str) -> str:
    """A film's IMDb id, ``tt0133093``: tt and 7 to 10 digits. Raises IdentifierError."""
    return _imdb(text, "tt", "film", "tt0133093")


def imdb_name(text: str) -> str:
    """A person's IMDb id, ``nm0000206``: nm and 7 to 10 digits. Raises IdentifierError."""
    return _imdb(text, "nm", "person", "nm0000206")


def tmdb_film(text: str) -> str:
    """A film's TMDB id, ``603``: a whole number from 1, of at most ten digits. Raises IdentifierError."""
    typed = _trimmed(text)
    identifier = typed
    if page := _page(typed, "themoviedb.org", "tmdb.org"):
        path = page[0]
        section = next((part for part in path if part in ("movie", *_TMDB_OTHERS)), "movie")
        if section in _TMDB_OTHERS:
            raise IdentifierError(
                f"{_quoted(typed)} is the TMDB page of {_TMDB_OTHERS[section]}: paste the page of a film."
            )
        identifier = (_after(path, section) or typed).partition("-")[0]
    if not re.match(TMDB_PATTERN, identifier):
        raise IdentifierError(f"{_quoted(typed)} is not a film’s TMDB id: it is a whole number such as 603.")
    return identifier


def wikidata(text: str) -> str:
    """A Wikidata item, ``Q83495``: Q and a whole number from 1. Raises IdentifierError."""
    typed = _trimmed(text)
    item = typed
    if page := _page(typed, "wikidata.org"):
        item = page[0][-1] if page[0] else ""
    item = item.upper()
    if not re.match(WIKIDATA_PATTERN, item):
        raise IdentifierError(
            f"{_quoted(typed)} is not a Wikidata item: it looks like Q83495, Q and a number from 1."
        )
    return item


def eidr(text: str) -> str:
    """An EIDR content id, ``10.5240/7791-8534-2C23-9030-8610-5``, in capitals and with its hyphens.

    The last character is the check character of the twenty before it, by ISO 7064 Mod 37,36 as in the EIDR ID format.
    Accepts the DOI with or without ``10.5240/``, as an address, or after ``doi:`` or ``urn:eidr:`` (RFC 7972). Raises
    IdentifierError for any other form, and for a wrong check character.
    """
    typed = _trimmed(text)
    given = typed
    if page := _page(typed, "doi.org", "eidr.org"):
        path, query = page
        given = query.get("id", "/".join(path))
    given = given.upper()
    for prefix in ("INFO:DOI/", "URN:", "DOI:", "EIDR:"):
        given = given.removeprefix(prefix).lstrip(" ")
    suffix = re.sub(r"^10\.5240[/:]", "", given).translate(_HYPHENS)
    if not re.fullmatch(r"[0-9A-F]{20}[0-9A-Z]", suffix):
        raise IdentifierError(
            f"{_quoted(typed)} is not an EIDR content id: it looks like 10.5240/7791-8534-2C23-9030-8610-5."
        )
    if suffix[-1] != check_character(suffix[:-1]):
        raise IdentifierError(
            f"{_quoted(typed)} is mistyped, for its last character does not fit the rest: copy it again."
        )
    return "10.5240/" + "-".join(suffix[start : start + 4] for start in range(0, 21, 4))


def check_character(text: str) -> str:
    """The ISO 7064 Mod 37,36 check character of digits and capital letters A to Z.

    A hybrid system: a running product modulo 36, then 37; the check character brings the sum to 1. Raises ValueError
    for any other character.
    """
    product = 36
    for character in text:
        total = (product + _ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return _ALPHABET[(37 - product) % 36]


def imdb_title_url(identifier: str) -> str:
    """The address of a film on IMDb, for an id that ``imdb_title`` returned."""
    return f"https://www.imdb.com/title/{identifier}/"


def imdb_name_url(identifier: str) -> str:
    """The address of a person on IMDb, for an id that ``imdb_name`` returned."""
    return f"https://www.imdb.com/name/{identifier}/"


def tmdb_film_url(identifier: str) -> str:
    """The address of a film on TMDB, for an id that ``tmdb_film`` returned."""
    return f"https://www.themoviedb.org/movie/{identifier}"


def wikidata_url(identifier: str) -> str:
    """The address of a Wikidata item, for an id that ``wikidata`` returned."""
    return f"https://www.wikidata.org/wiki/{identifier}"


def eidr_url(identifier: str) -> str:
    """The address of an EIDR id, through the DOI resolver, for an id that ``eidr`` returned."""
    return f"https://doi.org/{identifier}"


_ALPHABET = string.digits + string.ascii_uppercase
_HYPHENS = str.maketrans(dict.fromkeys("-‐‑–—−", None))
_PASTED = "\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # Invisible characters that are often copied with text.
_LONGEST = 500  # The longest address to parse.

_IMDB_KINDS = {"tt": "a film", "nm": "a person", "co": "a company", "ch": "a character", "ev": "an event"}
_TMDB_OTHERS = {
    "person": "a person",
    "tv": "a television series",
    "collection": "a collection",
    "company": "a company",
}


def _imdb(text: str, prefix: str, noun: str, example: str) -> str:
    typed = _trimmed(text)
    identifier = typed
    if page := _page(typed, "imdb.com"):
        identifier = _after(page[0], "title", "name") or typed
    identifier = identifier.lower()
    if re.fullmatch(rf"{prefix}[0-9]{{7,10}}", identifier):
        return identifier
    shape = f"a {noun}’s looks like {example}, {prefix} and 7 to 10 digits"
    kind = _IMDB_KINDS.get(identifier[:2])
    if kind and identifier[:2] != prefix and re.fullmatch(r"[a-z]{2}[0-9]+", identifier):
        raise IdentifierError(f"{_quoted(typed)} is the IMDb id of {kind}: {shape}.")
    raise IdentifierError(f"{_quoted(typed)} is not an IMDb id: {shape}.")


def _trimmed(text: str) -> str:
    typed = text.strip(string.whitespace + _PASTED)
    if len(typed) > _LONGEST:
        raise IdentifierError("That is too long for an identifier: paste the identifier alone.")
    return typed


def _page(typed: str, *hosts: str) -> tuple[list[str], dict[str, str]] | None:
    """The path's parts and the query of an address at one of the hosts or under it, or None."""
    try:
        address = urlsplit(typed if "://" in typed else f"https://{typed.lstrip('/')}")
        query = parse_qs(address.query)
        host = address.hostname or ""
    except ValueError:  # Half an IPv6 address, or a host that changes when normalised.
        return None
    if address.scheme not in ("http", "https") or not any(
        host == own or host.endswith(f".{own}") for own in hosts
    ):
        return None
    parts = [part for part in unquote(address.path).split("/") if part]
    return parts, {name: values[0] for name, values in query.items()}


def _after(parts: list[str], *sections: str) -> str:
    """The part that follows the first of the sections, or an empty string."""
    return next((after for part, after in pairwise(parts) if part in sections), "")


def _quoted(text: str) -> str:
    shown = text if len(text) <= 60 else text[:59] + "…"
    return "“" + "".join(character if character.isprintable() else "\ufffd" for character in shown) + "”"
