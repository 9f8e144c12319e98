"""Preview links in the leak walk: it asks for those that have ended, and for some of each reason."""

import pytest
from django.test import Client

from reviews import clock
from reviews.audit import asking, hiding
from reviews.audit import ended_links as links
from reviews.audit.planting import planted
from reviews.audit.world import SECRET
from reviews.models import PreviewLink, Review
from tests.leaks import leaks
from tests.leaks.leaks import NOW
from tests.leaks.planting import ORDERS, build, hidden_in, plant, populate

pytestmark = pytest.mark.django_db

INSERTED_LAST = ORDERS[1]
ALONE = leaks.PLACEMENTS[0]


def test_every_hidden_review_has_some_and_one_of_them_works_until_the_review_is_gone() -> None:
    """Otherwise the walk would prove nothing about links."""
    states = planted(hiding.SECRETS | hiding.EMBARGOES | hiding.TOLD, [ALONE])
    plant(states, INSERTED_LAST)
    with clock.frozen_at(NOW):
        for state in states:
            name = state.place.secret
            page = Client().get(f"/preview/{links.secret('working', name)}/")
            shows = page.status_code == 200 and SECRET in page.content.decode()
            assert shows == (state.hide not in hiding.GONE), name
            for ended in (*(links.secret(how, name) for how in links.ENDED), links.UNKNOWN):
                assert Client().get(f"/preview/{ended}/").status_code == 404


def test_those_that_the_walk_asks_for_have_ended_for_one_reason_each() -> None:
    """Their makers left or the rights ended; without that, each would open the page."""
    states = {"in_review": hiding.in_review, "rights_ended": hiding.rights_ended}
    world = plant(planted(states, [ALONE]), INSERTED_LAST)
    ended = [links.secret(how, "hidden-in-review-0") for how in links.LOSSES]
    ended.append(links.secret("working", "hidden-rights-ended-0"))
    assert set(ended) <= set(hidden_in(world)["preview"])

    def found() -> set[int]:
        return {Client().get(f"/preview/{secret}/").status_code for secret in ended}

    with clock.frozen_at(NOW):
        assert found() == {404}
        PreviewLink.objects.update(made_by=None, made_by_name="")
        Review.objects.update(rights_until=None)
        assert found() == {200}


def test_the_walk_sees_what_else_is_asked_of_the_desk_at_their_door() -> None:
    build(populate, lambda world: hiding.draft(world, ALONE))
    with clock.frozen_at(NOW), pytest.raises(AssertionError), asking.desk_untouched("/preview/"):
        Client().get(f"/preview/{links.secret('working', 'hidden')}/")
    with clock.frozen_at(NOW), pytest.raises(AssertionError), asking.desk_untouched("/reviews/"):
        Client().get(f"/preview/{links.UNKNOWN}/")
