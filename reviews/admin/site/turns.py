"""Turns: each process handles one long text of the desk at a time, so that threads and CPU are left for readers.

One long text may take seconds. Eight at once would occupy every thread.
"""

import threading

from django.http import HttpRequest

from reviews.admin.site.sign_in import LONGEST_KEPT

LONG = 30_000
"""Characters of copy, or bytes of a form, that make a long text; longer than any magazine page."""
AT_ONCE = 2
"""How many such requests a process accepts: one in work and one waiting. Others get "try again"."""

WITH_FILES = ("reviews_picture_add", "reviews_picture_version")
"""Routes of forms whose length is that of their files. Reading those has turns of its own."""

_places = threading.BoundedSemaphore(AT_ONCE)
_turn = threading.Lock()
_MARK = "_has_turn"


class Busy(Exception):
    """Other long texts are being handled: try again."""


def take(request: HttpRequest, size: int) -> None:
    """Wait for a turn if the text is long; the request keeps it to its end. Raises Busy.

    Not to be called in a transaction: the request that has the turn may be waiting for its locks.
    """
    if size < LONG or hasattr(request, _MARK):
        return
    if not _places.acquire(blocking=False):
        raise Busy
    _turn.acquire()
    setattr(request, _MARK, True)


def take_to_read_form(request: HttpRequest) -> None:
    """The same for a form that was posted, before it is read. Raises Busy."""
    if request.resolver_match and request.resolver_match.url_name in WITH_FILES:
        return
    take(request, int(request.META.get("CONTENT_LENGTH") or 0))


def to_send_again(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """The form that a desk user posted, so that the refusing page can send it again; empty if there is none.

    Going back is not enough: some browsers empty the form of a page that may not be cached.
    """
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    is_form = request.method == "POST" and name.endswith(("_add", "_change"))
    if not is_form or not request.user.is_authenticated:
        return []
    typed = [(name, [str(value) for value in values]) for name, values in request.POST.lists()]
    size = sum(len(name) + len(value) for name, values in typed for value in values)
    return typed if size <= LONGEST_KEPT else []


def give_back(request: HttpRequest) -> None:
    """End the request's turn."""
    if hasattr(request, _MARK):
        delattr(request, _MARK)
        _turn.release()
        _places.release()
