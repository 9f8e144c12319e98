"""A desk with a user of every role and an object of every kind."""

import datetime as dt
from copy import copy, deepcopy
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.test import Client

from reviews.desk.verbs import embargoes, publishing, withdrawing, workflow
from reviews.models import (
    Aspect,
    Correction,
    Critic,
    Edition,
    Embargo,
    Film,
    Franchise,
    OldAddress,
    Outlet,
    Person,
    Picture,
    Review,
    Tag,
)
from reviews.models.shared.picture import PictureFilm
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_aspect,
    make_correction,
    make_critic,
    make_edition,
    make_film,
    make_franchise,
    make_judgement,
    make_outlet,
    make_person,
    make_picture,
    make_review,
    make_tag,
)
from tests.admin.pages import signed_in
from tests.admin.roles.role_table import NO_ROLE, ROLES
from tests.desk.reading import DAY, change

NOBODY, OTHER, OWN_FILM = "nobody", "other", "own film"
VISITORS = (NOBODY, NO_ROLE, *ROLES)
WORDS = "Words of another hand"
"""In the headline of all copy that belongs to no role, and never public."""
STUDIO = "Words of the studio"
"""In the terms, the partner and the reasons of every embargo."""


class World:
    """Accounts, each with its own byline. Reviews are made on demand."""

    def __init__(self) -> None:
        make_outlet(time_zone="UTC")
        self.superuser = signed_in("")
        self.bylines: dict[str, Critic] = {OTHER: make_critic(name="Other", slug="other")}
        self.clients: dict[str, Client] = {NOBODY: Client()}
        for visitor in VISITORS[1:]:
            role = "" if visitor == NO_ROLE else visitor
            account = make_account(role, is_staff=True, username=f"a {visitor}".replace(" ", "-"))
            self.bylines[visitor] = make_critic(user=account, name=f"A {visitor}")
            self.clients[visitor] = Client()
            self.clients[visitor].force_login(account)
        self.film = make_film(title="The Film", slug="the-film")
        self.aspect = make_aspect(name="Action", slug="action")
        self.of: dict[type[Model], Any] = self._alone()
        self.embargo_on_own_film = self.embargo(make_film(title="Written about", slug="written-about"))
        for owner, byline in self.bylines.items():
            make_review(film=self.embargo_on_own_film.film, critic=byline, headline=f"Of {owner}")
        board = Group.objects.create(name="Board")
        board.permissions.add(Permission.objects.get(codename="delete_embargo"))
        make_account(username="boss", is_staff=True).groups.add(board)
        self.pictures = self._pictures()
        self._made: dict[tuple[str, str], Review] = {}
        self.forms: dict[str, dict[str, Any]] = {}

    def again(self) -> "World":
        """A copy of the world for one test, which may change rows and sign users in or out."""
        shared = {"superuser", "clients", "forms"}
        again = copy(self)
        again.__dict__ |= deepcopy({name: value for name, value in vars(self).items() if name not in shared})
        again.superuser = _again(self.superuser)
        again.clients = {visitor: _again(client) for visitor, client in self.clients.items()}
        return again

    def account(self, visitor: str) -> User:
        account = self.bylines[visitor].user
        assert account is not None
        return account

    def review(self, owner: str, state: str) -> Review:
        """A user's copy in a state, with all that an edition needs."""
        if (owner, state) not in self._made:
            review = make_review(
                film=self.film,
                critic=self.bylines[owner],
                headline=WORDS if owner == OTHER else f"Words of {owner}",
                written_by=self.bylines[owner].user,
                how_seen="At a press screening.",
            )
            make_judgement(review, aspect=self.aspect)
            bring(review, state)
            self._made[owner, state] = review
        return self._made[owner, state]

    def _pictures(self) -> dict[str, Picture]:
        """One of no film, and one of the film that every byline has copy on; by visitor, one that they uploaded."""
        found = {OTHER: make_picture(name="of-another-hand"), OWN_FILM: make_picture(name="of-the-film")}
        PictureFilm.objects.create(picture=found[OWN_FILM], film=self.embargo_on_own_film.film)
        for visitor in VISITORS[1:]:
            found[visitor] = make_picture(added_by=self.account(visitor))
        return found

    def _alone(self) -> dict[type[Model], Any]:
        """One of every noun, without references if it can be deleted."""
        edition = make_edition(headline="Words for readers")
        note = make_correction(edition)
        moved = OldAddress.objects.create(
            path="/films/old/", kind=OldAddress.Kind.FILM, target_uid=self.film.uid
        )
        return {
            Film: make_film(title="Alone", slug="alone"),
            Franchise: make_franchise(name="Alone", slug="alone"),
            Person: make_person(name="Alone", slug="alone"),
            Critic: make_critic(name="Alone", slug="alone"),
            Tag: make_tag("Alone", slug="alone"),
            Aspect: make_aspect(name="Alone", slug="alone"),
            Outlet: Outlet.objects.get(),
            Embargo: self.embargo(make_film(title="Held", slug="held")),
            Edition: edition,
            Correction: note,
            OldAddress: moved,
            User: make_account(username="spare", is_staff=True),
            Group: Group.objects.create(name="Photo desk"),
        }

    @staticmethod
    def embargo(film: Film) -> Embargo:
        embargo = Embargo(
            film=film, lifts_at=MOMENT + 2 * DAY, zone="UTC", terms=f"{STUDIO}.", agreed_with=STUDIO
        )
        embargoes.impose(embargo)
        return embargo


def _again(client: Client) -> Client:
    again = Client()
    again.cookies = deepcopy(client.cookies)
    return again


def bring(review: Review, state: str) -> None:
    """Bring a draft into a state with the desk's verbs."""
    if state in ("in review", "returned"):
        workflow.submit(review)
    if state == "returned":
        workflow.give_back(review, "Shorter.")
    if state in ("live", "withdrawn"):
        headline = review.headline
        change(review, headline="Words for readers")
        publishing.publish(review, at=MOMENT - dt.timedelta(hours=1), backdated=True)
        change(review, headline=headline)
    if state == "withdrawn":
        withdrawing.withdraw(review)
    if state == "scheduled":
        publishing.publish(review, at=MOMENT + DAY)
