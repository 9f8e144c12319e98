"""The confirm page of each verb: its form, its statements and its action."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.models import User

from reviews.admin.parts.confirm import ConfirmPage
from reviews.admin.review.verbs.effects import goes_up, is_held, publication, reinstatement, withdrawal
from reviews.admin.review.verbs.forms import PublishForm, RetimeForm
from reviews.admin.review.verbs.workflow_forms import ExplainForm, ReinstateForm, ReturnForm, WithdrawForm
from reviews.desk import permissions
from reviews.desk.dates import moment_in_words
from reviews.desk.outlook import Outlook
from reviews.desk.permissions import Verb
from reviews.desk.preview_link_validity import working
from reviews.desk.verbs import corrections, publishing, withdrawing, workflow
from reviews.desk.verbs.checklist import obstacles
from reviews.models import Edition

Posted = Any
"""The posted data, or None for a GET."""


def submit(outlook: Outlook, by: User, posted: Posted) -> ConfirmPage:
    return _handed(
        Verb.SUBMIT,
        outlook,
        by,
        title="Submit for review",
        says="The desk is told that it is ready. Readers see no difference.",
        hand=workflow.submit,
        done="Submitted for review. Readers see it once somebody approves it.",
    )


def take_back(outlook: Outlook, by: User, posted: Posted) -> ConfirmPage:
    return _handed(
        Verb.TAKE_BACK,
        outlook,
        by,
        title="Take back to draft",
        says="It is a draft again, and leaves the desk’s queue. Readers see no difference.",
        hand=workflow.take_back,
        done="It is a draft again. Submit it when it is ready.",
    )


def _handed(
    verb: Verb, outlook: Outlook, by: User, *, title: str, says: str, hand: Callable[..., None], done: str
) -> ConfirmPage:
    """The page of a verb without a form that changes nothing for readers."""

    def act() -> str:
        hand(outlook.review, by=by)
        return done

    return ConfirmPage(
        title=title,
        button=title,
        says=says,
        statements=[says],
        obstacles=_objections(verb, outlook, by),
        act=act,
    )


def give_back(outlook: Outlook, by: User, posted: Posted) -> ConfirmPage:
    form, review = ReturnForm(posted), outlook.review

    def act() -> str:
        workflow.give_back(review, form.cleaned_data["note"], by=by)
        return f"Returned to {review.critic} with your note."

    return ConfirmPage(
        title="Return",
        button="Return",
        statements=[
            f"{review.critic} finds it under “Returned to you”, with your note. Readers see no difference."
        ],
        obstacles=_objections(Verb.RETURN, outlook, by),
        form=form,
        act=act,
    )


def publish(outlook: Outlook, by: User, posted: Posted) -> ConfirmPage:
    """Approve, publish changes or reinstate corrected, depending on the review's state."""
    verb = permissions.publishing_verb(outlook)
    form = PublishForm(posted, asked=corrections.asked_of(outlook) if outlook.has_been_public else None)
    is_open = form.is_bound and not form.is_valid()
    at: dt.datetime | None = None if is_open or not form.is_bound else form.cleaned_data["at"]
    plan = outlook.plan(at=at)

    def act() -> str:
        note = form.correction() if form.is_bound else None
        is_fine = form.is_bound and form.says_nothing_was_wrong()
        edition = publishing.publish(outlook.review, at=at, note=note, nothing_was_wrong=is_fine, by=by)
        return f"{_DONE[verb]}: readers see it from {moment_in_words(edition.visible_from)}."

    label = _LABELS[verb]
    return ConfirmPage(
        title=label,
        button=f"{label} now" if plan.is_immediate else f"{label} for {moment_in_words(plan.visible_from)}",
        says=goes_up(plan),
        statements=publication(outlook, plan, chosen=at),
        obstacles=[*_objections(verb, outlook, by), *obstacles(outlook, at=plan.planned_for)],
        obstacle_heading="Before it can be published",
        form=form,
        comparison=outlook.changes,
        version=outlook.version,
        is_open=is_open,
        act=act,
    )


_LABELS = {
    Verb.APPROVE: "Approve",
    Verb.PUBLISH_CHANGES: "Publish the changes",
    Verb.REINSTATE: "Reinstate, corrected",
}
_DONE = {
    Verb.APPROVE: "Approved",
    Verb.PUBLISH_CHANGES: "Changes published",
    Verb.REINSTATE: "Reinstated",
}


