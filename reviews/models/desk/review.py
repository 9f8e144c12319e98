"""The desk's working document. Code for readers must not import this module: it reads editions."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from reviews.models.checks import CheckedTogether
from reviews.models.content import ReviewContent
from reviews.models.fields import Identified, SlugField, WithinLimits
from reviews.models.keys import Sequenced
from reviews.models.shared.tag import Tag, TagsBySlug
from reviews.rules.slugs import is_placeholder, slugify
from reviews.text import Body, read_body
from reviews.text.limits import SHORTEN


class ReviewQuerySet(models.QuerySet["Review"]):
    def get_by_natural_key(self, slug: str) -> "Review":
        return self.get(slug=slug)

    def with_nouns(self) -> Self:
        """With the nouns that a document names, in one query."""
        return self.select_related("film", "critic", "hero")


class Review(Sequenced, Identified, ReviewContent, WithinLimits, CheckedTogether):
    """A review being written. Saving it changes nothing that readers see; publishing copies it into an edition."""

    when_too_long = SHORTEN

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        IN_REVIEW = "in_review", "in review"
        RETURNED = "returned", "returned"
        APPROVED = "approved", "approved"
        WITHDRAWN = "withdrawn", "withdrawn"

    slug = SlugField(
        unique=True,
        error_messages={"unique": "Another review has this address: choose another."},
        help_text="The review’s address on the site: /reviews/…/",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    # Null if it came with a fixture, so that loading the fixture twice changes nothing.
    status_since = models.DateTimeField(null=True, blank=True, editable=False)
    publish_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="The moment the desk chose; an embargo may hold it longer.",
    )
    planned_on = models.DateField(
        "planned for",
        null=True,
        blank=True,
        help_text="The day the desk has it down for, in the calendar. It puts nothing up: approving does.",
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,  # An index below begins with it.
        help_text="Whose account began it. With the byline’s own account, those whose copy it is.",
    )
    has_changes = models.BooleanField(
        default=False,
        editable=False,
        help_text="Whether what is saved says something else than the newest edition.",
    )
    revision = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="The number of its newest revision: a save says which one it was made from.",
    )
    tags = TaggableManager(
        through="reviews.ReviewTag",
        manager=TagsBySlug,
        blank=True,
        related_name="desk_review+",
        help_text="Separate with commas. A tag becomes visible with the first public review that carries it.",
    )

    objects = ReviewQuerySet.as_manager()

    _read: Body | None = None
    has_noted_changes = False
    """Whether ``has_changes`` was written in the transaction that saved this object, after its tags and judgements."""

    class Meta(ReviewContent.Meta):
        abstract = False
        ordering = ["-sequence"]
        permissions = [
            ("edit_all_copy", "Can edit everybody’s reviews"),
            ("publish_review", "Can approve, return and re-time reviews"),
            ("withdraw_review", "Can withdraw and reinstate reviews"),
        ]
        constraints = [
            *ReviewContent.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review", "returned", "approved", "withdrawn"]),
                name="review_status_known",
                violation_error_message="A review is a draft, in review, returned, approved or withdrawn.",
            ),
        ]
        indexes = [
            # The admin adds the primary key to the order of its lists, and searches them for the other columns.
            models.Index(
                fields=["-sequence", "-id", "headline", "slug", "film", "critic"], name="review_newest"
            ),
            models.Index(fields=["status", "status_since", "sequence"], name="review_status_since"),
            models.Index(fields=["written_by", "status", "status_since", "sequence"], name="review_begun_by"),
            models.Index(fields=["critic", "status", "status_since", "sequence"], name="review_by_critics"),
            models.Index(
                fields=["status", "planned_on", "sequence"],
                condition=Q(
                    planned_on__isnull=False
                ),  # SQLite does not see that NOT … IS NULL says the same.
                name="review_planned",
            ),
            models.Index(fields=["-sequence"], condition=Q(has_changes=True), name="review_changed"),
            models.Index(fields=["film", "sequence", "id"], name="review_of_film"),
            # The columns by which the desk's list is sorted.
            *(
                models.Index(fields=[column, "sequence", "id"], name=f"review_by_{column}")
                for column in ("headline", "publish_at", "verdict", "status")
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["reviews.film", "reviews.critic"]  # type: ignore[attr-defined]

    def read(self) -> Body:
        """Its body, parsed again only if it has changed."""
        if self._read is None or self._read.source != self.body:
            self._read = read_body(self.body)
        return self._read

    @property
    def has_address(self) -> bool:
        """Whether an address has been chosen. Critics choose none: that one is taken would reveal another review."""
        return not is_placeholder(self.slug)

    @property
    def address_to_be(self) -> str:
        """The slug under which it would be published: the chosen one, or that of the headline."""
        return self.slug if self.has_address else slugify(self.headline) or self.slug


class ReviewTagQuerySet(models.QuerySet["ReviewTag"]):
    def get_by_natural_key(self, review_slug: str, tag_slug: str) -> "ReviewTag":
        return self.get(content_object__slug=review_slug, tag__slug=tag_slug)


class ReviewTag(ItemBase):
    """A tag of a working review."""

    # Tag has no reverse relation to the desk's models; the name is for taggit's own queries.
    # The class itself, because taggit reads it before Django has resolved a name.
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="+", related_query_name="desk_tagging")
    content_object = models.ForeignKey(Review, models.CASCADE, related_name="+")

    objects = ReviewTagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="reviewtag_unique")]

    def natural_key(self) -> tuple[str, str]:
        return (self.content_object.slug, self.tag.slug)

    natural_key.dependencies = ["reviews.review", "reviews.tag"]  # type: ignore[attr-defined]

    @classmethod
    def tag_relname(cls) -> Any:
        return cls._meta.get_field("tag").remote_field.related_query_name
