"""The actions that a user may now do with a review, for the panel beside its form."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.urls import reverse

from reviews.admin.parts.confirm import ConfirmPage
from reviews.desk import permissions
from reviews.desk.outlook import Outlook
from reviews.desk.permissions import Verb

DIRECT = (Verb.SUBMIT, Verb.TAKE_BACK, Verb.APPROVE)
"""The verbs without a form: a button does them, if the sentence beside it is still true."""
ENDING = (Verb.CANCEL, Verb.WITHDRAW)


@dataclass(frozen=True)
class Action:
    """An action. With ``stated`` it is a button that acts at once, if what was stated is still true; without, a link to
    a confirm page. ``says`` is what will happen."""

    name: str
    label: str
    url: str
    says: str = ""
    stated: str = ""
    is_next: bool = False
    is_end: bool = False


LABELS = {
    Verb.SUBMIT: "Submit for review",
    Verb.TAKE_BACK: "Take back to draft",
    Verb.RETURN: "Return with a note…",
    Verb.APPROVE: "Approve now",
    Verb.PUBLISH_CHANGES: "Publish the changes…",
    Verb.RETIME: "Reschedule…",
    Verb.CANCEL: "Unschedule…",
    Verb.WITHDRAW: "Withdraw…",
    Verb.EXPLAIN: "Explain in public…",
    Verb.REINSTATE: "Reinstate…",
}
ROUTES = {
    Verb.SUBMIT: "submit",
    Verb.TAKE_BACK: "take_back",
    Verb.RETURN: "return",
    Verb.APPROVE: "publish",
    Verb.PUBLISH_CHANGES: "publish",
    Verb.RETIME: "retime",
    Verb.CANCEL: "unschedule",
    Verb.WITHDRAW: "withdraw",
    Verb.EXPLAIN: "explain",
    Verb.REINSTATE: "reinstate",
}


def actions_of(outlook: Outlook, by: User, page_of: Callable[[Verb], ConfirmPage]) -> list[Action]:
    """What this person may do now, the likely next step first and destructive actions last.

    ``page_of`` returns the confirm page of a verb.
    """
    actions: list[Action] = []
    for verb in permissions.available(outlook, by):
        url = reverse(f"admin:reviews_review_{ROUTES[verb]}", args=[outlook.review.pk])
        if verb is Verb.PUBLISH_CHANGES and not outlook.has_unpublished:
            continue
        if verb is Verb.APPROVE and not outlook.has_unpublished:
            continue  # What is saved is already scheduled: it can be rescheduled.
        if verb not in DIRECT:
            actions.append(Action(verb, LABELS[verb], url, is_end=verb in ENDING))
            continue
        page = page_of(verb)
        if not list(page.obstacles):
            actions.append(Action(verb, LABELS[verb], url, page.says, page.stated))
        if verb is Verb.APPROVE:
            actions.append(Action("approve_for", "Approve for a time…", url))
    return _with_next(actions)


def _with_next(actions: list[Action]) -> list[Action]:
    """Mark the likely next step: the first of the likely verbs that is offered."""
    likely = (Verb.APPROVE, Verb.PUBLISH_CHANGES, Verb.SUBMIT, Verb.REINSTATE)
    names = [action.name for action in actions]
    following = next((name for name in likely if name in names), "")
    marked = [replace(action, is_next=action.name == following) for action in actions]
    return sorted(marked, key=lambda action: (not action.is_next, action.is_end))
