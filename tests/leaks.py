"""The worlds that the leak walk compares: a small public site, and what a reader of it may not see."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reviews import clock
from reviews.argument import Stance, Verdict
from reviews.desk import addresses, embargoes, publishing, withdrawing, workflow
from reviews.models import Aspect, Critic, Embargo, Film, Judgement, Outlet, Person, Review, Tag
from reviews.models.film import Franchise
from reviews.models.person import Credit
from tests import links

NOW = dt.datetime(2025, 6, 6, 12, 0, tzinfo=dt.UTC)
LIFT = NOW + dt.timedelta(days=2)
SECRET = "Nobody may read this yet"
NOTE = "A quotation was not what the director said."

PUBLIC_BODY = "The film waits.\n\nIts person is steady, and the fights are clear.\n\nThe plot is thin."
SECRET_BODY = f"{SECRET}.\n\nIts person is steady, and the fights are clear."


def uid(name: str) -> uuid.UUID:
    """The same uid for the same name in every world."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


@dataclass
class World:
    """Nouns by name; ``public`` is always there, ``hidden`` only where the secret is."""

    films: dict[str, Film] = field(default_factory=dict)
    critics: dict[str, Critic] = field(default_factory=dict)

    def film(self, name: str) -> Film:
        if name not in self.films:
            film = self.films[name] = Film.objects.create(
                uid=uid(f"film {name}"),
                title=f"The {name} film",
                slug=f"{name}-film",
                release_year=2025,
                franchise=Franchise.objects.create(
                    uid=uid(name), name=f"{name} series", slug=f"{name}-series"
                ),
            )
            person = Person.objects.create(uid=uid(f"p {name}"), name=f"{name} person", slug=f"{name}-person")
            Credit.objects.create(uid=uid(f"c {name}"), film=film, person=person, job="director", position=1)
        return self.films[name]

    def critic(self, name: str) -> Critic:
        if name not in self.critics:
            self.critics[name] = Critic.objects.create(
                uid=uid(f"critic {name}"), name=f"{name} critic", slug=f"{name}-critic"
            )
        return self.critics[name]

    def aspect(self) -> Aspect:
        return Aspect.objects.get_or_create(
            slug="lead", film=None, defaults={"name": "Lead", "uid": uid("lead")}
        )[0]

    def review(self, name: str, *, film: str, critic: str, tag: str, **fields: Any) -> Review:
        words = {
            "headline": f"{name} headline",
            "slug": f"{name}-review",
            "standfirst": f"{name} standfirst.",
            "verdict": Verdict.POSITIVE,
        }
        review = Review.objects.create(
            uid=uid(f"review {name}"),
            film=self.film(film),
            critic=self.critic(critic),
            **words | fields,
        )
        for each in tag.split():
            Tag.objects.get_or_create(
                slug=f"{each}-tag", defaults={"name": f"{each} tag", "uid": uid(f"tag {each}")}
            )
        review.tags.set([f"{each} tag" for each in tag.split()])
        Judgement.objects.create(
            uid=uid(f"judgement {name}"),
            review=review,
            aspect=self.aspect(),
            stance=Stance.PRAISE,
            evidence="Its person is steady",
        )
        return review

    def populate(self) -> None:
        """The public site: two critics on one film, each with a tag, a correction, an old address."""
        Outlet.objects.create(name="The Test Reel", time_zone="Europe/London", about="About us.")
        first = self.review(
            "public", film="public", critic="public", tag="public", body=PUBLIC_BODY, rating="4/5"
        )
        publishing.publish(first, at=NOW - dt.timedelta(days=9), backdated=True)
        other = self.review("other", film="public", critic="other", tag="other", body=PUBLIC_BODY, verdict=-1)
        publishing.publish(other, at=NOW - dt.timedelta(days=8), backdated=True)
        with clock.frozen_at(NOW - dt.timedelta(days=7)):
            Review.objects.filter(pk=other.pk).update(slug="renamed-review")
            publishing.publish(other, note=publishing.Note("fact", "A name is spelled as it should be."))


