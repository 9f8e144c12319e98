"""The merge page: unsaved text against a newer save, and the answers to its questions."""

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

    ``saved`` says who has saved it and when. ``theirs`` is a digest of what is saved now; answers must repeat it.
    """

    desk: Any
    request: HttpRequest
    obj: Model
    saved: str
    theirs: str

    @property
    def is_answer(self) -> bool:
        """Whether the page was posted, and for what is saved now."""
        return self.request.POST.get(ANSWERED) == self.theirs

    @property
    def answers(self) -> dict[str, Any]:
        """The choices made on the page, by the names of its questions."""
        return self.request.POST.dict() if self.is_answer else {}

    def settled(self, merge: Merged) -> bool:
        """Whether every question is answered."""
        return self.is_answer and merge.is_answered

    def page(
        self, merge: Merged, posted: Mapping[str, Sequence[str]], *, is_kept: bool = False
    ) -> HttpResponse:
        """The page. ``posted`` is the data sent again with the answers; ``is_kept`` says that it is autosaved."""
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
        """Redirect to the form, because what was typed changes nothing."""
        words = f"{self.saved} This is the saved version: you had changed nothing else."
        self.desk.message_user(self.request, words, messages.INFO)
        return HttpResponseRedirect(url)
