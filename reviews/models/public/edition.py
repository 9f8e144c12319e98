"""Editions: published versions of reviews. Only the desk's verbs write them, and their content never changes."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from reviews import clock
from reviews.models.content import JudgementContent, ReviewContent
from reviews.models.fields import Identified, ProseField, SlugField
from reviews.models.insider import seen
from reviews.models.public.holding import embargoes_known, is_not_held
from reviews.models.shared.picture import not_on_pages, on_pages
from reviews.models.shared.queryset import any_of, mostly, unless

if TYPE_CHECKING:
    from reviews.models.shared.critic import Critic
    from reviews.models.shared.film import Film


_ON_CARDS = (
    "film",
    "critic",
    "review_uid",
    "slug",
    "headline",
    "standfirst",
    "excerpt",
    "verdict",
    "rating",
    "star_scale",
    "provenance",
    "source_name",
    "source_url",
    "visible_from",
    "first_visible_from",
    "hero",
    *(
        f"film__{name}"
        for name in ("uid", "title", "slug", "release_year", "runtime_minutes", "franchise", "still")
    ),
    *on_pages("film__poster"),
    *(f"critic__{name}" for name in ("uid", "name", "slug", "kind")),
)


def _is_public(at: dt.datetime) -> Q:
    is_inside = Q(visible_from__lte=at) & (Q(visible_until=None) | Q(visible_until__gt=at))
    return mostly(is_inside) & is_not_held(at)


class EditionQuerySet(models.QuerySet["Edition"]):
    def public(self, at: dt.datetime | None = None, *, first_by: dt.datetime | None = None) -> Self:
        """Those a reader may see at a moment (default: now). The only definition of "public" in the code.

        ``first_by`` leaves out reviews that were first published later than that.

        Both the window and the film's embargoes are checked, so an outdated window can hide a review but never reveal
        one. The condition on ``first_visible_from`` follows from the one on ``visible_from``
        (``edition_first_comes_first``); it is there for the indexes by which lists are ordered.
        """
        at = at or clock.now()
        return self.filter(seen(at, _is_public), first_visible_from__lte=min(at, first_by or at))

    def opened(self, at: dt.datetime | None = None) -> Self:
        """Those whose window had opened by a moment (default: now), whether or not it has closed since.

        Without those whose window closed before it opened: nobody saw them.
        """
        begun = seen(at or clock.now(), lambda then: Q(visible_from__lte=then))
        return self.filter(begun).exclude(visible_until__lte=F("visible_from"))

    def formerly_public(self, at: dt.datetime | None = None) -> Self:
        """Those that were public once and whose window had closed by a moment (default: now).

        Without those under embargo until their window closed: nobody saw them. As in ``public``, an embargo counts for
        all the time before it lifts, whenever it was agreed: so some that were seen may be missing, but none that was
        not seen is included.
        """
        at = at or clock.now()
        closed = seen(at, lambda then: Q(visible_until__lte=then))
        return self.opened(at).seen_to_the_end(at).filter(closed)

    def seen_to_the_end(self, at: dt.datetime | None = None) -> Self:
        """Those that no embargo hid when their window closed, or will hide when it closes, as known at a moment."""
        ends = OuterRef("visible_until")
        is_over = Q(ended_at__lt=ends) | Q(lifts_at__lt=ends)
        held = embargoes_known(at or clock.now()).filter(unless(is_over), film=OuterRef("film"))
        return self.filter(~Exists(held))

    def of(self, film: "Film") -> Self:
        return self.filter(film=film)

    def by(self, critic: "Critic") -> Self:
        return self.filter(critic=critic)

    def latest_by_each(self, at: dt.datetime | None = None) -> Self:
        """Of public editions: the latest public review of each film by each critic at a moment."""
        theirs = Edition.objects.public(at).filter(film=OuterRef("film"), critic=OuterRef("critic"))
        return self.filter(pk=Subquery(theirs.newest_first().values("pk")[:1]))

    def newest_first(self) -> Self:
        """By first publication, so that a correction does not move a review to the top."""
        return self.order_by("-first_visible_from", "review_uid")

    def for_cards(self) -> Self:
        """What cards, lines of lists and feeds show, in one query."""
        return self.select_related("film__poster__file", "critic").only(*_ON_CARDS)

    def for_seats(self) -> Self:
        """What a film's argument shows of a review (critic, headline, verdict, provenance), in one query."""
        return self.select_related("critic").only(
            "film",
            "review_uid",
            "slug",
            "headline",
            "verdict",
            "provenance",
            "source_name",
            "first_visible_from",
            *(f"critic__{name}" for name in ("uid", "name", "sort_name", "slug", "kind")),
        )

    def for_page(self) -> Self:
        """Everything the review's own page shows of the edition itself, in one query."""
        shown = self.select_related("film__poster__file", "film__still__file", "critic")
        return shown.defer("body", *not_on_pages("film__poster"), *not_on_pages("film__still"))


class Counted(models.IntegerChoices):
    """Whether an edition is in the counts that are kept (:mod:`reviews.models.public.counts`)."""

    NOT_YET = 0, "not yet"
    YES = 1, "yes"
    OVER = 2, "no longer"


