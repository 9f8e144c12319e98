"""Evidence: the rendered text of a passage selected in a body, to cite word for word."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.views.decorators.http import require_POST

from reviews import text
from reviews.admin.parts.pages import DeskPage


class EvidencePage(DeskPage):
    """Gives the script the text to cite. Without JavaScript a passage is typed, and checked on save."""

    def urls(self) -> list[URLPattern]:
        return [self.at("passage/", "passage", require_POST(self.passage))]

    def passage(self, request: HttpRequest) -> HttpResponse:
        """The passage that is ``selected``, between the text ``before`` and ``after`` it. Stores nothing."""
        self.require_writer(request)
        # In three parts, not offsets: browsers count UTF-16 units and send line ends as CRLF.
        before, selected, after = (request.POST.get(name, "") for name in ("before", "selected", "after"))
        body = f"{before}{selected}{after}".replace("\r\n", "\n")
        if says := text.excess(body):
            return JsonResponse({"error": says}, status=413)
        found = text.passage_at(f"{before}{selected}{after}", len(before), len(before) + len(selected))
        return JsonResponse(
            {"passage": found.text, "in_spoiler": found.in_spoiler}
            if found
            else {"passage": "", "in_spoiler": False}
        )
