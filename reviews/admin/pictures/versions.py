"""A new file for a picture: drafts take it, and what readers see keeps the one that it was published with."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern

from reviews.admin.parts.account import account_of
from reviews.admin.parts.pages import DeskPage, desk_page, desk_url
from reviews.admin.pictures.receiving import received_for


class VersionForm(forms.Form):
    file = forms.FileField(
        label="file",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        allow_empty_file=True,  # Refused with a reason, as is whatever else is no picture.
        help_text="JPEG, PNG, WebP, AVIF or GIF, 20 MB at most.",
    )


class VersionPage(DeskPage):
    def urls(self) -> list[URLPattern]:
        return [self.at("<path:object_id>/version/", "version", self.version)]

    def version(self, request: HttpRequest, object_id: str) -> HttpResponse:
        picture = self.found(request, object_id, "reviews.change_picture")
        if picture is None:
            return self.missing(request, object_id)
        if not self.desk.has_change_permission(request, picture):
            raise PermissionDenied
        form = VersionForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            one = received_for(picture, form.cleaned_data["file"], account_of(request))
            if one.arrival is None:
                form.add_error("file", one.refusal)
            else:
                self._say(request, picture, is_known=one.arrival.is_known)
                return HttpResponseRedirect(desk_url("change", picture))
        context = {"form": form}
        return desk_page(
            self.desk, request, "admin/reviews/picture/version.html", "New version", picture, context
        )

    def _say(self, request: HttpRequest, picture: object, *, is_known: bool) -> None:
        if is_known:
            said = "That is the file that it has already: nothing has changed."
            self.desk.message_user(request, said, messages.WARNING)
            return
        self.desk.log_change(request, picture, "Added a new version.")
        said = (
            "The new version is kept. Drafts, films, critics and people show it from now on; "
            "published reviews keep the one that they were published with."
        )
        self.desk.message_user(request, said, messages.SUCCESS)