class Edition(Identified, ReviewContent):
    """One published version of a review, visible during ``[visible_from, visible_until)``.

    Its content never changes; :mod:`reviews.desk.verbs.publishing` sets its window. A correction is another edition,
    which replaces the previous one at a moment.
    """

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="+")
    review_uid = models.UUIDField("review’s uid", editable=False)
    number = models.PositiveIntegerField()
    slug = SlugField()
    rating_score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    star_scale = models.PositiveSmallIntegerField(
        help_text="What bare stars were out of when this was published."
    )
    body_html = ProseField(blank=True)
    body_text = ProseField(blank=True)
    excerpt = ProseField(blank=True)
    tags = models.ManyToManyField("reviews.Tag", through="reviews.EditionTag", related_name="+")

    planned_for = models.DateTimeField(
        help_text="The date and time that the desk chose. An embargo may delay it."
    )
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True, blank=True)
    first_visible_from = models.DateTimeField(help_text="When the review first went up.")
    counted = models.PositiveSmallIntegerField(
        default=Counted.NOT_YET, db_default=Counted.NOT_YET, editable=False
    )

    objects = EditionQuerySet.as_manager()

    class Meta(ReviewContent.Meta):
        abstract = False
        ordering = ["-first_visible_from", "review_uid"]
        constraints = [
            *ReviewContent.Meta.constraints,
            models.UniqueConstraint(fields=["review", "number"], name="edition_number_unique"),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(visible_until=None),
                name="edition_one_open_end",
                violation_error_message="Another edition of this review is already visible without an end.",
            ),
            models.CheckConstraint(
                condition=Q(visible_until=None) | Q(visible_until__gte=F("visible_from")),
                name="edition_window_ordered",
                violation_error_message="An edition cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(first_visible_from__lte=F("visible_from")),
                name="edition_first_comes_first",
                violation_error_message="A review cannot have gone up after its own edition.",
            ),
            models.CheckConstraint(
                condition=Q(rating_score=None) | Q(rating_score__range=(0, 100)),
                name="edition_rating_score_in_range",
                violation_error_message="A score lies between 0 and 100.",
            ),
        ]
        indexes = [
            models.Index(F("first_visible_from").desc(), "review_uid", name="edition_newest"),
            models.Index("film", F("first_visible_from").desc(), "review_uid", name="edition_film_newest"),
            models.Index(
                "critic", F("first_visible_from").desc(), "review_uid", name="edition_critic_newest"
            ),
            models.Index(
                "film", "critic", F("first_visible_from").desc(), "review_uid", name="edition_latest_by_each"
            ),
            models.Index(fields=["visible_from", "id", "visible_until"], name="edition_going_up"),
            models.Index(fields=["visible_from", "review"], name="edition_waiting"),
            models.Index(
                fields=["visible_until", "id"],
                condition=Q(visible_until__isnull=False),
                name="edition_going_down",
            ),
            models.Index(fields=["counted", "visible_from"], name="edition_counted_from"),
            models.Index(fields=["counted", "visible_until"], name="edition_counted_until"),
            models.Index("slug", F("first_visible_from").desc(), "review_uid", name="edition_slug_newest"),
            models.Index(fields=["review_uid"], name="edition_review_uid"),
        ]

    def __str__(self) -> str:
        return f"{self.headline} (edition {self.number})"

    def get_absolute_url(self) -> str:
        return reverse("review_detail", args=[self.slug])


class EditionTagQuerySet(models.QuerySet["EditionTag"]):
    def public(self, at: dt.datetime | None = None, *, first_by: dt.datetime | None = None) -> Self:
        """Those of public editions, as in ``EditionQuerySet.public``."""
        at = at or clock.now()
        public = Edition.objects.public(at).filter(pk=OuterRef("edition"))
        return self.filter(any_of(public.order_by()), first_visible_from__lte=min(at, first_by or at))

    def newest_first(self) -> Self:
        return self.order_by("-first_visible_from", "review_uid")

    def for_cards(self) -> Self:
        """Everything a card shows of their editions, in one query."""
        shown = (f"edition__{name}" for name in _ON_CARDS)
        return self.select_related("edition__film__poster__file", "edition__critic").only(
            "tag", "first_visible_from", "review_uid", "edition", *shown
        )


class EditionTag(models.Model):
    """A tag of an edition, with copies of what orders its list, which :mod:`reviews.desk.windows` keeps the same."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    tag = models.ForeignKey("reviews.Tag", models.PROTECT, related_name="+")
    first_visible_from = models.DateTimeField(editable=False)
    review_uid = models.UUIDField("review’s uid", editable=False)

    objects = EditionTagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "edition"], name="editiontag_unique")]
        indexes = [
            models.Index("tag", F("first_visible_from").desc(), "review_uid", name="editiontag_newest")
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.tag}"


class EditionJudgement(JudgementContent):
    """A judgement as readers see it; ``uid`` is that of the desk's judgement, and names its anchor in the body."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    uid = models.UUIDField(editable=False)
    in_spoiler = models.BooleanField(default=False)

    class Meta(JudgementContent.Meta):
        abstract = False
        constraints = [
            *JudgementContent.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "aspect"], name="editionjudgement_aspect_once"),
        ]

    def __str__(self) -> str:
        return f"{self.aspect}: {self.get_stance_display()}"

    @property
    def anchor(self) -> str:
        """The HTML id of the passage in the rendered body."""
        return passage_anchor(self.uid)


def passage_anchor(uid: Any) -> str:
    """The HTML id of a judgement's evidence in a rendered body."""
    return f"passage-{uid}"
