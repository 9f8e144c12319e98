"""Answers readers from the pages that are kept, and keeps those that it has to make."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reviews import clock
from reviews.public.page_cache.addressing import (
    DESK,
    PREVIEWS,
    Address,
    address_of,
    is_for_readers,
    spelling_of,
)
from reviews.public.page_cache.answering import answer
from reviews.public.page_cache.flights import Flights, time_left
from reviews.public.page_cache.keeping import KEEPER
from reviews.public.page_cache.representations import VARY, KeptPage
from reviews.public.page_cache.shared import release, shared_pages
from reviews.public.page_cache.surrogate_keys import name_things
from reviews.public.page_cache.visitors import has_session, may_have_session, without_cookies

GetResponse = Callable[[HttpRequest], HttpResponse]

KEPT = (200, 301, 404, 410)
"""The statuses of answers that are kept, here and by shared caches."""
NOT_TO_BE_KEPT = "no-cache"

_FLIGHTS: Flights[Address] = Flights()


class PageCacheMiddleware:
    """Gives every public answer its ``Cache-Control``, validator and encoding, and keeps it for the next reader.

    A page is kept for anonymous readers only, and served to them only. Code that reads the site as of another moment is
    passed by. ``PAGE_CACHE`` switches the keeping off; what an answer says stays the same.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        if shared_pages():
            release()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_elsewhen = clock.is_set_here()
        spelling = spelling_of(request) if settings.PAGE_CACHE and not is_elsewhen else None
        # Most answers are of this kind: to somebody without a session, at an address that was asked for before.
        if (
            spelling
            and not may_have_session(request)
            and (address := KEEPER.spelled(spelling))
            and (hit := self._hit(request, address))
        ):
            return hit
        if is_elsewhen or not is_for_readers(request):
            return self._undressed(request, self.get_response(request))
        if has_session(request):
            return self._made(request)[0]
        without_cookies(request)
        address = address_of(request)
        if address is None or not settings.PAGE_CACHE:
            return self._made(request)[0]
        if spelling:
            KEEPER.remember(spelling, address)
        return self._answered(request, address)

    def _hit(self, request: HttpRequest, address: Address) -> HttpResponse | None:
        """The answer from a page that is kept, if it is still right."""
        standing = KEEPER.validity.standing()
        page = KEEPER.found(address, standing) if standing else None
        return answer(page, request, standing.at) if page and standing else None

    def _answered(self, request: HttpRequest, address: Address) -> HttpResponse:
        began = time.monotonic()
        while True:
            if hit := self._hit(request, address):
                return hit
            flight, is_maker = _FLIGHTS.join(address)
            if is_maker:
                is_for_all = True
                try:
                    response, is_for_all = self._kept(request, address)
                    return response
                finally:
                    _FLIGHTS.land(address, is_for_all=is_for_all)
            if not flight.landed.wait(time_left(began)) or not flight.is_for_all:
                return self._kept(request, address)[0]

    def _kept(self, request: HttpRequest, address: Address) -> tuple[HttpResponse, bool]:
        """Make a page, and keep it if nothing has changed meanwhile. Also returns whether others may wait for it."""
        before = KEEPER.validity.standing(fresh=True)
        shared = shared_pages() if before and not address.is_asked else None
        if shared and before and (found := shared.found(address, before)):
            KEEPER.keep(address, *found)
            return answer(found[0], request, before.at), True
        response, page = self._made(request)
        after = KEEPER.validity.standing(fresh=True) if page else None
        if page and before and after and after.holds(before.basis):
            page.shrink()
            KEEPER.keep(address, page, before.basis)
            if shared:
                shared.keep(address, page, before.basis)
        elif shared and before:
            shared.make_no_more(address, before.stamp)
        return response, page is not None or response.status_code >= 500

    def _made(self, request: HttpRequest) -> tuple[HttpResponse, KeptPage | None]:
        """The answer, and the page that may be kept; None if it is for one visitor or a moment only.

        A HEAD says the same as a GET without the body, so it is made as one; except of a preview link, where only a
        GET counts as an opening.
        """
        at, method = clock.now(), request.method
        if not request.path_info.startswith(PREVIEWS):
            request.method = request.META["REQUEST_METHOD"] = "GET"
        response = self.get_response(request)
        request.method = request.META["REQUEST_METHOD"] = method
        varies = {name.strip().lower() for name in response.headers.get("Vary", VARY[1]).split(",")}
        is_public = (
            response.status_code in KEPT
            and not response.streaming
            and "Cache-Control" not in response.headers
            and not response.cookies
            and varies == {VARY[1].lower()}
        )
        if not is_public:
            return self._undressed(request, response), None
        name_things(request, response)
        page = KeptPage.made_from(response)
        return answer(page, request, at, response), page

    def _undressed(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not request.path_info.startswith(DESK):
            response.headers.setdefault("Cache-Control", NOT_TO_BE_KEPT)
        return response
