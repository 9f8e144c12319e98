"""Which addresses may be written as links: web addresses and e-mail addresses."""

import re

from reviews.text.markdown.grammar import host_of

WEB_ADDRESS_PATTERN = r"^https?://[^\s/?#@\\]+([/?#]\S*)?\Z"
"""Scheme and host, without a name or password before it; valid for Python and PostgreSQL, to be matched in any case."""

_WEB_ADDRESS = re.compile(WEB_ADDRESS_PATTERN, re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x20\x7f-\x9f]")
_POST_ADDRESS = re.compile(r"[^\s@?&#%/\\:<>\"(),;\[\]]+@[^\s@?&#%/\\:<>\"(),;\[\]]+")


def web_address(address: str) -> str:
    """An address with which a link may be written; empty for any that does not lead to a host by http or https.

    Every link to an address that was typed or loaded from a fixture goes through this function.
    """
    is_one = _WEB_ADDRESS.match(address) and not _UNSEEN.search(address) and host_of(address)
    return address if is_one else ""


def post_address(address: str) -> str:
    """An e-mail address with which a link may be written; empty for any that holds more, such as a copy to others."""
    return address if _POST_ADDRESS.fullmatch(address) else ""
