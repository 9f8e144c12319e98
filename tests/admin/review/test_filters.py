"""The filters of the list of reviews: what readers will see, and by owner, mine and others'."""

import pytest
from django.test import Client

from reviews.admin.review import filters
from reviews.desk.verbs import publishing
from reviews.seeding.factories import MOMENT, make_review
from tests.admin.pages import signed_in, text_of
from tests.admin.site.boards import critics_client
from tests.desk.planning.agendas import live, waiting
from tests.desk.reading import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

REVIEWS = "/admin/reviews/review/"


def found(client: Client, whose: str) -> set[str]:
    page = text_of(client.get(REVIEWS, {"whose": whose}))
    return {headline for headline in ("Signed", "Begun", "Another") if f"{headline} one" in page}


class TestReaders:
    @pytest.mark.parametrize("few", [9, 0], ids=["few wait", "many wait"])
    def test_will_see_what_waits(self, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(filters, "COUNTED", few)
        waiting(headline="Signed one")
        publishing.publish(live(headline="Begun one"), at=MOMENT + DAY)
        live(headline="Another one")
        page = text_of(signed_in().get(REVIEWS, {"readers": "will"}))
        assert [name for name in ("Signed", "Begun", "Another") if f"{name} one" in page] == [
            "Signed",
            "Begun",
        ]


class TestWhose:
    def test_mine_has_the_users_byline_or_was_begun_by_the_user(self) -> None:
        client, critic = critics_client(role="Editor")
        make_review(headline="Signed one", critic=critic)
        make_review(headline="Begun one", written_by=critic.user)
        make_review(headline="Another one")
        assert found(client, "mine") == {"Signed", "Begun"}
        assert found(client, "others") == {"Another"}
        assert found(client, "nonsense") == {"Signed", "Begun", "Another"}

    def test_is_offered_to_users_who_see_more_than_their_own(self) -> None:
        client, critic = critics_client()
        make_review(critic=critic)
        assert "Whose" in text_of(signed_in().get(REVIEWS))
        assert "Whose" not in text_of(client.get(REVIEWS))

    def test_shows_a_critic_no_more_than_their_own(self) -> None:
        client, critic = critics_client()
        make_review(headline="Signed one", critic=critic)
        make_review(headline="Another one")
        for whose in ("mine", "others", ""):
            assert "Another" not in found(client, whose)
