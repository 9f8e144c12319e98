"""Which addresses links may have: web addresses and e-mail addresses."""

import re

from reviews.text.markdown.grammar import host_of

WEB_ADDRESS_PATTERN = r"^https?://[^\s/?#@\\]+([/?#]\S*)?\Z"
"""Scheme and host, without user name or password. Valid in Python and PostgreSQL; to be matched in any letter case."""

_WEB_ADDRESS = re.compile(WEB_ADDRESS_PATTERN, re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x20\x7f-\x9f]")
_POST_ADDRESS = re.compile(r"[^\s@?&#%/\\:<>\"(),;\[\]]+@[^\s@?&#%/\\:<>\"(),;\[\]]+")


def web_address(address: str) -> str:
    """The address if a link may have it; empty unless it leads to a host by http or https.

    Every link to an address that was typed or loaded from a fixture uses this function.
    """
    is_one = _WEB_ADDRESS.match(address) and not _UNSEEN.search(address) and host_of(address)
    return address if is_one else ""


def post_address(address: str) -> str:
    """The e-mail address if a link may have it; empty if it contains anything more, such as a copy to others."""
    return address if _POST_ADDRESS.fullmatch(address) else ""
