"""What is planted: public rows to hide something beside, and the names of what is hidden."""

import base64
import datetime as dt
import uuid
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from reviews import clock
from reviews.desk.verbs import publishing
from reviews.models import Aspect, Critic, Film, Outlet, Picture, PictureFile, Review, Tag
from reviews.pictures.ladder import address_of, renditions_of
from reviews.seeding.factories import (
    make_aspect,
    make_credit,
    make_critic,
    make_film,
    make_franchise,
    make_judgement,
    make_outlet,
    make_person,
    make_picture,
    make_review,
    make_tag,
)

LEAD = dt.timedelta(days=2)
"""How long after the moment of a walk everything is lifted that waits."""
SIZE = {"width": 1600, "height": 900}
"""Of every file of a picture, in pixels."""
SECRET = "Nobody may read this yet"
NOTE = "A quotation was not what the director said."

PUBLIC_BODY = "The film waits.\n\nIts person is steady, and the fights are clear.\n\nThe plot is thin."
SECRET_BODY = f"{SECRET}.\n\nIts person is steady, and the fights are clear."


def token_called(name: str) -> str:
    """The token of a file of a picture, the same for the same name in every world; it begins as the name does."""
    digest = base64.urlsafe_b64encode(sha256(name.encode()).digest()).decode()
    return f"{name.partition('-')[0]}-{digest}"[:22]


def rendition_called(name: str) -> str:
    """The two parts of the address of a rendition of the file of a name."""
    return _rendition_of(PictureFile(token=token_called(name), **SIZE))


def _rendition_of(file: PictureFile) -> str:
    *_others, last = renditions_of(file).values()
    return address_of(file, last).removeprefix("/pictures/")


