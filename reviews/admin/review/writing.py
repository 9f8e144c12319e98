"""Writing aids for a review's body: its length, and conversion of pasted HTML to Markdown."""

from dataclasses import dataclass

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.views.decorators.http import require_POST

from reviews import text
from reviews.admin.parts.pages import DeskPage
from reviews.models import Review
from reviews.rules.numbers import whole_number
from reviews.text.limits import LARGEST_PASTE

LAST_NOTE = 99_999


@dataclass(frozen=True)
class Length:
    """A body's length in words and reading time. ``longest_paste`` is the limit of one paste."""

    words: int
    minutes: int
    longest_paste: int = LARGEST_PASTE


def length_of(body: BoundField, review: Review | None) -> Length:
    """The length of the body in a form."""
    typed = str(body.value() or "")
    words = text.word_count(review.read() if review and review.body == typed else typed)
    return Length(words, text.reading_minutes(words))


class PastePage(DeskPage):
    """Converts what is pasted into the form to Markdown."""

    def urls(self) -> list[URLPattern]:
        return [self.at("paste/", "paste", require_POST(self.paste))]

    def paste(self, request: HttpRequest) -> HttpResponse:
        """The Markdown of the posted ``html``, with footnotes numbered from ``first_note``, and the number of pictures
        that are left out of it, if there are any. Stores nothing."""
        self.require_writer(request)
        html, first = (
            request.POST.get("html"),
            whole_number(request.POST.get("first_note", "1"), most=LAST_NOTE),
        )
        if html is None:
            return _refused("Send what is to be pasted as “html”.", 400)
        if not first:
            return _refused(f"Number footnotes from 1 to {LAST_NOTE}.", 400)
        if says := text.excess_of_paste(html):
            return _refused(says, 413)
        pasted = text.pasted(html, first_note=first)
        left_out = {"pictures": pasted.pictures} if pasted.pictures else {}
        return JsonResponse({"markdown": pasted.markdown, **left_out})


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
