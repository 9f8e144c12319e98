"""What a verb would do, in exact sentences for an editor: the confirm page compares them."""

import datetime as dt

from django.utils import timezone

from reviews import clock
from reviews.admin.parts.moments.relative import distance
from reviews.desk import windows
from reviews.desk.dates import OLD_PAGES, in_front_of_a_cache, moment_in_words, spoken_twice, weekday
from reviews.desk.outlook import Outlook
from reviews.models import Critic, Edition, Film


def publication(
    outlook: Outlook, plan: windows.Plan, *, chosen: dt.datetime | None, of: Edition | None = None
) -> list[str]:
    """What publishing by a plan does; with a pending edition (``of``), what rescheduling it does."""
    review = outlook.review
    edition = of or Edition(slug=review.address_to_be, rights_until=review.rights_until)
    said = [_from_when(plan, chosen), f"Its address is {edition.get_absolute_url()}."]
    if plan.live:
        changed = outlook.differences(plan.live) if of is None else []
        said.append(_takes_over(outlook, plan))
        if of is None:
            said.append(
                f"It changes: {', '.join(changed)}." if changed else "It says the same as the live edition."
            )
        if edition.slug != plan.live.slug:
            said.append(
                f"Readers who follow the old address, {plan.live.get_absolute_url()}, are led on to it."
            )
    elif outlook.has_been_public:
        said.append("Readers have seen the review before: it comes back.")
    else:
        said.append("Readers have not seen the review before.")
    if plan.pending and of is None:
        said.append(
            f"It replaces the edition that was to go up on {moment_in_words(plan.pending.visible_from)}."
        )
    if edition.rights_until:
        said.append(
            f"It leaves the site by itself on {moment_in_words(edition.rights_until)}, when the rights end."
            f"{in_front_of_a_cache(edition.rights_until)}"
        )
    return said


def goes_up(plan: windows.Plan) -> str:
    """When approval makes it live, in the sentence beside the button."""
    if plan.is_immediate:
        return "Takes over at once." if plan.live else "Goes up at once."
    when = f"Goes up {weekday(plan.visible_from)} {moment_in_words(plan.visible_from)}"
    away = distance(plan.visible_from, clock.now(), timezone.get_current_timezone())
    said = f"{when}, when the embargo lifts; {away}." if plan.held_by else f"{when}; {away}."
    return f"{said}{in_front_of_a_cache(plan.visible_from)}"


def _from_when(plan: windows.Plan, chosen: dt.datetime | None) -> str:
    if plan.held_by:
        embargo = plan.held_by
        planned = "now" if plan.planned_for <= clock.now() else f"for {moment_in_words(plan.planned_for)}"
        return (
            f"You publish it {planned}, but the embargo on reviews of {embargo.film} holds it: "
            f"readers see it from {spoken_twice(embargo.lifts_at, embargo.zone)}."
            f"{in_front_of_a_cache(embargo.lifts_at)}"
        )
    if not plan.is_immediate:
        return (
            f"Readers see it from {spoken_twice(plan.visible_from)}.{in_front_of_a_cache(plan.visible_from)}"
        )
    if chosen:
        return f"{moment_in_words(chosen)} has passed: readers see it at once."
    return "Readers see it at once."


def _takes_over(outlook: Outlook, plan: windows.Plan) -> str:
    live = plan.live
    assert live is not None
    name = f"the edition of {moment_in_words(live.visible_from)}"
    if plan.is_immediate:
        return f"It takes over from {name}."
    return (
        f"It takes over from {name}, which {'readers see' if outlook.is_seen else 'stays hidden'} until then."
    )


def withdrawal(outlook: Outlook, *, note: str = "", links: int = 0) -> list[str]:
    """What withdrawing does to the review, to pages that are public only because of it, and to preview links."""
    live, pending = outlook.live, outlook.pending
    said = []
    if live and is_held(outlook, live):
        said += _withdrawn_while_held(live, note)
    elif live:
        address = live.get_absolute_url()
        said += [
            f"Whoever opens {address} is told that the review was withdrawn, and reads your note (410)."
            if note
            else f"Whoever opens {address} is told “not found”, as if it had never been there (404).",
            "It leaves every list, count, feed and sitemap at once, and its earlier corrections leave the ledger.",
            OLD_PAGES,
            *(["The ledger lists your note, with the film, the critic and the date."] if note else []),
            *_leaves_with(live),
        ]
    if pending:
        said.append(
            f"The edition that was to go up on {moment_in_words(pending.visible_from)} does not go up."
        )
    if links:
        said.append("1 preview link ends." if links == 1 else f"{links} preview links end.")
    if said:
        said.append("Nothing is deleted: the review can be reinstated.")
    return said


def is_held(outlook: Outlook, edition: Edition) -> bool:
    """Whether an embargo now hides the film's reviews and the notes on withdrawn ones."""
    return outlook.active_embargo(edition.film) is not None


def _withdrawn_while_held(live: Edition, note: str) -> list[str]:
    address = live.get_absolute_url()
    return [
        "Readers do not see it now, because an embargo holds it. It does not come back when the embargo lifts.",
        f"From then on {address} says that the review was withdrawn, with your note (410); the ledger lists it."
        if note
        else f"Whoever opens {address} is told “not found” (404), as now.",
    ]


def reinstatement(outlook: Outlook, last: Edition) -> list[str]:
    """What reinstating the edition that readers saw last does."""
    plan = outlook.plan(film=last.film)
    said = [_from_when(plan, None), f"Its address is {last.get_absolute_url()}."]
    said.append(f"It says what the edition of {moment_in_words(last.visible_from)} said, word for word.")
    if outlook.differences(last):
        said.append("What has been saved since stays at the desk, unpublished.")
    return said


def _leaves_with(live: Edition) -> list[str]:
    """The film and the critic, if this is their only public review."""
    others = Edition.objects.public().exclude(review=live.review_id)
    nouns: list[Film | Critic] = []
    if not others.of(live.film).exists():
        nouns.append(live.film)
    if not others.by(live.critic).exists():
        nouns.append(live.critic)
    return [f"The page of {noun} leaves with it: this is the only public review there." for noun in nouns]
