"""Critics: the bylines of reviews."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from reviews.models.fields import (
    Identified,
    LineField,
    ProseField,
    SlugField,
    SortKeyField,
    WebAddressField,
    WithinLimits,
    web_address_check,
)
from reviews.models.shared.queryset import PublicQuerySet, SluggedManagerMixin


class CriticQuerySet(SluggedManagerMixin, PublicQuerySet["Critic"]):
    edition_lookup = "critic"

    def alphabetical(self) -> "CriticQuerySet":
        return self.order_by("sort_name", "uid")


class Critic(Identified, WithinLimits):
    """A byline: a person, an organisation that signs as itself, or an unknown author."""

    class Kind(models.TextChoices):
        PERSON = "person", "a person"
        ORGANISATION = "organisation", "an organisation"
        UNKNOWN = "unknown", "unknown: the author could not be established"

    name = LineField(max_length=200)
    sort_name = SortKeyField("name")
    slug = SlugField(
        unique=True,
        error_messages={"unique": "Another critic has this address: add what tells them apart."},
        help_text="Their address on the site: /critics/…/",
    )
    kind = models.CharField(
        max_length=12,
        choices=Kind,
        default=Kind.PERSON,
        help_text="Decides how the byline reads and whether search engines are told of an author.",
    )
    bio = ProseField(blank=True)
    portrait = models.ForeignKey(
        "reviews.Picture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown square, in place of the drawn monogram.",
    )
    affiliation = LineField(max_length=200, blank=True, help_text="Where they write, if not only here.")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="account",
        help_text="The account with which this critic signs in and writes their own copy.",
    )

    objects = CriticQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="critic_name_given",
                violation_error_message="Give the critic a name.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["person", "organisation", "unknown"]),
                name="critic_kind_known",
                violation_error_message="A critic is a person, an organisation or unknown.",
            ),
        ]
        indexes = [models.Index(fields=["sort_name", "uid"], name="critic_alphabetical")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("critic_detail", args=[self.slug])

    @property
    def is_person(self) -> bool:
        return self.kind == self.Kind.PERSON

    @property
    def is_unknown(self) -> bool:
        return self.kind == self.Kind.UNKNOWN


class CriticLinkQuerySet(models.QuerySet["CriticLink"]):
    def get_by_natural_key(self, uid: str) -> "CriticLink":
        return self.get(uid=uid)


class CriticLink(Identified):
    """An address elsewhere where a critic can be read or heard."""

    critic = models.ForeignKey(Critic, models.CASCADE, related_name="links")
    label = LineField(max_length=100)
    url = WebAddressField("address", max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    objects = CriticLinkQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "link"
        constraints = [web_address_check("url", name="criticlink_url_of_the_web")]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)