def uid(name: str) -> uuid.UUID:
    """The same uid for the same name in every world."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


@dataclass
class World:
    """Nouns by name: ``public`` and ``other`` are in every site, ``hidden`` only in one with the secret.

    ``now`` is the moment (aware) at which the site is read. ``slugs`` are those of every noun, later ones included. A
    film, critic or tag that is there already can be given a name.
    """

    now: dt.datetime
    public: str = "public"
    other: str = "other"
    hidden: str = "hidden"
    films: dict[str, Film] = field(default_factory=dict)
    critics: dict[str, Critic] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    slugs: dict[tuple[str, str], None] = field(default_factory=dict)

    @property
    def lift(self) -> dt.datetime:
        return self.now + LEAD

    @property
    def renamed(self) -> str:
        """The slug of the other review, which had another one at first."""
        return f"{self.other.replace('other', 'renamed', 1)}-review"

    def called(self, noun: str, slug: str) -> str:
        """Record a slug of a noun, current or old."""
        self.slugs[noun, slug] = None
        return slug

    def slugs_of(self, noun: str) -> list[str]:
        """Every slug of a noun, current and old; under ``preview`` the secrets of links."""
        return [slug for of, slug in self.slugs if of == noun]

    def file(self, file: PictureFile) -> None:
        """Record where a file of a picture would be served."""
        self.called("rendition", _rendition_of(file))

    def picture(self, name: str, **terms: Any) -> Picture:
        """The picture of a name, made if it is not there yet."""
        if there := Picture.objects.filter(uid=uid(f"picture {name}")).first():
            return there
        version = {"uid": uid(f"file {name}"), "token": token_called(name), **SIZE}
        picture = make_picture(
            uid=uid(f"picture {name}"),
            name=f"{name}-picture",
            alt=f"{name} picture",
            version=version,
            **terms,
        )
        self.file(picture.file)
        return picture

    def film(self, name: str) -> Film:
        if name not in self.films:
            series = make_franchise(
                uid=uid(name), name=f"{name} series", slug=self.called("franchise", f"{name}-series")
            )
            film = self.films[name] = make_film(
                uid=uid(f"film {name}"),
                title=f"The {name} film",
                slug=self.called("film", f"{name}-film"),
                franchise=series,
                poster=self.picture(f"{name}-poster"),
            )
            person = make_person(
                uid=uid(f"p {name}"), name=f"{name} person", slug=self.called("person", f"{name}-person")
            )
            make_credit(uid=uid(f"c {name}"), film=film, person=person, job="director", character="")
        return self.films[name]

    def critic(self, name: str) -> Critic:
        if name not in self.critics:
            # One critic has none, so that a walk can hide one there.
            portrait = None if name == self.other else self.picture(f"{name}-portrait")
            self.critics[name] = make_critic(
                uid=uid(f"critic {name}"),
                name=f"{name} critic",
                slug=self.called("critic", f"{name}-critic"),
                portrait=portrait,
            )
        return self.critics[name]

    def aspect(self) -> Aspect:
        there = Aspect.objects.filter(slug="lead", film=None).first()
        return there or make_aspect(uid=uid("lead"), name="Lead", slug="lead", position=0)

    def tag(self, name: str) -> Tag:
        if name not in self.tags:
            slug = self.called("tag", f"{name}-tag")
            self.tags[name] = make_tag(f"{name} tag", uid=uid(f"tag {name}"), slug=slug)
        return self.tags[name]

    def review(self, name: str, *, film: str, critic: str, tag: str, **fields: Any) -> Review:
        words: dict[str, Any] = {
            "headline": f"{name} headline",
            "slug": f"{name}-review",
            "standfirst": f"{name} standfirst.",
            "hero": self.picture(f"{name}-hero"),
        }
        review = make_review(
            uid=uid(f"review {name}"), film=self.film(film), critic=self.critic(critic), **words | fields
        )
        self.called("review", review.slug)
        review.tags.set([self.tag(each).name for each in tag.split()])
        make_judgement(
            review, uid=uid(f"judgement {name}"), aspect=self.aspect(), evidence="Its person is steady"
        )
        return review

    def populate(self) -> None:
        """The public site: two critics on one film, each with a tag, a correction, an old address."""
        if not Outlet.objects.exists():
            make_outlet(about="About us.")
        film = {"film": self.public, "body": PUBLIC_BODY}
        first = self.review(self.public, critic=self.public, tag=self.public, rating="4/5", **film)
        publishing.publish(first, at=self._ago(9), backdated=True)
        other = self.review(self.other, critic=self.other, tag=self.other, verdict=-1, **film)
        publishing.publish(other, at=self._ago(8), backdated=True)
        with clock.frozen_at(self._ago(7)):
            Review.objects.filter(pk=other.pk).update(slug=self.called("review", self.renamed))
            publishing.publish(other, note=publishing.Note("fact", "A name is spelled as it should be."))

    def _ago(self, days: int) -> dt.datetime:
        return self.now - dt.timedelta(days=days)


@dataclass(frozen=True)
class Placement:
    """Whether the secret has its own film, critic and tag, or shares the public ones.

    ``secret`` is in the names of all its own nouns.
    """

    name: str
    film: str
    critic: str
    tag: str
    secret: str

    def __str__(self) -> str:
        return self.name

    def called(self, secret: str) -> "Placement":
        """The same placement for a secret of another name, so that one site can have many."""
        film, critic, tag = (each.replace(self.secret, secret) for each in (self.film, self.critic, self.tag))
        return replace(self, film=film, critic=critic, tag=tag, secret=secret)


def placements(*, public: str, other: str, hidden: str) -> tuple[Placement, ...]:
    """The four placements of a secret."""
    shared = f"{public} {other}"
    return (
        Placement("on a film, critic and tag of its own", hidden, hidden, hidden, hidden),
        Placement("on public ones", public, public, shared, hidden),
        Placement("by a hidden critic on a public film", public, hidden, shared, hidden),
        Placement("by a public critic on a hidden film", hidden, public, hidden, hidden),
    )
