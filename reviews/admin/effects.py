"""What a verb would do, in sentences for an editor: exact, for the confirm page is held to them."""

import datetime as dt

from reviews import clock
from reviews.admin.moments import spoken, spoken_twice
from reviews.desk import composition, publishing
from reviews.models import Critic, Edition, Film, Review


def publication(
    review: Review, plan: publishing.Plan, *, chosen: dt.datetime | None, of: Edition | None = None
) -> list[str]:
    """What publishing as planned does; or, for a pending edition (``of``), what moving it to then does."""
    edition = of or Edition(slug=review.slug, rights_until=review.rights_until)
    said = [_from_when(plan, chosen), f"Its address is {edition.get_absolute_url()}."]
    if plan.live:
        changed = composition.differences(review, plan.live) if of is None else []
        said.append(_takes_over(plan))
        if of is None:
            said.append(
                f"It changes: {', '.join(changed)}." if changed else "It says the same as the live edition."
            )
        if edition.slug != plan.live.slug:
            said.append(
                f"Readers who follow the old address, {plan.live.get_absolute_url()}, are led on to it."
            )
    elif publishing.has_been_public(review):
        said.append("Readers have seen the review before: it comes back.")
    else:
        said.append("Readers have not seen the review before.")
    if plan.pending and of is None:
        said.append(f"It replaces the edition that was to go up on {spoken(plan.pending.visible_from)}.")
    if edition.rights_until:
        said.append(f"It leaves the site by itself on {spoken(edition.rights_until)}, when the rights end.")
    return said


def _from_when(plan: publishing.Plan, chosen: dt.datetime | None) -> str:
    if plan.held_by:
        embargo = plan.held_by
        planned = "now" if plan.planned_for <= clock.now() else f"for {spoken(plan.planned_for)}"
        return (
            f"You publish it {planned}, but the embargo on reviews of {embargo.film} holds it: "
            f"readers see it from {spoken_twice(embargo.lifts_at, embargo.zone)}."
        )
    if not plan.is_immediate:
        return f"Readers see it from {spoken_twice(plan.visible_from)}."
    if chosen:
        return f"{spoken(chosen)} has passed: readers see it at once."
    return "Readers see it at once."


def _takes_over(plan: publishing.Plan) -> str:
    live = plan.live
    assert live is not None
    is_seen = Edition.objects.public().filter(pk=live.pk).exists()
    name = f"the edition of {spoken(live.visible_from)}"
    if plan.is_immediate:
        return f"It takes over from {name}."
    return f"It takes over from {name}, which {'readers see' if is_seen else 'stays hidden'} until then."


def withdrawal(live: Edition | None, pending: Edition | None) -> list[str]:
    """What withdrawing does, for readers of the review and of what only it made visible."""
    said = []
    if live:
        said += [
            f"Whoever opens {live.get_absolute_url()} is told “not found”, as if it had never been there.",
            "It leaves every list, count, feed and sitemap at once, and its corrections leave the ledger.",
            *_leaves_with(live),
        ]
    if pending:
        said.append(f"The edition that was to go up on {spoken(pending.visible_from)} does not go up.")
    if said:
        said.append("Nothing is deleted: the review can be published again.")
    return said


def _leaves_with(live: Edition) -> list[str]:
    """The film and the critic, where this is their only public review."""
    others = Edition.objects.public().exclude(review=live.review_id)
    nouns: list[Film | Critic] = []
    if not others.of(live.film).exists():
        nouns.append(live.film)
    if not others.by(live.critic).exists():
        nouns.append(live.critic)
    return [f"The page of {noun} leaves with it: this is the only public review there." for noun in nouns]
