"""What the demo's fixture leaves out: reviews in the making, by the desk's own verbs."""

import datetime as dt

from reviews import clock
from reviews.desk.verbs import embargoes, publishing, withdrawing, workflow
from reviews.models import Aspect, Embargo, Film, Review
from reviews.rules.argument import Stance
from reviews.seeding.factories import make_film, make_judgement, make_review
from tests.bench.week import stage_a_week, the_demos_critic

AHEAD = dt.timedelta(days=3)
BODY = (
    "The first hour waits for the second. When the fights come, they are *clear*, and each is built around one thing "
    "that nobody has used as a weapon before.\n\n"
    "De Armas carries every scene that lets her be tired.\n\n"
    "## What it owes\n\nThe plot is a corridor: it leads from one room to the next, and nobody looks out of a window."
)


def stage_a_draft_and_a_scheduled_review() -> None:
    """Two more reviews of the demo's film: one in the making, one that goes up in three days."""
    film = Film.objects.get(slug="ballerina")
    critic = the_demos_critic()
    make_review(
        film=film,
        critic=critic,
        headline="Half of a good film, and it is the second half",
        slug="ballerina-draft",
        standfirst="",
        body=BODY,
    )
    scheduled = make_review(
        film=film,
        critic=critic,
        headline="Ballerina finds its feet when it stops explaining them",
        slug="ballerina-scheduled",
        standfirst="A spin-off that is best where it forgets what it was spun from.",
        body=BODY,
        tags=("action", "ballet"),
    )
    for slug, stance, evidence in (
        ("lead-performance", Stance.PRAISE, "De Armas carries every scene that lets her be tired."),
        ("story", Stance.CRITICISM, "The plot is a corridor"),
    ):
        aspect = Aspect.objects.get(slug=slug)
        make_judgement(scheduled, aspect=aspect, stance=stance, evidence=evidence)
    publishing.publish(scheduled, at=clock.now() + AHEAD)


def stage_every_state() -> None:
    """A review in every state and an embargo that holds, so that every verb of the desk has something to do."""
    stage_a_draft_and_a_scheduled_review()
    stage_a_week()
    submitted = make_review(
        film=Film.objects.get(slug="ballerina"), headline="A submitted review", slug="submitted"
    )
    workflow.submit(submitted)
    unreleased = make_film(title="The Held Film", slug="the-held-film")
    embargoes.impose(
        Embargo(film=unreleased, covers="reviews", zone="America/Los_Angeles", lifts_at=clock.now() + AHEAD)
    )
    withdrawn = publishing.publish(make_review(headline="A withdrawn review", slug="withdrawn")).review
    assert withdrawn is not None
    withdrawing.withdraw(Review.objects.get(pk=withdrawn.pk))
