"""Addresses as a critic would have typed them: the link target without redirects and tracking parameters."""

import re
from urllib.parse import parse_qs, urlsplit, urlunsplit

from reviews.text.markdown.grammar import ADDRESS_LENGTH, SCHEMES, host_of

_SPACE = re.compile(r"[\s\x00-\x1f]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hs\w+|mkt_tok|oly_\w+_id|vero_id"
    r"|s_cid|cmpid|guccounter|guce_\w+)\Z",
    re.IGNORECASE,
)
_LONGEST_CHAIN = 3


def address_of(typed: str) -> str:
    """The target of a link on a clipboard, a web or e-mail address; empty if it has none.

    A relative address means nothing outside its page. Redirects that document and mail programs add are removed, and so
    are parameters that only count visitors.
    """
    address = _SPACE.sub("", typed) if len(typed) <= ADDRESS_LENGTH else ""
    for _ in range(_LONGEST_CHAIN):
        scheme = _SCHEME.match(address)
        if scheme is None or scheme[1].lower() not in SCHEMES:
            return ""
        if scheme[1].lower() == "mailto":
            return address if "@" in address else ""
        if not host_of(address):
            return ""
        behind = _behind(address)
        if not behind:
            break
        address = _SPACE.sub("", behind)
    else:
        return ""
    return _uncounted(address)


def fragment_of(typed: str) -> str:
    """The fragment of an address, which names a place in a page."""
    return typed.partition("#")[2].strip() if len(typed) <= ADDRESS_LENGTH else ""


def _behind(address: str) -> str:
    """The address that a redirect leads to; empty if it is not a redirect."""
    parts, host = urlsplit(address), host_of(address) or ""
    name = ""
    if re.fullmatch(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}", host) and parts.path == "/url":
        name = "q|url"
    elif host.endswith(".safelinks.protection.outlook.com"):
        name = "url"
    elif re.fullmatch(r"lm?\.(?:facebook|instagram)\.com", host):
        name = "u"
    if not name:
        return ""
    try:
        asked = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    return next((asked[key][0] for key in name.split("|") if key in asked), "")


def _uncounted(address: str) -> str:
    parts = urlsplit(address)
    if not parts.query:
        return address
    kept = [each for each in parts.query.split("&") if not _COUNTED.match(each.partition("=")[0])]
    query = "&".join(kept)
    return address if query == parts.query else urlunsplit(parts._replace(query=query))
