"""The full leak walk, at night: every hidden state, in every placement and order, alone in a site.

``test_leaks.py`` plants all of them in one site. Only this test finds two leaks that cancel each other, and only here
every role requests every address.
"""

from collections.abc import Mapping

import pytest
from django.test import Client

from reviews.audit import hiding
from reviews.audit.hiding import Hide
from reviews.audit.planting import Planted
from reviews.audit.world import Placement
from tests.leaks import leaks
from tests.leaks.planting import ORDERS, compare
from tests.leaks.test_leaks import CHANGED, Record, told_at
from tests.leaks.walk import make_readers

# A hundred walks of 450 addresses take ten minutes, and find no more than the combined walk except the above.
pytestmark = [pytest.mark.django_db, pytest.mark.nightly]

IN_EVERY_ORDER = pytest.mark.parametrize("order", ORDERS)
ANYWHERE = pytest.mark.parametrize("place", leaks.PLACEMENTS, ids=str)


@pytest.fixture
def readers() -> dict[str, Client]:
    return make_readers()


class TestEach:
    @IN_EVERY_ORDER
    @ANYWHERE
    @pytest.mark.parametrize("state", hiding.SECRETS)
    def test_hidden_review(
        self, state: str, place: Placement, order: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        self.compare(hiding.SECRETS, state, place, order, readers, record_property)

    @IN_EVERY_ORDER
    @pytest.mark.parametrize("place", leaks.OWN_FILM, ids=str)
    @pytest.mark.parametrize("state", hiding.EMBARGOES)
    def test_embargoed_review(
        self, state: str, place: Placement, order: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        self.compare(hiding.EMBARGOES, state, place, order, readers, record_property)

    @IN_EVERY_ORDER
    def test_film_critic_person_and_tag_without_a_review(
        self, order: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        alone = {"without_a_review": hiding.without_a_review}
        self.compare(alone, "without_a_review", leaks.PLACEMENTS[0], order, readers, record_property)

    @IN_EVERY_ORDER
    @ANYWHERE
    @pytest.mark.parametrize("state", hiding.TOLD)
    def test_withdrawal_that_readers_are_told_of(
        self, state: str, place: Placement, order: str, readers: dict[str, Client], record_property: Record
    ) -> None:
        told = Planted(state, hiding.TOLD[state], place)
        but = [*told_at(told), "/corrections/"]
        record_property("comparisons", len(compare([told], order, readers, but=but, thorough=True)))

    @pytest.mark.parametrize("change", CHANGED, ids=str)
    def test_change_to_a_public_review(
        self, change: Planted, readers: dict[str, Client], record_property: Record
    ) -> None:
        record_property("comparisons", len(compare([change], ORDERS[1], readers, thorough=True)))

    def compare(
        self,
        states: Mapping[str, Hide],
        state: str,
        place: Placement,
        order: str,
        readers: dict[str, Client],
        record: Record,
    ) -> None:
        answers = compare([Planted(state, states[state], place)], order, readers, thorough=True)
        record("comparisons", len(answers))
