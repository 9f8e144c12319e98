"""Messages after an action: what happened, and what it changes for readers."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reviews.admin.parts.pages import desk_url
from reviews.admin.parts.typing import ModelAdmin


class MessagesMixin(ModelAdmin):
    """Replaces Django's success messages with ones that say what readers see now."""

    once_deleted = "Readers see no difference."

    def called(self, obj: Any) -> str:
        """The name of an object in a message."""
        return str(obj)

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        """One or two sentences: who sees what was just saved, or how to publish it."""
        raise NotImplementedError

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        self._say_saved(request, obj, is_new=True)
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = super().response_change(request, obj)
        self._say_saved(request, obj, is_new=False)
        return response

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        response = super().response_delete(request, obj_display, obj_id)
        if IS_POPUP_VAR not in request.POST:
            instead(request, format_html("“{}” is deleted. {}", obj_display, self.once_deleted))
        return response

    def _say_saved(self, request: HttpRequest, obj: Model, *, is_new: bool) -> None:
        if IS_POPUP_VAR in request.POST:
            return  # A popup: Django adds no message either.
        instead(request, self.once_saved(request, obj, is_new=is_new))

    def once_saved(self, request: HttpRequest, obj: Model, *, is_new: bool) -> SafeString:
        """The message after a save, with a link to the object and what follows."""
        name: Any = self.called(obj)
        if self.has_view_or_change_permission(request, obj):
            name = format_html('<a href="{}">{}</a>', desk_url("change", obj), name)
        return format_html("“{}” is saved. {}", name, self.what_follows(request, obj, is_new=is_new))


def instead(request: HttpRequest, sentence: str) -> None:
    """Replace the last message."""
    said = list(messages.get_messages(request))
    for message in said[:-1]:
        messages.add_message(request, message.level, message.message, message.extra_tags or "")
    messages.success(request, sentence)
