"""The page on which somebody merges what they typed with what others have saved since, and what they answer on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from reviews.admin.parts.pages import desk_page
from reviews.admin.parts.saving.questions import Merged

ANSWERED = "_theirs"


@dataclass(frozen=True)
class TwoSaves:
    """A form that was sent although others have saved the object since it was opened.

    ``saved`` says who has saved it and when; ``theirs`` is a name for what is saved now, which answers must repeat.
    """

    desk: Any
    request: HttpRequest
    obj: Model
    saved: str
    theirs: str

    @property
    def is_answer(self) -> bool:
        """Whether the page was answered, of what is saved now."""
        return self.request.POST.get(ANSWERED) == self.theirs

    @property
    def answers(self) -> dict[str, Any]:
        """The choices made on the page, by the names of its questions."""
        return self.request.POST.dict() if self.is_answer else {}

    def settled(self, merge: Merged) -> bool:
        """Whether nothing is left to ask."""
        return self.is_answer and merge.is_answered

    def page(
        self, merge: Merged, posted: Mapping[str, Sequence[str]], *, is_kept: bool = False
    ) -> HttpResponse:
        """The page. ``posted`` is what its answers come with; ``is_kept`` says that it is autosaved."""
        context = {
            "merge": merge,
            "saved": self.saved,
            "theirs": self.theirs,
            "posted": posted,
            "is_kept": is_kept,
            "is_incomplete": self.is_answer,
        }
        title = "Bring both together"
        return desk_page(self.desk, self.request, "admin/reviews/merge.html", title, self.obj, context)

    def as_saved(self, url: str) -> HttpResponse:
        """Back to the form, since what was typed changes nothing."""
        words = f"{self.saved} This is the saved version: you had changed nothing else."
        self.desk.message_user(self.request, words, messages.INFO)
        return HttpResponseRedirect(url)
