"""Whose copy somebody may see, as querysets: the rule of :func:`reviews.desk.rules.may_write` for whole lists.

What a person may not see is in none of them, and changes none of them: no row, no count, no name.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from reviews.desk.rules import EDIT_ALL
from reviews.models import Critic, Edition, Embargo, Review
from reviews.models.public.edition import EditionQuerySet
from reviews.models.shared.embargo import EmbargoQuerySet


@dataclass(frozen=True)
class Sight:
    """One person's view of the desk. ``byline`` is the critic as whom they sign, if there is one."""

    by: User
    byline: Critic | None
    sees_all: bool

    def reviews(self) -> QuerySet[Review]:
        reviews = Review.objects.select_related("film", "critic")
        return reviews if self.sees_all else reviews.filter(critic=self.byline)

    def own(self) -> QuerySet[Review]:
        """Their own copy: under their byline, or begun by them."""
        return self.reviews().filter(self.is_own)

    @property
    def is_own(self) -> Q:
        begun = Q(written_by=self.by)
        return begun | Q(critic=self.byline) if self.byline else begun

    def editions(self) -> EditionQuerySet:
        """Those of the copy, with their reviews, by which people get there."""
        editions = Edition.objects.for_cards().select_related("review").defer(*HEAVY)
        return editions if self.sees_all else editions.filter(review__critic=self.byline)

    def embargoes(self) -> EmbargoQuerySet:
        """Those on films of which they may see a review; all of them for whoever sees all copy."""
        embargoes = Embargo.objects.select_related("film")
        if self.sees_all:
            return embargoes
        return embargoes.filter(film__in=Review.objects.filter(critic=self.byline).values("film"))


HEAVY = ("body", "body_html", "body_text", "review__body")
"""What no list shows."""


def sight_of(by: User) -> Sight:
    """What this person may see, which must be asked of an account that may open the desk's reviews at all."""
    return Sight(by, Critic.objects.filter(user=by).first(), by.has_perm(EDIT_ALL))
