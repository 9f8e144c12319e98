"""The pages that this process keeps."""

from dataclasses import dataclass, field

from django.conf import settings

from reviews import clock
from reviews.models.shared.picture_file import PictureFile
from reviews.public.page_cache.addressing import Address, Spelling
from reviews.public.page_cache.remembering import Remembered
from reviews.public.page_cache.representations import KeptPage
from reviews.public.page_cache.shelves import Shelf
from reviews.public.page_cache.validity import Basis, Standing, Validity

ASKED_PART = 4
"""Addresses with a query, and pairs of reviews, have one part in so many: anybody can think of any number of them."""
MISSING_PART = 12
"""Addresses at which there is nothing have one part in so many. They share one page."""
SPELLINGS_PART = 24
"""What is remembered of how addresses were spelled has one part in so many."""
MOST_PICTURES = 500
"""How many versions of pictures are remembered that readers may see: each takes about one kilobyte."""


@dataclass
class Keeper:
    """What this process knows and keeps. Threads share it."""

    validity: Validity = field(default_factory=Validity)
    pictures: Remembered[str, PictureFile] = field(default_factory=lambda: Remembered(MOST_PICTURES))
    _pages: Shelf[Address, tuple[KeptPage, Basis]] = field(default_factory=Shelf)
    _asked: Shelf[Address, tuple[KeptPage, Basis]] = field(default_factory=Shelf)
    _missing: Shelf[Address, Basis] = field(default_factory=Shelf)
    _spelled: Shelf[Spelling, Address] = field(default_factory=Shelf)
    _of: tuple[int, int] | None = None

    def standing(self) -> Standing | None:
        """What holds now; None where nothing may be kept, or the site is read as of another moment."""
        is_kept = settings.PAGE_CACHE and not clock.is_set_here()
        return self.validity.standing() if is_kept else None

    def spelled(self, spelling: Spelling) -> Address | None:
        """The address that was once spelled like that, if it is remembered."""
        return self._spelled.get(spelling)

    def remember(self, spelling: Spelling, address: Address) -> None:
        """Remember how an address was spelled, so that it need not be read again."""
        _scheme, host, port, path, query = spelling
        if path == address.path:
            # The same text once.
            spelling = (address.scheme, host, port, address.path, query)
        self._spelled.put(spelling, address, address.weight + 4 * len(query), most=_part(SPELLINGS_PART))

    def found(self, address: Address, standing: Standing) -> KeptPage | None:
        """The page at an address, if it is kept and still right."""
        if self._of != (of := (standing.stamp, standing.put_back)):
            # Nothing that was made before will ever be right again.
            self._clear()
            self._of = of
        kept = self._shelf(address).get(address)
        if kept is None or not standing.holds(kept[1]):
            missing = self._missing.get(address)
            if missing is None or not standing.holds(missing):
                return None
            address = address.where_nothing_is
            kept = self._shelf(address).get(address)
            if kept is None or not standing.holds(kept[1]):
                return None
        page, basis = kept
        if page.has_grown:
            self._put(address, page, basis)
        return page

    def keep(self, address: Address, page: KeptPage, basis: Basis) -> None:
        """Keep a page."""
        if page.status == 404:
            self._missing.put(address, basis, address.weight, most=_part(MISSING_PART))
            address = address.where_nothing_is
        self._put(address, page, basis)

    def _put(self, address: Address, page: KeptPage, basis: Basis) -> None:
        most = (
            _part(ASKED_PART)
            if address.is_asked
            else _part(1) - sum(map(_part, (ASKED_PART, MISSING_PART, SPELLINGS_PART)))
        )
        self._shelf(address).put(address, (page, basis), address.weight + page.weighed(), most=most)

    @property
    def weight(self) -> int:
        """About how many bytes of memory all of it takes."""
        return self._pages.weight + self._asked.weight + self._missing.weight + self._spelled.weight

    def forget(self) -> None:
        """Forget everything, also what is known of the public state."""
        self._clear()
        self._spelled.clear()
        self.pictures.clear()
        self.validity = Validity()

    def _clear(self) -> None:
        for shelf in (self._pages, self._asked, self._missing):
            shelf.clear()

    def _shelf(self, address: Address) -> Shelf[Address, tuple[KeptPage, Basis]]:
        return self._asked if address.is_asked else self._pages


def _part(part: int) -> int:
    return int(settings.PAGE_CACHE_BYTES) // part


KEEPER = Keeper()


def forget() -> None:
    """Forget all pages that this process keeps."""
    KEEPER.forget()