def retime(outlook: Outlook, by: User, posted: Posted) -> ConfirmPage:
    form = RetimeForm(posted)
    at: dt.datetime | None = form.cleaned_data["at"] if form.is_bound and form.is_valid() else None
    pending = outlook.pending
    statements = []
    if pending and at:
        # A pending edition is held by the embargoes of its own film.
        plan = outlook.plan(at=at, film=pending.film)
        statements = publication(outlook, plan, chosen=at, of=pending)

    def act() -> str:
        assert at is not None  # ``is_open`` until a moment is typed.
        edition = publishing.retime(outlook.review, at, by=by)
        return f"Rescheduled: readers see it from {moment_in_words(edition.visible_from)}."

    return ConfirmPage(
        title="Reschedule",
        button="Reschedule",
        statements=statements,
        obstacles=_objections(Verb.RETIME, outlook, by),
        form=form,
        version=_edition(pending),
        is_open=at is None,
        act=act,
    )


def unschedule(outlook: Outlook, by: User, posted: Posted) -> ConfirmPage:
    pending, live = outlook.pending, outlook.live
    statements = []
    if pending:
        statements = [
            f"The edition that was to go up on {moment_in_words(pending.visible_from)} does not go up.",
            "The live edition stays as it is." if live else "Readers do not see the review, before or after.",
        ]

    def act() -> str:
        publishing.unschedule(outlook.review, by=by)
        if live:
            return "The scheduled edition is cancelled. Readers keep the live edition."
        return (
            "The scheduled edition is cancelled. Readers do not see the review; approve it when it is ready."
        )

    return ConfirmPage(
        title="Unschedule",
        button="Unschedule",
        statements=statements,
        obstacles=_objections(Verb.CANCEL, outlook, by),
        version=_edition(pending),
        is_destructive=True,
        act=act,
    )


def withdraw(outlook: Outlook, by: User, posted: Posted) -> ConfirmPage:
    form = WithdrawForm(posted, has_been_public=outlook.has_been_public)
    live, pending = outlook.live, outlook.pending
    is_open = _is_unanswered(form)
    note = "" if is_open else form.cleaned_data.get("note", "")

    def act() -> str:
        later = live is not None and is_held(outlook, live)
        withdrawing.withdraw(outlook.review, note=note, because=form.cleaned_data["because"], by=by)
        if note and later:
            return "Withdrawn: once the embargo lifts, its address says so, and the ledger lists your note."
        if note:
            return "Withdrawn: its address says so, and the ledger of corrections has your note."
        return "Withdrawn: readers find no trace of it. It can be reinstated, or explained in public."

    return ConfirmPage(
        title="Withdraw",
        button="Withdraw",
        statements=[]
        if is_open
        else withdrawal(outlook, note=note, links=working().of(outlook.review).count()),
        obstacles=_objections(Verb.WITHDRAW, outlook, by),
        version=_edition(live) + _edition(pending),
        form=form,
        is_open=is_open,
        is_destructive=True,
        act=act,
    )


def explain(outlook: Outlook, by: User, posted: Posted) -> ConfirmPage:
    form = ExplainForm(posted)
    last = outlook.last_opened
    later = last is not None and is_held(outlook, last)

    def act() -> str:
        withdrawing.explain(outlook.review, form.cleaned_data["note"], by=by)
        if later:
            return "The note is saved. Readers see it once the embargo lifts."
        return "Readers are told: the note stands in the ledger of corrections and at the review’s address."

    return ConfirmPage(
        title="Explain in public",
        button="Show it to readers",
        statements=[
            "The review’s addresses say that it was withdrawn, and why.",
            "The ledger of corrections lists the note, with the film, the critic and the date.",
            *(["An embargo holds the film’s reviews: readers see neither until it lifts."] if later else []),
        ],
        obstacles=_objections(Verb.EXPLAIN, outlook, by),
        form=form,
        act=act,
    )


def reinstate(outlook: Outlook, by: User, posted: Posted) -> ConfirmPage:
    form = ReinstateForm(posted)
    is_open = _is_unanswered(form)
    is_corrected = not is_open and form.cleaned_data["what"] == ReinstateForm.CORRECTED
    last = outlook.last_opened
    leads_to = "publish" if is_corrected else ""

    def act() -> str:
        edition = withdrawing.reinstate(outlook.review, by=by)
        return f"Reinstated as it was: readers see it from {moment_in_words(edition.visible_from)}."

    return ConfirmPage(
        title="Reinstate",
        button="Reinstate",
        statements=reinstatement(outlook, last) if last and not is_open else [],
        obstacles=_objections(Verb.REINSTATE, outlook, by),
        version=_edition(last),
        form=form,
        is_open=is_open,
        leads_to=leads_to,
        act=act,
    )


def _objections(verb: Verb, outlook: Outlook, by: User) -> list[str]:
    found = (permissions.objection(verb, outlook), permissions.refusal(verb, outlook, by))
    return [reason for reason in found if reason]


def _is_unanswered(form: forms.Form) -> bool:
    return not (form.is_bound and form.is_valid())


def _edition(edition: Edition | None) -> str:
    """Identifies an edition: another may replace it, with the same moment and number."""
    return f"{edition.uid} " if edition else "none "
