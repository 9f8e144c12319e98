"""The copy that a user may see, as querysets: the rule of :func:`reviews.desk.permissions.may_write` for lists.

Copy that the user may not see adds nothing to them: no row, no count, no name.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from reviews.desk.permissions import EDIT_ALL
from reviews.models import Critic, Edition, Embargo, Review
from reviews.models.public.edition import EditionQuerySet
from reviews.models.shared.embargo import EmbargoQuerySet


@dataclass(frozen=True)
class VisibleCopy:
    """What one user may see at the desk. ``byline`` is the critic that their account belongs to, if any."""

    by: User
    byline: Critic | None
    sees_all: bool

    def reviews(self) -> QuerySet[Review]:
        return self.only_theirs(Review.objects.select_related("film", "critic"))

    def only_theirs(self, reviews: QuerySet[Review]) -> QuerySet[Review]:
        """Those of some reviews that they may see."""
        return reviews if self.sees_all else reviews.filter(critic=self.byline)

    def own(self) -> QuerySet[Review]:
        """Their own copy: under their byline, or created by them."""
        return self.reviews().filter(self.is_own)

    @property
    def is_own(self) -> Q:
        begun = Q(written_by=self.by)
        return begun | Q(critic=self.byline) if self.byline else begun

    def editions(self) -> EditionQuerySet:
        """The editions of that copy, with their reviews (for the links)."""
        editions = Edition.objects.select_related("film", "critic", "review").defer(*HEAVY)
        return editions if self.sees_all else editions.filter(review__critic=self.byline)

    def embargoes(self) -> EmbargoQuerySet:
        """The embargoes on films of which the user may see a review; all if they see all copy."""
        embargoes = Embargo.objects.select_related("film")
        if self.sees_all:
            return embargoes
        return embargoes.filter(film__in=Review.objects.filter(critic=self.byline).values("film"))


HEAVY = ("body", "body_html", "body_text", "review__body")
"""Long fields, which no list shows."""


def visible_to(by: User) -> VisibleCopy:
    """What this user may see. The account must have permission to view reviews."""
    return VisibleCopy(by, Critic.objects.filter(user=by).first(), by.has_perm(EDIT_ALL))
