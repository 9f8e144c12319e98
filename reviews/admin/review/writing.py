"""What helps to write a review's body: how long it is, and what is pasted into it as Markdown."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path

from reviews import text
from reviews.admin.parts.typing import ModelAdmin
from reviews.rules.numbers import whole_number
from reviews.text.limits import LARGEST_PASTE

LAST_NOTE = 99_999


@dataclass(frozen=True)
class Length:
    """How long a body is, and how long to read. ``longest_paste`` is what the desk takes at once."""

    words: int
    minutes: int
    longest_paste: int = LARGEST_PASTE


class WritingMixin(ModelAdmin):
    """Turns what is pasted into the form into Markdown, and counts the words of the body."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.paste_view)
        return [path("paste/", view, name="reviews_review_paste"), *super().get_urls()]

    def paste_view(self, request: HttpRequest) -> HttpResponse:
        """The Markdown of ``html``, its footnotes numbered from ``first_note``. Stores nothing."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
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
        return JsonResponse({"markdown": text.markdown_from_html(html, first_note=first)})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if "body" in form.fields:
            typed, saved = str(form["body"].value() or ""), context.get("review")
            words = text.word_count(saved.read() if saved and saved.body == typed else typed)
            context["length"] = Length(words, text.reading_minutes(words))
        return super().render_change_form(request, context, *args, **kwargs)


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