@dataclass(frozen=True)
class Placement:
    """Whether the secret has a film, critic and tag to itself, or shares the public ones: tags only here together."""

    name: str
    film: str
    critic: str
    tag: str


PLACEMENTS = (
    Placement("on a film, critic and tag of its own", "hidden", "hidden", "hidden"),
    Placement("on public ones", "public", "public", "public other"),
    Placement("by a hidden critic on a public film", "public", "hidden", "public other"),
    Placement("by a public critic on a hidden film", "hidden", "public", "hidden"),
)

Hide = Callable[[World, Placement], None]


def _secret(world: World, place: Placement, **fields: Any) -> Review:
    fields = {"body": SECRET_BODY, "verdict": -2} | fields
    review = world.review("hidden", film=place.film, critic=place.critic, tag=place.tag, **fields)
    return links.send(review, NOW, SECRET)


def _once_public(world: World, place: Placement, **words: Any) -> Review:
    """A review that readers read three days ago, under another address then, and corrected the day after."""
    review = _secret(world, place, slug="hidden-old-review", **words)
    with clock.frozen_at(NOW - dt.timedelta(days=3)):
        publishing.publish(review)
    with clock.frozen_at(NOW - dt.timedelta(days=2)):
        _move(review, "hidden-review")
        publishing.publish(review, note=publishing.Note("fact", f"{SECRET}, corrected."))
    return review


def _move(review: Review, slug: str) -> None:
    review.slug = slug
    review.save()


def _rename(world: World, place: Placement) -> None:
    """Give whatever is hidden with the review another address, as the desk does."""
    nouns: list[addresses.Noun] = []
    if place.film == "hidden":
        nouns += [world.film("hidden"), Person.objects.get(slug="hidden-person")]
        nouns.append(Franchise.objects.get(slug="hidden-series"))
    if place.critic == "hidden":
        nouns.append(world.critic("hidden"))
    if place.tag == "hidden":
        nouns.append(Tag.objects.get(slug="hidden-tag"))
    for noun in nouns:
        old, noun.slug = noun.slug, noun.slug.replace("hidden", "hidden-new")
        noun.save()
        addresses.keep(noun, old)


def draft(world: World, place: Placement) -> None:
    _secret(world, place)


def in_review(world: World, place: Placement) -> None:
    _secret(world, place, status=Review.Status.IN_REVIEW)


def approved_for_later(world: World, place: Placement) -> None:
    publishing.publish(_secret(world, place), at=LIFT)


def approved_without_edition(world: World, place: Placement) -> None:
    _secret(world, place, status=Review.Status.APPROVED, publish_at=NOW - dt.timedelta(days=1))


def returned_with_a_note(world: World, place: Placement) -> None:
    review = _secret(world, place)
    workflow.submit(review)
    workflow.give_back(review, f"{SECRET}: shorten it.")


def planned_for_a_day(world: World, place: Placement) -> None:
    _secret(world, place, planned_on=LIFT.date())
    _rename(world, place)


def withdrawn(world: World, place: Placement) -> None:
    review = _once_public(world, place)
    with clock.frozen_at(NOW - dt.timedelta(days=1)):
        withdrawing.withdraw(review, because=f"{SECRET}.")
    _rename(world, place)


def waiting_to_come_back(world: World, place: Placement) -> None:
    withdrawn(world, place)
    review = Review.objects.get(uid=uid("review hidden"))
    _move(review, "hidden-next-review")
    publishing.publish(review, at=LIFT)


def rights_ended(world: World, place: Placement) -> None:
    review = _secret(world, place, rights_until=NOW)
    publishing.publish(review, at=NOW - dt.timedelta(days=3), backdated=True)


SECRETS: dict[str, Hide] = {
    hide.__name__: hide
    for hide in (
        draft,
        in_review,
        returned_with_a_note,
        planned_for_a_day,
        approved_for_later,
        approved_without_edition,
        withdrawn,
        waiting_to_come_back,
        rights_ended,
    )
}


