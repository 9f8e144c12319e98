"""What the boards of the desk's home are made of, and how one embargo is said on them."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from reviews.admin.parts.badges import away, status_chip
from reviews.desk.capped import Listed
from reviews.desk.dates import moment_in_words, spoken_in
from reviews.desk.planning.agenda import Agenda
from reviews.desk.planning.boards import Board
from reviews.desk.visible_to import Sight
from reviews.models import Embargo, Review


@dataclass(frozen=True)
class BoardRow:
    """One review on a board. ``when`` is what counts there (a countdown, a day); ``note`` is somebody's own words."""

    headline: str
    url: str
    film: str
    critic: str
    when: SafeString | str = ""
    exactly: str = ""
    signs: list[SafeString] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    note: str = ""
    note_by: str = ""


@dataclass(frozen=True)
class More:
    """How many rows a list leaves out, and where they are (empty: nowhere that this person may look)."""

    count: int
    url: str


@dataclass(frozen=True)
class Section:
    """A list of the home. ``empty`` says what will stand in it."""

    name: str
    title: str
    total: int
    rows: list[BoardRow]
    more: list[More]
    empty: str


@dataclass(frozen=True)
class Hold:
    """An embargo that holds now: its moment as the studio said it, and (where that reads otherwise) as it is here."""

    covers: str
    url: str
    when: SafeString
    studio: str
    here: str


@dataclass(frozen=True)
class FilmBoard:
    """A film under embargo and who has filed. ``says`` is how many have, for those who see everybody's copy."""

    film: str
    holds: list[Hold]
    rows: list[BoardRow]
    more: More
    says: str


def row_of(review: Review, sight: Sight, *signs: SafeString, when: SafeString | str = "") -> BoardRow:
    """A review on a board; whose it is is said to those who see more than their own copy."""
    return BoardRow(
        headline=review.headline,
        url=form_of(review.pk),
        film=str(review.film),
        critic=str(review.critic) if sight.sees_all else "",
        when=when,
        signs=list(signs),
    )


def form_of(review: int) -> str:
    """The address of a review's form, by its primary key."""
    return reverse("admin:reviews_review_change", args=[review])


def film_boards(agenda: Agenda) -> Listed[FilmBoard]:
    return agenda.boards.films.map(lambda board: _film_board(board, agenda.sight))


def _film_board(board: Board, sight: Sight) -> FilmBoard:
    total = board.filings.total
    return FilmBoard(
        film=str(board.film),
        holds=[_hold(embargo, sight) for embargo in board.embargoes],
        rows=[row_of(review, sight, status_chip(review)) for review in board.filings.rows],
        more=More(
            board.filings.more,
            f"{reverse('admin:reviews_review_changelist')}?film__id__exact={board.film.pk}",
        ),
        says=f"{board.filed} of {total} filed" if sight.sees_all and total else "",
    )


def _hold(embargo: Embargo, sight: Sight) -> Hold:
    studio, here = spoken_in(embargo.zone, embargo.lifts_at), moment_in_words(embargo.lifts_at)
    may_look = sight.by.has_perm("reviews.view_embargo")
    return Hold(
        covers=capfirst(embargo.get_covers_display()),
        url=reverse("admin:reviews_embargo_change", args=[embargo.pk]) if may_look else "",
        when=away(embargo.lifts_at, "lifts"),
        studio=studio,
        here="" if here.partition(" (")[0] == studio.partition(" (")[0] else here,
    )
