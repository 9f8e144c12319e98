"""The parts of the desk's home: sections, rows, and boards of films under embargo."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from reviews.admin.parts.badges import away, status_badge
from reviews.desk.capped import Listed
from reviews.desk.dates import moment_in_words, spoken_in
from reviews.desk.planning.agenda import Agenda
from reviews.desk.planning.boards import Board
from reviews.desk.visible_to import VisibleCopy
from reviews.models import Embargo, Review


@dataclass(frozen=True)
class BoardRow:
    """A review in a list. ``when`` is its time there (a countdown, a day); ``note`` is an editor's note."""

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
    """How many rows a list leaves out, at least if it ``goes_on``, and the URL of a list with them.

    The URL is empty if the user may not see that list.
    """

    count: int
    url: str
    goes_on: bool = False


@dataclass(frozen=True)
class Section:
    """A section of the home. It has more rows than its total if it ``goes_on``; ``empty`` is its text without rows."""

    name: str
    title: str
    total: int
    goes_on: bool
    rows: list[BoardRow]
    more: list[More]
    empty: str


@dataclass(frozen=True)
class Hold:
    """An active embargo: its end in the studio's zone and, if that differs, in the outlet's."""

    covers: str
    url: str
    when: SafeString
    studio: str
    here: str


@dataclass(frozen=True)
class FilmBoard:
    """A board of the desk (``planning.boards.Board``) in the words and links that one person may have.

    ``says`` counts the filed reviews, for users who see all copy.
    """

    film: str
    holds: list[Hold]
    rows: list[BoardRow]
    more: More
    says: str


def row_of(review: Review, visible: VisibleCopy, *signs: SafeString, when: SafeString | str = "") -> BoardRow:
    """A review's row. It names the critic for users who see more than their own copy."""
    return BoardRow(
        headline=review.headline,
        url=form_of(review.pk),
        film=str(review.film),
        critic=str(review.critic) if visible.sees_all else "",
        when=when,
        signs=list(signs),
    )


def form_of(review: int) -> str:
    """The URL of a review's form, by its primary key."""
    return reverse("admin:reviews_review_change", args=[review])


def film_boards(agenda: Agenda) -> Listed[FilmBoard]:
    return agenda.boards.films.map(lambda board: _film_board(board, agenda.visible))


def _film_board(board: Board, visible: VisibleCopy) -> FilmBoard:
    total = board.filings.total
    return FilmBoard(
        film=str(board.film),
        holds=[_hold(embargo, visible) for embargo in board.embargoes],
        rows=[row_of(review, visible, status_badge(review)) for review in board.filings.rows],
        more=More(
            board.filings.more,
            f"{reverse('admin:reviews_review_changelist')}?film__id__exact={board.film.pk}",
        ),
        says=f"{board.filed} of {total} filed" if visible.sees_all and total else "",
    )


def _hold(embargo: Embargo, visible: VisibleCopy) -> Hold:
    studio, here = spoken_in(embargo.zone, embargo.lifts_at), moment_in_words(embargo.lifts_at)
    may_look = visible.by.has_perm("reviews.view_embargo")
    return Hold(
        covers=capfirst(embargo.get_covers_display()),
        url=reverse("admin:reviews_embargo_change", args=[embargo.pk]) if may_look else "",
        when=away(embargo.lifts_at, "lifts"),
        studio=studio,
        here="" if here.partition(" (")[0] == studio.partition(" (")[0] else here,
    )
