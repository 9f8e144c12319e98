"""Judgements of the working review, for the desk only; editions have copies."""

from django.db import models

from reviews.models.content import JudgementContent
from reviews.models.fields import Identified
from reviews.models.keys import RandomlyKeyed


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def get_by_natural_key(self, uid: str) -> "Judgement":
        return self.get(uid=uid)


class Judgement(RandomlyKeyed, Identified, JudgementContent):
    """The stance of a working review on one aspect. An aspect has at most one."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="+")

    objects = JudgementQuerySet.as_manager()

    class Meta(JudgementContent.Meta):
        abstract = False
        ordering = ["aspect__position", "aspect_id"]
        constraints = [
            *JudgementContent.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "aspect"],
                name="judgement_aspect_once",
                violation_error_message="This review judges that aspect already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aspect}: {self.get_stance_display()}"

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    natural_key.dependencies = ["reviews.review", "reviews.aspect"]  # type: ignore[attr-defined]