# -- Withdrawals that readers are told of: of the film, the critic and the note, and of nothing that it said ----


def withdrawn_with_a_note(world: World, place: Placement, **words: Any) -> None:
    review = _once_public(world, place, **words)
    with clock.frozen_at(NOW - dt.timedelta(days=1)):
        withdrawing.withdraw(review, note=NOTE, because=f"{SECRET}.")


def explained_later(world: World, place: Placement, **words: Any) -> None:
    review = _once_public(world, place, **words)
    with clock.frozen_at(NOW - dt.timedelta(days=1)):
        withdrawing.withdraw(review)
    with clock.frozen_at(NOW - dt.timedelta(hours=1)):
        withdrawing.explain(review, NOTE)


def told_of_and_waiting_to_come_back(world: World, place: Placement, **words: Any) -> None:
    withdrawn_with_a_note(world, place, **words)
    review = Review.objects.get(uid=uid("review hidden"))
    _move(review, "hidden-next-review")
    publishing.publish(review, at=LIFT)


TOLD_LATER: dict[str, Callable[..., None]] = {
    tell.__name__: tell for tell in (explained_later, told_of_and_waiting_to_come_back)
}
TOLD: dict[str, Callable[..., None]] = {"withdrawn_with_a_note": withdrawn_with_a_note} | TOLD_LATER


# -- Embargoes: a film of its own, for an embargo on the public film would hide the public reviews too ---------

OWN_FILM = tuple(place for place in PLACEMENTS if place.film == "hidden")


def embargoed(world: World, place: Placement) -> None:
    embargoes.impose(
        Embargo(uid=uid("embargo"), film=world.film(place.film), lifts_at=LIFT, zone="America/New_York")
    )
    publishing.publish(_secret(world, place))


def embargoed_behind_the_desks_back(world: World, place: Placement) -> None:
    """The window says yes; only the second lock says no."""
    review = _secret(world, place)
    with clock.frozen_at(NOW - dt.timedelta(days=3)):
        publishing.publish(review)
    with clock.frozen_at(NOW - dt.timedelta(days=2)):
        publishing.publish(review, note=publishing.Note("fact", f"{SECRET}, corrected."))
    Embargo.objects.create(uid=uid("embargo"), film=world.film(place.film), lifts_at=LIFT, zone="UTC")


EMBARGOES: dict[str, Hide] = {hide.__name__: hide for hide in (embargoed, embargoed_behind_the_desks_back)}


# -- Changes to a review that is public ------------------------------------------------------------------------


def _rewrite(world: World) -> Review:
    review = Review.objects.get(uid=uid("review public"))
    links.send(review, NOW, SECRET)
    review.headline = SECRET
    review.slug = "hidden-review"
    review.standfirst = SECRET
    review.body = SECRET_BODY
    review.verdict = Verdict.PAN
    review.rating = "1/5"
    review.critic = world.critic("hidden")
    review.save()
    Tag.objects.create(name="hidden tag", uid=uid("tag hidden"))
    review.tags.set(["hidden tag"])
    Judgement.objects.filter(review=review).update(stance=Stance.CRITICISM, evidence="the fights are clear")
    return review


def changed_but_unpublished(world: World) -> None:
    _rewrite(world)


def correction_for_later(world: World) -> None:
    publishing.publish(_rewrite(world), at=LIFT, note=publishing.Note("fact", SECRET))


def reinstated(world: World) -> None:
    """The public review was withdrawn with a note, and came back."""
    review = Review.objects.get(uid=uid("review public"))
    with clock.frozen_at(NOW - dt.timedelta(days=3)):
        withdrawing.withdraw(review, note=NOTE)
    with clock.frozen_at(NOW - dt.timedelta(days=2)):
        withdrawing.reinstate(review)


CHANGES: dict[str, Callable[[World], None]] = {
    change.__name__: change for change in (changed_but_unpublished, correction_for_later)
}
