"""The keys by which a CDN can be asked to drop pages: a page has one for each thing that it names.

They are computed from the answer alone: from its own address, and from the addresses in it. So they name nothing that
the page does not, and are the same whatever is hidden. A key is a digest of the address of a thing, such as
``/reviews/anora/``.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b
from urllib.parse import quote

SITE = "site"
"""Of every page."""
LISTS = "lists"
"""Of pages that are not about one thing: lists, feeds, sitemaps, and the page that says that nothing is here."""
MANY = "many"
"""Of pages that name too many things, in place of the keys of those. Whoever purges any thing purges these, too."""

MOST_KEYS = 150
"""The most things whose keys a page has: a header of 1.7 kB. Proxies take 4 kB for all headers of an answer."""
_CARDS = "/cards"
"""A card for sharing is at its page's address below this."""
_THING = re.compile(
    rb"/(?:(?:films|critics|reviews|people|tags|franchises)/(?:[a-z0-9-]|%[0-9A-F]{2})+|pictures/[\w-]{22})/"
)


def key_of(address: str) -> str:
    """The key of a thing by its address, which is a path of ASCII characters, as ``get_absolute_url`` gives it."""
    return _key(address.encode("ascii"))


def keys_of_page(path: str, content: bytes, *, location: str = "", is_there: bool = True) -> list[str]:
    """The keys of an answer at a path, sorted: ``content`` is its body, not compressed.

    ``location`` is where it leads. One that says that nothing ``is_there`` is the same at every such path, so it has no
    key of that, but the one of lists: whatever comes there is in lists, too.
    """
    own = _THING.match(quote(path.removeprefix(_CARDS)).encode()) if is_there else None
    named = set(_THING.findall(content + b" " + location.encode()))
    keys = {SITE} if own else {SITE, LISTS}
    if own:
        named.add(own[0])
    keys |= {MANY} if len(named) > MOST_KEYS else {_key(each) for each in named}
    return sorted(keys)


def keys_to_purge(addresses: Iterable[str]) -> set[str]:
    """The keys of all pages that may show these things, or should show them now; none if there are none."""
    things = {key_of(address) for address in addresses}
    return things | {LISTS, MANY} if things else set()


def _key(address: bytes) -> str:
    return blake2b(address, digest_size=5).hexdigest()
