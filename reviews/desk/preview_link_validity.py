"""Which preview links are valid, and what ends them early: a withdrawal, or a maker who may no longer show the copy.

The query that looks for a link checks the review's rights and the maker's access each time it is opened. When somebody
closes an account, the desk says how many links end and offers to pass them to a colleague.
"""

import datetime as dt

from django.contrib.auth.models import Permission, User
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from reviews import clock
from reviews.desk import history, permissions
from reviews.desk.dates import moment_in_words
from reviews.desk.public_state.changes import changing
from reviews.models import PreviewLink, Review
from reviews.models.desk.preview_link import PreviewLinkQuerySet


def working(at: dt.datetime | None = None) -> PreviewLinkQuerySet:
    """The links that open a page at a moment (default: now)."""
    at = at or clock.now()
    has_rights = Q(review__rights_until=None) | Q(review__rights_until__gt=at)
    return PreviewLink.objects.valid(at).filter(has_rights, _has_a_maker())


def _has_a_maker() -> Q:
    """Whether the maker of a link may still show the copy, by the rule of :func:`reviews.desk.permissions.may_share`.

    Links from the demo or a fixture have no maker. When an account is deleted, its links keep its name.
    """
    nobody = Q(made_by=None, made_by_name="")
    comes_in = Q(made_by__is_active=True, made_by__is_staff=True)
    sees_it = _holds(permissions.EDIT_ALL) | Q(review__critic__user=F("made_by"))
    return nobody | comes_in & (Q(made_by__is_superuser=True) | _holds(permissions.SHARE) & sees_it)


def _holds(permission: str) -> Q:
    label, codename = permission.split(".")
    held = Permission.objects.filter(codename=codename, content_type__app_label=label)
    maker = OuterRef("made_by")
    return Q(Exists(held.filter(Q(user=maker) | Q(group__user=maker))))


def end_with_withdrawal(review: Review, *, by: User | None) -> int:
    """End every link to a review that is being withdrawn; how many worked. The caller holds the transaction."""
    ended = working().of(review).count()
    PreviewLink.objects.valid().of(review).update(revoked_at=clock.now())
    if ended:
        history.record(f"{_links(ended)} ended with the withdrawal.", by=by, film=review.film, review=review)
    return ended


def made_by(account: User) -> PreviewLinkQuerySet:
    """The links of an account that work."""
    return working().filter(made_by=account)


def colleagues_of(account: User) -> QuerySet[User]:
    """The accounts that can take over the links of another: those that may show everybody's copy."""
    codenames = [permission.split(".")[1] for permission in (permissions.SHARE, permissions.EDIT_ALL)]
    holders = User.objects.filter(is_active=True, is_staff=True).exclude(pk=account.pk)
    for codename in codenames:
        held = Permission.objects.filter(codename=codename, content_type__app_label="reviews")
        theirs = held.filter(Q(user=OuterRef("pk")) | Q(group__user=OuterRef("pk")))
        holders = holders.filter(Q(is_superuser=True) | Q(Exists(theirs)))
    return holders.order_by("username")


def let_go(account: User, *, heir: User | None, by: User | None, is_deleted: bool = False) -> tuple[int, int]:
    """Pass on or end the links to copy that an account may no longer show. Returns how many were passed on, and ended.

    The account is as it is saved, or about to be deleted. ``heir`` gets the links to copy that they may show.
    """
    kept = ended = 0
    links = PreviewLink.objects.valid().filter(made_by=account)
    with changing(), clock.reading_at(clock.now()):
        if not is_deleted:
            links = links.exclude(pk__in=made_by(account).values("pk"))
        for link in links.select_related("review__film", "review__critic"):
            what = f"{link}, made on {moment_in_words(link.made_at)},"
            if heir and permissions.may_share(link.review, heir):
                PreviewLink.objects.filter(pk=link.pk).update(
                    made_by=heir, made_by_name=history.name_of(heir)
                )
                what, kept = f"{what} passed to {history.name_of(heir)}.", kept + 1
            else:
                PreviewLink.objects.filter(pk=link.pk).update(revoked_at=clock.now())
                what, ended = f"{what} ended with the account of {history.name_of(account)}.", ended + 1
            history.record(what, by=by, film=link.review.film, review=link.review)
    return kept, ended


def sentence(kept: int, ended: int, heir: User | None) -> str:
    """Tells the person who closed an account what happened to its links; empty if it had none."""
    said = []
    if kept:
        said.append(f"{_links(kept)} passed to {history.name_of(heir)}.")
    if ended:
        said.append(f"{_links(ended)} of this account ended.")
    return " ".join(said)


def warning(account: User) -> str:
    """A sentence that counts an account's working links; empty if it has none."""
    count = made_by(account).count()
    return f"This account has {count} active preview link{'' if count == 1 else 's'}." if count else ""


def _links(count: int) -> str:
    return "1 preview link" if count == 1 else f"{count} preview links"
