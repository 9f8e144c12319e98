"""Turns: each process reads one long text at a time for the desk, so that readers keep threads and a share of the time.

A few seconds of work for one text are short for whoever sent it. Eight at once would leave no thread for anybody else.
"""

import threading

from django.http import HttpRequest

from reviews.admin.site.sign_in import LONGEST_KEPT

LONG = 30_000
"""Characters of copy, or bytes of a form, from which it is a long text: no page of a magazine has so many."""
AT_ONCE = 2
"""How many such requests a process takes: one that it works on, and one that it does next. Others are to try again."""

_places = threading.BoundedSemaphore(AT_ONCE)
_turn = threading.Lock()
_MARK = "_has_turn"


class Busy(Exception):
    """Others' long texts are being read: try again."""


def take(request: HttpRequest, size: int) -> None:
    """Wait for a turn to read a text of that size, if it is long; the request keeps it to its end. Raises Busy.

    Not within a transaction: whoever has the turn may be waiting for its locks.
    """
    if size < LONG or hasattr(request, _MARK):
        return
    if not _places.acquire(blocking=False):
        raise Busy
    _turn.acquire()
    setattr(request, _MARK, True)


def take_to_read_form(request: HttpRequest) -> None:
    """The same for a form that was posted, before it is read. Raises Busy."""
    take(request, int(request.META.get("CONTENT_LENGTH") or 0))


def to_send_again(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """The form that somebody at the desk sent, so that the page that refuses it can keep it; empty if there is none.

    Going back is not enough: some browsers empty the form of a page that may not be stored.
    """
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    is_form = request.method == "POST" and name.endswith(("_add", "_change"))
    if not is_form or not request.user.is_authenticated:
        return []
    typed = [(name, [str(value) for value in values]) for name, values in request.POST.lists()]
    size = sum(len(name) + len(value) for name, values in typed for value in values)
    return typed if size <= LONGEST_KEPT else []


def give_back(request: HttpRequest) -> None:
    """Let the next text be read."""
    if hasattr(request, _MARK):
        delattr(request, _MARK)
        _turn.release()
        _places.release()
