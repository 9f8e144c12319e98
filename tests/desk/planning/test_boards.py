"""Films under embargo this week, and the boards of who has filed."""

import pytest
from django.contrib.auth.models import User

from reviews import clock
from reviews.desk.planning.agenda import AHEAD, Agenda
from reviews.desk.planning.boards import FILINGS, FILMS, Boards
from reviews.desk.verbs import embargoes
from reviews.models import Film
from reviews.seeding.factories import MOMENT, make_account, make_critic, make_embargo, make_film, make_review
from tests.desk.planning.agendas import somebody_who_writes
from tests.desk.reading import DAY, HOUR, INSTANT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def editor() -> User:
    return make_account("Editor")


def boards(by: User) -> Boards:
    return Agenda(by).boards


def films(by: User) -> list[Film]:
    return [board.film for board in boards(by).films.rows]


class TestTheFilms:
    def test_are_those_whose_embargo_lifts_within_a_week_the_next_first(self, editor: User) -> None:
        late, soon, social, over, far = (make_film() for _ in range(5))
        make_embargo(late, MOMENT + AHEAD)
        make_embargo(soon, MOMENT + HOUR)
        make_embargo(social, MOMENT + DAY, covers="social")
        make_embargo(over, MOMENT)
        make_embargo(far, MOMENT + AHEAD + INSTANT)
        assert films(editor) == [soon, social, late]
        assert boards(editor).later == 1

    def test_an_agreement_that_ended_holds_nothing(self, editor: User) -> None:
        embargo = make_embargo(make_film(), MOMENT + DAY)
        embargoes.lift(embargo, because="The studio asked us to.")
        assert films(editor) == []

    def test_each_has_all_that_hold_it(self, editor: User) -> None:
        film = make_film()
        reviews = make_embargo(film, MOMENT + 9 * DAY)
        social = make_embargo(film, MOMENT + DAY, covers="social")
        (board,) = boards(editor).films.rows
        assert board.embargoes == [social, reviews]
        assert boards(editor).later == 0

    def test_are_cut_and_counted(self, editor: User) -> None:
        for _ in range(FILMS + 2):
            make_embargo(make_film(), MOMENT + DAY)
        found = boards(editor).films
        assert (len(found.rows), found.more) == (FILMS, 2)

    def test_go_when_the_embargo_lifts(self, editor: User) -> None:
        make_embargo(make_film(), MOMENT + HOUR)
        with clock.frozen_at(MOMENT + HOUR):
            assert films(editor) == []


class TestWhoHasFiled:
    def test_is_said_by_byline(self, editor: User) -> None:
        film = make_film()
        make_embargo(film, MOMENT + DAY)
        for name, status in (("C", "draft"), ("A", "approved"), ("D", "in_review"), ("B", "returned")):
            make_review(film=film, critic=make_critic(name=name), status=status)
        make_review(film=film, status="withdrawn")
        make_review()
        (board,) = boards(editor).films.rows
        assert [(str(row.critic), row.status) for row in board.filings.rows] == [
            ("A", "approved"),
            ("B", "returned"),
            ("C", "draft"),
            ("D", "in_review"),
        ]
        assert (board.filed, board.filings.total) == (2, 4)

    def test_each_film_has_its_own_board_and_what_is_left_out_is_counted(self, editor: User) -> None:
        full, empty = make_film(), make_film()
        make_embargo(full, MOMENT + HOUR)
        make_embargo(empty, MOMENT + DAY)
        for _ in range(FILINGS + 3):
            make_review(film=full, status="in_review")
        found = boards(editor).films.rows
        assert [(len(board.filings.rows), board.filings.more, board.filed) for board in found] == [
            (FILINGS, 3, FILINGS + 3),
            (0, 0, 0),
        ]


class TestACritic:
    def test_finds_their_own_films_and_their_own_copy_only(self) -> None:
        account, critic = somebody_who_writes()
        film, other = make_film(), make_film()
        for held in (film, other):
            make_embargo(held, MOMENT + DAY)
            make_embargo(held, MOMENT + 9 * DAY)
            make_review(film=held, status="approved")
        mine = make_review(film=film, critic=critic)
        (board,) = boards(account).films.rows
        assert (board.film, board.filings.rows) == (film, [mine])
        assert (board.filed, board.filings.total) == (0, 1)

    def test_is_told_of_later_ones_on_their_own_films_only(self) -> None:
        account, critic = somebody_who_writes()
        for critics in (critic, None, None):
            make_embargo(make_review(critic=critics).film, MOMENT + 9 * DAY)
        assert boards(account).later == 1

    def test_without_a_byline_finds_nothing(self) -> None:
        make_embargo(make_review().film, MOMENT + DAY)
        assert films(make_account("Critic")) == []
