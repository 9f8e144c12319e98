"""The content of a review: the fields that the desk writes and an edition copies.

A new field also gets a row in the table of the desk, ``FIELDS`` in ``reviews/desk/document/fields.py``.
"""

from django.db import models
from django.db.models import Q

from reviews.models.fields import LineField, ProseField, WebAddressField, web_address_check
from reviews.rules.argument import Stance, Verdict


class Provenance(models.TextChoices):
    """Who wrote the text of a review, and where it appeared first."""

    ORIGINAL = "original", "written for us"
    SYNDICATED = "syndicated", "syndicated: their words, republished with permission"
    DIGEST = "digest", "digest: our words about a review published elsewhere"


class ReviewContent(models.Model):
    """The fields that readers may see, declared once for the working review and for its editions."""

    VERDICTS = [(verdict.value, verdict.label) for verdict in Verdict]

    film = models.ForeignKey("reviews.Film", models.PROTECT, related_name="+")
    critic = models.ForeignKey("reviews.Critic", models.PROTECT, related_name="+")
    headline = LineField(max_length=300)
    headline_is_ours = models.BooleanField(
        "the headline is ours",
        default=False,
        help_text="For a digest or syndicated review: tick if the original’s headline is not known.",
    )
    standfirst = ProseField(
        blank=True, max_length=600, help_text="One or two sentences under the headline, and on every card."
    )
    body = ProseField(
        blank=True, help_text="Markdown. ::: spoiler … ::: folds a passage; [^1] makes a footnote."
    )
    hero = models.ForeignKey(
        "reviews.Picture",
        models.PROTECT,
        verbose_name="picture at its head",
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown wide above the text. Without one, readers see the film’s still, if it has one.",
    )
    verdict = models.SmallIntegerField(
        choices=VERDICTS,
        null=True,
        blank=True,
        help_text="Our reading of the review; readers see it labelled as ours.",
    )
    rating = LineField(
        max_length=40,
        blank=True,
        help_text="As the critic gave it: 3.5/5, ★★★½, B+, 7/10, 78/100. Leave empty where the critic gave none.",
    )
    pull_quote = ProseField(blank=True, max_length=400, help_text="Must match the body word for word.")
    how_seen = LineField(max_length=200, blank=True, help_text="Where and how the critic saw the film.")
    disclosure = ProseField(
        blank=True, max_length=600, help_text="Anything a reader should know about interests."
    )
    provenance = models.CharField(max_length=12, choices=Provenance, default=Provenance.ORIGINAL)
    source_name = LineField(max_length=200, blank=True, help_text="The outlet that published the original.")
    source_url = WebAddressField(
        "source address", max_length=500, blank=True, help_text="The original’s address, where there is one."
    )
    provenance_note = ProseField(
        blank=True, max_length=600, help_text="What is known, and not known, about where this comes from."
    )
    rights_until = models.DateTimeField(
        null=True, blank=True, help_text="The review leaves the site by itself at this moment."
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=None) | Q(verdict__in=[verdict.value for verdict in Verdict]),
                name="%(class)s_verdict_known",
                violation_error_message="A verdict is rave, positive, mixed, negative, pan, or none.",
            ),
            models.CheckConstraint(
                condition=Q(provenance__in=Provenance.values),
                name="%(class)s_provenance_known",
                violation_error_message="Say whether the review is original, syndicated or a digest.",
            ),
            models.CheckConstraint(
                condition=~Q(provenance=Provenance.DIGEST) | Q(pull_quote=""),
                name="%(class)s_digest_unquoted",
                violation_error_message="A digest is our words, so it has no pull quote: clear the pull quote.",
            ),
            models.CheckConstraint(
                condition=~Q(headline=""),
                name="%(class)s_headline_given",
                violation_error_message="Give the review a headline.",
            ),
            web_address_check("source_url", name="%(class)s_source_url_of_the_web"),
        ]

    @property
    def is_digest(self) -> bool:
        return self.provenance == Provenance.DIGEST


class JudgementContent(models.Model):
    """A stance on one aspect of the film, with the passage of the body that shows it."""

    STANCES = [(stance.value, stance.label) for stance in Stance]

    aspect = models.ForeignKey("reviews.Aspect", models.PROTECT, related_name="+")
    stance = models.SmallIntegerField(choices=STANCES)
    evidence = ProseField(max_length=1000, help_text="The sentence behind it, as it stands in the body.")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=[stance.value for stance in Stance]),
                name="%(class)s_stance_known",
                violation_error_message="A stance is praise, mixed or criticism.",
            ),
        ]
