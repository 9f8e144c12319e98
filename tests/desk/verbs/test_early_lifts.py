"""Who may agree, move and lift an embargo: bringing it forward takes a publisher who wrote nothing on the film."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User

from reviews.desk.verbs import embargoes
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.models import Embargo, Film
from reviews.seeding.factories import make_account, make_critic, make_embargo, make_film, make_review
from tests.desk.reading import DAY, HOUR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

AUTHORS: dict[str, Any] = {
    "their byline": lambda film, account: make_review(film=film, critic=make_critic(user=account)),
    "begun by them": lambda film, account: make_review(film=film, written_by=account),
}


@pytest.fixture
def film() -> Film:
    return make_film()


@pytest.fixture
def embargo(film: Film, now: dt.datetime) -> Embargo:
    return make_embargo(film, now + DAY)


@pytest.fixture
def publisher() -> User:
    return make_account("Publisher")


@pytest.mark.parametrize("author", AUTHORS)
class TestAPublisherWhoWroteAboutTheFilm:
    def test_does_not_lift_early(self, author: str, embargo: Embargo, publisher: User) -> None:
        AUTHORS[author](embargo.film, publisher)
        with pytest.raises(EmbargoError, match="another publisher"):
            embargoes.lift(embargo, because="They said so.", by=publisher)
        assert Embargo.objects.get().ended_at is None

    def test_does_not_move_it_forward(
        self, author: str, embargo: Embargo, publisher: User, now: dt.datetime
    ) -> None:
        AUTHORS[author](embargo.film, publisher)
        with pytest.raises(EmbargoError, match="another publisher"):
            embargoes.move(embargo, now + HOUR, because="They said so.", by=publisher)
        assert Embargo.objects.get().lifts_at == now + DAY

    def test_moves_it_back(self, author: str, embargo: Embargo, publisher: User, now: dt.datetime) -> None:
        AUTHORS[author](embargo.film, publisher)
        successor, _ = embargoes.move(embargo, now + 2 * DAY, because="A later premiere.", by=publisher)
        assert successor.lifts_at == now + 2 * DAY

    def test_lifts_what_holds_no_review(
        self, author: str, film: Film, publisher: User, now: dt.datetime
    ) -> None:
        AUTHORS[author](film, publisher)
        social = make_embargo(film, now + DAY, covers="social")
        embargoes.lift(social, because="They said so.", by=publisher)
        assert Embargo.objects.get().ended_at == now


class TestAPublisherWhoWroteNothingOnIt:
    def test_lifts_early_with_a_reason(self, embargo: Embargo, publisher: User, now: dt.datetime) -> None:
        make_review(critic=make_critic(user=publisher))
        embargoes.lift(embargo, because="They said so.", by=publisher)
        assert Embargo.objects.get().ended_at == now

    @pytest.mark.parametrize("because", ["", "  ", "\0"])
    def test_and_not_without(self, because: str, embargo: Embargo, publisher: User) -> None:
        with pytest.raises(EmbargoError, match="Say why"):
            embargoes.lift(embargo, because=because, by=publisher)
        assert Embargo.objects.get().ended_at is None


@pytest.mark.parametrize("role", ["Critic", "Editor"])
class TestOthers:
    def test_agree_move_and_lift_nothing(self, role: str, embargo: Embargo, now: dt.datetime) -> None:
        account = make_account(role)
        new = Embargo(film=embargo.film, lifts_at=now + DAY, zone="UTC")
        for verb in (
            lambda: embargoes.impose(new, by=account),
            lambda: embargoes.move(embargo, now + 2 * DAY, because="So.", by=account),
            lambda: embargoes.lift(embargo, because="So.", by=account),
        ):
            with pytest.raises(EmbargoError, match="a publisher’s"):
                verb()
        assert [each.ended_at for each in Embargo.objects.all()] == [None]
