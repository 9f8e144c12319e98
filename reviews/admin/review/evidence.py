"""Evidence: what a reader reads of the passage that is marked in a body, so that it can be cited word for word."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern

from reviews import text
from reviews.admin.parts.pages import DeskPage


class EvidencePage(DeskPage):
    """Tells a script what to cite. Without script a passage is copied by hand, and checked when it is saved."""

    def urls(self) -> list[URLPattern]:
        return [self.at("passage/", "passage", self.passage)]

    def passage(self, request: HttpRequest) -> HttpResponse:
        """The passage that is ``selected``, between what stands ``before`` and ``after`` it. Stores nothing."""
        if not (self.desk.has_add_permission(request) or self.desk.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        # In three parts: a browser counts characters otherwise, and sends line ends as two.
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
