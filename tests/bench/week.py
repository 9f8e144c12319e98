"""A week at the desk, for its home and its calendar: something of every kind that stands there, none of it public."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from reviews import clock
from reviews.desk.verbs import embargoes, publishing, withdrawing, workflow
from reviews.models import Critic, Embargo, Film, Review
from reviews.seeding.factories import make_critic, make_film, make_review

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def stage_a_week() -> None:
    """Copy in every state by the demo's critic and others, films under embargo, corrections that are due."""
    critic = the_demos_critic()
    others = [
        make_critic(name=name, slug=slug)
        for name, slug in (("Odile Marchetti", "odile-marchetti"), ("Tomasz Birk", "tomasz-birk"))
    ]
    _stage_what_is_in_the_making(critic, others)
    _stage_films_under_embargo(critic, others)
    _stage_what_goes_up(critic, others)
    _stage_corrections()


def the_demos_critic() -> Critic:
    return Critic.objects.get_or_create(slug="demo-critic", defaults={"name": "A. Democritic"})[0]


def _stage_what_is_in_the_making(critic: Critic, others: list[Critic]) -> None:
    film = make_film(title="Salt for the Winter", slug="salt-for-the-winter", release_year=2025)
    returned = _review(film, critic, "Nobody in it is ever cold", "salt-democritic", planned=DAY)
    workflow.submit(returned)
    workflow.give_back(
        returned,
        "The second paragraph says twice that it is slow. Say once what the slowness is for.",
        by=User.objects.filter(username="editor").first(),
    )
    workflow.submit(_review(film, others[0], "A winter that somebody has thought about", "salt-marchetti"))
    _review(film, others[1], "The long way round to a kitchen table", "salt-birk", planned=-2 * DAY, body="")
    own = make_film(title="Platform Nine Forty", slug="platform-nine-forty", release_year=2025)
    _review(own, critic, "Two strangers and a timetable", "platform-democritic", planned=3 * DAY)
    workflow.submit(_review(own, critic, "What the night train knows", "platform-second-look"))


def _stage_films_under_embargo(critic: Critic, others: list[Critic]) -> None:
    film = make_film(title="The Lantern Year", slug="the-lantern-year", release_year=2025)
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    for covers, lifts_at in (("social", now + 5 * HOUR), ("reviews", now + 2 * DAY + 9 * HOUR)):
        embargoes.impose(Embargo(film=film, covers=covers, zone="America/Los_Angeles", lifts_at=lifts_at))
    publishing.publish(_review(film, critic, "Light, and who pays for it", "lantern-democritic"))
    workflow.submit(_review(film, others[0], "A year told in lamps", "lantern-marchetti"))
    _review(film, others[1], "Everything glows and nothing burns", "lantern-birk", planned=2 * DAY)
    later = make_film(title="An Orchard in Public", slug="an-orchard-in-public", release_year=2026)
    embargoes.impose(Embargo(film=later, covers="reviews", zone="Asia/Kolkata", lifts_at=now + 20 * DAY))


def _stage_what_goes_up(critic: Critic, others: list[Critic]) -> None:
    now = clock.now().replace(second=0, microsecond=0)
    film = make_film(title="The Understudy’s Coat", slug="the-understudys-coat", release_year=2025)
    soon = _review(film, critic, "A thriller with its gloves on, and then with them off", "coat-democritic")
    publishing.publish(soon, at=now + 3 * HOUR + dt.timedelta(minutes=12))
    Review.objects.filter(pk=soon.pk).update(has_changes=True)
    publishing.publish(_review(film, others[0], "Buttons, mostly", "coat-marchetti"), at=now + 26 * HOUR)
    # Its rights end before the embargo, which was agreed after it had been approved, lets it up.
    held = make_film(title="A Rented Sea", slug="a-rented-sea", release_year=2025)
    rented = _review(held, others[1], "It goes back on Monday", "sea-birk", rights_until=now + 4 * DAY)
    publishing.publish(rented, at=now + DAY)
    embargoes.impose(Embargo(film=held, covers="reviews", zone="Europe/Paris", lifts_at=now + 5 * DAY))
    up = publishing.publish(_review(film, others[1], "The coat is the lead", "coat-birk"))
    withdrawing.withdraw(Review.objects.get(pk=up.review_id))


def _stage_corrections() -> None:
    """One that waits for tomorrow, and one that nobody has published yet."""
    waiting, changed = (
        Review.objects.get(slug=f"ballerina-{slug}") for slug in ("latestbuz", "unattributed")
    )
    waiting.standfirst = "An older outlet’s view, with a name put right."
    waiting.save()
    publishing.publish(waiting, at=clock.now().replace(second=0, microsecond=0) + 30 * HOUR)
    changed.standfirst = "What the second half does that the first does not."
    changed.save()
    Review.objects.filter(pk=changed.pk).update(has_changes=True)


def _review(
    film: Film,
    critic: Critic,
    headline: str,
    slug: str,
    *,
    planned: dt.timedelta | None = None,
    **fields: Any,
) -> Review:
    planned_on = (clock.now() + planned).date() if planned else None
    named: dict[str, Any] = {"film": film, "critic": critic, "headline": headline, "slug": slug}
    return make_review(planned_on=planned_on, **named | fields)
