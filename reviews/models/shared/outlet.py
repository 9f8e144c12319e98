"""The outlet that publishes this site."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import EmailValidator
from django.db import models

from reviews.models.fields import LineField, ProseField, WithinLimits, validate_time_zone
from reviews.models.prepared import Prepared
from reviews.rules.wallclock import UTC, zone_named


class OutletManager(models.Manager["Outlet"]):
    def get_by_natural_key(self) -> "Outlet":
        return self.get()

    def current(self) -> "Outlet":
        """The outlet's row, or an unsaved one with defaults, so that every page works without it."""
        return next(iter(_only_row()), None) or Outlet()


ONLY_ROW = 1


class Outlet(WithinLimits):
    """The only row: the outlet's name, its time zone and language, and its rules."""

    class StarScale(models.IntegerChoices):
        FOUR = 4, "out of four"
        FIVE = 5, "out of five"

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    name = LineField(max_length=100, default="Film reviews")
    tagline = LineField(max_length=200, blank=True)
    about = ProseField(blank=True, help_text="Markdown. Shown on the About page.")
    contact_email = LineField(max_length=254, blank=True, validators=[EmailValidator()])
    time_zone = LineField(
        max_length=60,
        default="UTC",
        validators=[validate_time_zone],
        help_text="Times on the site and in the admin are shown and typed in this zone, such as Europe/London.",
    )
    language = LineField(max_length=20, default="en-GB", help_text="A BCP 47 code, such as en-GB.")
    star_scale = models.PositiveSmallIntegerField(
        choices=StarScale,
        default=StarScale.FIVE,
        help_text="What bare stars such as ★★★½ are out of. "
        "A published review keeps the scale that it was published with.",
    )
    wants_verdict = models.BooleanField(
        "every review has a verdict",
        default=False,
        help_text="A review without one is then not published.",
    )
    four_eyes = models.BooleanField(
        "four eyes",
        default=False,
        help_text="Nobody approves their own copy: what one person wrote, another one puts up.",
    )
    ratings_guide = ProseField(blank=True, help_text="Markdown. Shown on “How we rate”.")
    corrections_policy = ProseField(blank=True, help_text="Markdown. Shown above the list of corrections.")

    objects = OutletManager()

    class Meta:
        verbose_name_plural = "outlet"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=ONLY_ROW),
                name="outlet_only_one",
                violation_error_message="There is one outlet, and it exists already: change that one.",
            ),
            models.CheckConstraint(
                condition=models.Q(star_scale__in=[4, 5]),
                name="outlet_star_scale_known",
                violation_error_message="Stars are out of four or out of five.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[()]:
        return ()

    @property
    def is_leftwards(self) -> bool:
        """Whether the outlet's language is written from right to left, and pages are laid out so."""
        return self.language.partition("-")[0].lower() in settings.LANGUAGES_BIDI

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which people here read and type times; UTC if its name is unknown (the desk warns)."""
        return zone_named(self.time_zone) or UTC


_only_row = Prepared(lambda: Outlet.objects.order_by("pk")[:1])
