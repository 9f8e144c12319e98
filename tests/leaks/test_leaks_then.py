"""A critic's time machine tells nothing of anybody else's copy, at any moment: hidden rows change no byte of it."""

import datetime as dt
from collections.abc import Sequence

import pytest
from django.test import Client

from reviews import clock
from reviews.audit import hiding
from reviews.audit.asking import PROOF, UNLIKE, SiteAnswer
from reviews.audit.counting import counted
from reviews.audit.planting import Planted, planted, undone
from reviews.audit.world import World
from reviews.desk.verbs import publishing
from reviews.models import Critic
from reviews.seeding.factories import make_account
from tests.admin.time.reading import root
from tests.gate.night import NIGHT, in_turn
from tests.leaks.leaks import LIFT, NOW, OWN_FILM, PLACEMENTS
from tests.leaks.planting import Step, build, hidden_in, populate
from tests.leaks.walk import KNOWN, known_addresses

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
MOMENTS = (NOW - dt.timedelta(days=2, hours=12), NOW, LIFT + HOUR)
OWN = ("/reviews/own-review/", "/films/own-film/", "/")
TOLD = ("/reviews/public-review/", "/films/public-film/", "/corrections/", "/feed.xml")
# The clock of the machine, which no test stops.
ALSO_UNLIKE = {"Expires"}


def own_copy(world: World) -> None:
    """A critic's own copy: one that was withdrawn, one that is live, one that waits; on films of others, and alone."""
    for number, film in enumerate(("public", "own", "public")):
        name = "own" if number == 1 else f"own-{number}"
        review = world.review(name, film=film, critic="own", tag="own", body="Its person is steady.")
        match number:
            case 0:
                publishing.publish(review, at=NOW - dt.timedelta(days=5), backdated=True)
            case _:
                publishing.publish(review, at=LIFT - number * HOUR)


def asked(client: Client, addresses: Sequence[str]) -> dict[tuple[dt.datetime, str], SiteAnswer]:
    answers = {}
    for at in MOMENTS:
        for address in addresses:
            with counted() as count:
                response = client.get(root(at) + address)
            headers = {
                name: value for name, value in response.headers.items() if name not in UNLIKE | ALSO_UNLIKE
            }
            body = PROOF.sub(b"", response.content)
            answers[at, address] = SiteAnswer(response.status_code, headers, body, count.queries, count.rows)
    return answers


def walked(
    steps: Sequence[Step], addresses: Sequence[str] = ()
) -> tuple[dict[tuple[dt.datetime, str], SiteAnswer], list[str]]:
    """What a critic with own copy reads on a site, and the addresses that name what is hidden in it."""
    with undone():
        world = build(*steps)
        account = make_account("Critic", username="own")
        Critic.objects.filter(pk=world.critic("own").pk).update(user=account)
        client = Client()
        client.force_login(account)
        hidden = [
            address
            for noun, slugs in hidden_in(world).items()
            if noun != "preview"
            for slug in slugs
            for address in KNOWN.addresses_of(noun, slug, queries=False)
        ]
        named = hidden if NIGHT else hidden[::40]
        with clock.frozen_at(NOW):
            return asked(client, [*addresses, *named]), named


_plain: dict[tuple[dt.datetime, str], SiteAnswer] = {}
"""The answers of the site in which nothing is hidden, as far as they were asked for: they depend on nothing else."""


def plain(addresses: Sequence[str]) -> dict[tuple[dt.datetime, str], SiteAnswer]:
    if missing := [address for address in addresses if (NOW, address) not in _plain]:
        answers, _ = walked((populate, own_copy), missing)
        _plain.update(answers)
    return {(at, address): _plain[at, address] for at in MOMENTS for address in addresses}


def compare(*hide: Step) -> None:
    every = [*known_addresses(queries=False)]
    known = [*OWN, *TOLD, *(every if NIGHT else in_turn(every)[::4])]
    hidden, named = walked((populate, own_copy, *hide), known)
    for key, answer in plain([*known, *named]).items():
        assert hidden[key] == answer, key


def planting(states: Sequence[Planted]) -> Step:
    def hide(world: World) -> None:
        for state in states:
            state.hide(world, state.place)

    return hide


def test_the_critic_reads_their_own_copy_as_of_then() -> None:
    answers, _ = walked((populate, own_copy), OWN)
    statuses = [answers[at, "/reviews/own-review/"].status for at in MOMENTS]
    assert statuses == [404, 404, 200]
    assert b"own headline" in answers[MOMENTS[2], "/"].body
    assert answers[NOW, "/films/own-film/"].status == 404
    assert answers[LIFT + HOUR, "/films/own-film/"].status == 200


def test_nothing_of_what_others_hide() -> None:
    places = in_turn(PLACEMENTS)
    own_film = [place for place in places if place in OWN_FILM]
    compare(planting([*planted(hiding.SECRETS, places), *planted(hiding.EMBARGOES, own_film)]))


def test_nor_of_what_will_become_of_a_public_review() -> None:
    compare(hiding.correction_for_later)


@pytest.mark.nightly
def test_nor_of_what_is_written_into_one() -> None:
    compare(hiding.changed_but_unpublished)
