"""Who may do what with a review. The admin uses these rules to offer actions, and every verb checks them again.

Roles grant permissions (:mod:`reviews.desk.accounts.roles`); these rules apply a permission to one review.
"""

from enum import StrEnum

from django.contrib.auth.models import User

from reviews.desk.document import fields
from reviews.desk.outlook import Outlook
from reviews.models import Outlet, Review

EDIT_ALL = "reviews.edit_all_copy"
SHARE = "reviews.change_review"
"""The permission to show copy to people without an account; ``may_share`` says which copy."""
WITH_THEIR_WRITER = (Review.Status.DRAFT, Review.Status.RETURNED)
"""The states in which the writer works on the copy."""
BEFORE_APPROVAL = (*WITH_THEIR_WRITER, Review.Status.IN_REVIEW)


class Verb(StrEnum):
    """What can be done with a review besides saving it."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH_CHANGES = "publish_changes"
    RETIME = "retime"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    EXPLAIN = "explain"
    REINSTATE = "reinstate"


PERMISSIONS = {
    Verb.SUBMIT: "reviews.change_review",
    Verb.TAKE_BACK: "reviews.change_review",
    Verb.RETURN: "reviews.publish_review",
    Verb.APPROVE: "reviews.publish_review",
    Verb.PUBLISH_CHANGES: "reviews.publish_review",
    Verb.RETIME: "reviews.publish_review",
    Verb.CANCEL: "reviews.publish_review",
    Verb.WITHDRAW: "reviews.withdraw_review",
    Verb.EXPLAIN: "reviews.withdraw_review",
    Verb.REINSTATE: "reviews.withdraw_review",
}
FOUR_EYES = (Verb.APPROVE, Verb.PUBLISH_CHANGES, Verb.REINSTATE)
"""The verbs that publish, which four eyes restricts."""
OWN_COPY = "This is your own copy, and here another pair of eyes approves it: ask a colleague."


class PublishingError(Exception):
    """The verb cannot be done. ``reasons`` has a sentence for each reason, for an editor."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class NotAllowed(PublishingError):
    """This person may not do the verb, whatever the review's state."""


def objection(verb: Verb, outlook: Outlook) -> str:
    """Why a verb does not apply in this state: one sentence, empty if it applies."""
    match verb:
        case Verb.SUBMIT if outlook.status not in WITH_THEIR_WRITER:
            return "Only a draft can be submitted."
        case Verb.TAKE_BACK | Verb.RETURN if outlook.status != Review.Status.IN_REVIEW:
            return "Only a review in review can go back."
        case Verb.APPROVE if outlook.has_been_public:
            return "Readers have seen it already: publish the changes instead."
        case Verb.PUBLISH_CHANGES if not outlook.has_been_public:
            return "Readers have not seen it yet: approve it instead."
        case Verb.PUBLISH_CHANGES if outlook.status == Review.Status.WITHDRAWN:
            return "It is withdrawn: reinstate it instead."
        case Verb.RETIME | Verb.CANCEL if outlook.pending is None:
            return "Nothing is waiting to go up."
        case Verb.WITHDRAW if outlook.live is None:
            return "Readers do not see this review: there is nothing to take down."
        case Verb.EXPLAIN | Verb.REINSTATE if outlook.status != Review.Status.WITHDRAWN:
            return "Only a withdrawn review can be explained or reinstated."
    return ""


def publishing_verb(outlook: Outlook) -> Verb:
    """Which of the publishing verbs it is to publish this review."""
    if not outlook.has_been_public:
        return Verb.APPROVE
    return Verb.REINSTATE if outlook.status == Review.Status.WITHDRAWN else Verb.PUBLISH_CHANGES


def refusal(verb: Verb, outlook: Outlook, by: User) -> str:
    """Why this person may not do the verb, whatever the state: one sentence, empty if they may."""
    review = outlook.review
    if not by.has_perm(PERMISSIONS[verb]):
        return "Your role does not allow that: ask an editor or a publisher."
    if not may_write(review, by):
        return "That is somebody else’s copy."
    if verb is Verb.TAKE_BACK and not is_own(review, by):
        return "Only whoever wrote it takes it back: return it with a note."
    if verb in FOUR_EYES and is_own(review, by) and outlook.outlet.four_eyes:
        return OWN_COPY
    return ""


def waits_for_another(outlook: Outlook, by: User) -> str:
    """Why this person may not publish the review now, if four eyes is the only reason; else empty."""
    sensible = [verb for verb in FOUR_EYES if not objection(verb, outlook)]
    return OWN_COPY if any(refusal(verb, outlook, by) == OWN_COPY for verb in sensible) else ""


def require(verb: Verb, outlook: Outlook, by: User | None) -> None:
    """Raise PublishingError if the verb does not apply to the review, and NotAllowed if this person may not do it.

    ``by`` is None for a fixture or an import, which needs no permission. The outlook must be read under the lock.
    """
    if by is not None and (reason := refusal(verb, outlook, by)):
        raise NotAllowed([reason])
    if reason := objection(verb, outlook):
        raise PublishingError([reason])


def available(outlook: Outlook, by: User) -> list[Verb]:
    """The verbs that this person may do now with the review as it is saved."""
    return [verb for verb in Verb if not objection(verb, outlook) and not refusal(verb, outlook, by)]


def is_own(review: Review, by: User) -> bool:
    """Whether it is this person's own copy: under their byline, or created by them."""
    return by.pk in (review.critic.user_id, review.written_by_id)


def may_share(review: Review, by: User) -> bool:
    """Whether this person may show the copy to people without an account: writers may, if they may see the copy."""
    return by.has_perm(SHARE) and may_write(review, by)


def may_move_byline(review: Review, by: User) -> bool:
    """Whether ``by`` may change the critic.

    Under four eyes nobody may reassign their own review, since they could then approve it.
    """
    return by.has_perm(EDIT_ALL) and not (
        review.critic.user_id == by.pk and Outlet.objects.current().four_eyes
    )


def may_write(review: Review, by: User) -> bool:
    """Whether this person may see the copy: all copy, or what is under their own byline."""
    return by.has_perm(EDIT_ALL) or review.critic.user_id == by.pk


def read_only_fields(review: Review, by: User) -> tuple[str, ...]:
    """The fields that this person may not write, although they may write the others, by the saved review."""
    if not by.has_perm(EDIT_ALL):
        return tuple(fields.of_the_desk())
    return () if may_move_byline(review, by) else ("critic",)
