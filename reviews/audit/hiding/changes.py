"""Changes to a review that is public, which readers do not see."""

import datetime as dt
from collections.abc import Callable

from reviews import clock
from reviews.audit import ended_links
from reviews.audit.hiding.copies import autosave, with_links
from reviews.audit.hiding.pictures import hidden_pictures
from reviews.audit.world import NOTE, SECRET, SECRET_BODY, World, uid
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Edition, Judgement, Review
from reviews.rules.argument import Stance, Verdict

Change = Callable[[World], None]


def _rewrite(world: World) -> Review:
    review = Review.objects.get(uid=uid(f"review {world.public}"))
    if ended_links.secret("expired", world.public) not in world.slugs_of("preview"):
        with_links(world, review, world.public)
    review.headline = SECRET
    review.slug = world.called("review", f"{world.hidden}-review")
    review.standfirst = SECRET
    review.body = SECRET_BODY
    review.verdict = Verdict.PAN
    review.rating = "1/5"
    review.critic = world.critic(world.hidden)
    review.save()
    review.tags.set([world.tag(world.hidden).name])
    Judgement.objects.filter(review=review).update(stance=Stance.CRITICISM, evidence="the fights are clear")
    return review


def changed_but_unpublished(world: World) -> None:
    _rewrite(world)


def typed_into_it_and_not_saved(world: World) -> None:
    autosave(world, Review.objects.get(uid=uid(f"review {world.public}")), world.public)


def superseded_text(world: World) -> None:
    """What the other review said before its correction."""
    Edition.objects.filter(review__uid=uid(f"review {world.other}"), number=1).update(
        headline=SECRET,
        standfirst=SECRET,
        body=SECRET_BODY,
        body_html=f"<p>{SECRET}</p>",
        body_text=SECRET_BODY,
        excerpt=SECRET,
    )


def correction_for_later(world: World) -> None:
    publishing.publish(_rewrite(world), at=world.lift, note=publishing.Note("fact", SECRET))


def reinstated(world: World) -> None:
    """The public review was withdrawn with a note and reinstated."""
    review = Review.objects.get(uid=uid(f"review {world.public}"))
    with clock.frozen_at(world.now - dt.timedelta(days=3)):
        withdrawing.withdraw(review, note=NOTE)
    with clock.frozen_at(world.now - dt.timedelta(days=2)):
        withdrawing.reinstate(review)


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        changed_but_unpublished,
        correction_for_later,
        typed_into_it_and_not_saved,
        superseded_text,
        hidden_pictures,
    )
}
