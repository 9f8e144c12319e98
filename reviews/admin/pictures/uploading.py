"""Adding pictures: many files at once, by a script that sends each in a request of its own, or by a plain form."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.html import format_html

from reviews.admin.parts.account import account_of
from reviews.admin.parts.pages import DeskPage, desk_page, desk_url
from reviews.admin.pictures.files import file_url
from reviews.admin.pictures.receiving import MOST_FILES, Received, received
from reviews.admin.pictures.words import words_url
from reviews.imaging.headers import LARGEST_FILE
from reviews.models import Picture

NO_FILE = "No file came with it. Choose one or more, then send them."
TOO_MANY = f"Those are more than {MOST_FILES} files, and none was taken. Send them in several goes."


class UploadPage(DeskPage):
    """In place of Django's page for adding one."""

    def urls(self) -> list[URLPattern]:
        return [self.at("add/", "add", self.add)]

    def add(self, request: HttpRequest) -> HttpResponse:
        if not self.desk.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request)
        files = request.FILES.getlist("files")
        if IS_POPUP_VAR in request.POST:
            return self._chosen(request, files)
        if request.accepts("application/json") and not request.accepts("text/html"):
            return self._told(request, files[:1])
        return self._sent(request, files)

    def _page(self, request: HttpRequest, *, status: int = 200) -> HttpResponse:
        context = {
            "most_files": MOST_FILES,
            "largest_file": LARGEST_FILE,
            "words_address": desk_url("words", Picture),
            "is_popup": IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST,
        }
        return desk_page(
            self.desk, request, "admin/reviews/picture/add.html", "Add pictures", None, context, status=status
        )

    def _chosen(self, request: HttpRequest, files: list[Any]) -> HttpResponse:
        """The answer to the window that another form opened: that form has the picture chosen then."""
        one = self._received(request, files[0]) if files else Received("", refusal=NO_FILE)
        if one.arrival is None:
            self.desk.message_user(request, one.refusal, messages.ERROR)
            return self._page(request, status=503 if one.is_busy else 422)
        picture = one.arrival.picture
        told = json.dumps({"value": str(picture.pk), "obj": str(picture)})
        return TemplateResponse(request, "admin/popup_response.html", {"popup_response_data": told})

    def _sent(self, request: HttpRequest, files: list[Any]) -> HttpResponse:
        """The answer to a plain form: on to the words of what came in, with a message for each that did not."""
        if not files or len(files) > MOST_FILES:
            self.desk.message_user(request, TOO_MANY if files else NO_FILE, messages.ERROR)
            return self._page(request, status=400)
        each = [self._received(request, file) for file in files]
        for one in each:
            if one.arrival is None:
                said = format_html("“{}” is not taken. {}", one.name, one.refusal)
                self.desk.message_user(request, said, messages.ERROR)
            elif words := remark(one):
                self.desk.message_user(request, format_html("“{}”: {}", one.name, words), messages.WARNING)
        taken = [one.arrival.picture for one in each if one.arrival]
        if not taken:
            return self._page(request, status=422)
        own = [picture for picture in taken if self.desk.has_change_permission(request, picture)]
        return HttpResponseRedirect(words_url(own) if own else desk_url("change", taken[0]))

    def _received(self, request: HttpRequest, file: Any) -> Received:
        one = received(file, account_of(request))
        if one.arrival and not one.arrival.is_known:
            self.desk.log_addition(request, one.arrival.picture, [{"added": {}}])
        return one

    def _told(self, request: HttpRequest, files: list[Any]) -> JsonResponse:
        """The answer to a script, about one file."""
        if not files:
            return JsonResponse({"refused": NO_FILE}, status=400)
        one = self._received(request, files[0])
        if one.arrival is None:
            answer = JsonResponse({"refused": one.refusal}, status=503 if one.is_busy else 422)
            if one.is_busy:
                answer.headers["Retry-After"] = "2"
            return answer
        picture = one.arrival.picture
        return JsonResponse(
            {
                "picture": str(picture.pk),
                "name": picture.name,
                "page": desk_url("change", picture),
                "thumbnail": file_url(picture),
                "is_known": one.arrival.is_known,
                "may_change": self.desk.has_change_permission(request, picture),
                "remark": remark(one),
            }
        )


def remark(one: Received) -> str:
    """What whoever sent a file should know of its arrival; empty if there is nothing."""
    if one.arrival is None:
        return ""
    if one.arrival.is_known:
        return "the library has this file already, as the picture that is shown here."
    if one.arrival.lost_frames:
        return "it was animated: its first picture is kept, which readers see standing still."
    return ""
