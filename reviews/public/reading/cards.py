"""What the share cards of reviews, films, critics and franchises say: headline, verdict, rating, names. No spoilers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews import drawing
from reviews.drawing.cards.contents import (
    MOST_POSTERS,
    Byline,
    Card,
    FilmPoster,
    Line,
    Posters,
    Stand,
    Stands,
    VerdictGiven,
)
from reviews.drawing.monogram import Monogram, Seat
from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film, Franchise
from reviews.models.shared.outlet import Outlet
from reviews.public.reading.summary import count_line, films_line, verdict_line
from reviews.public.reading.words import spelled, verdict_word
from reviews.rules.argument import Tally, Verdict


@dataclass(frozen=True)
class ShareCard:
    """A card, its own path, which is another one for any other content, and what it says in one line."""

    card: Card
    path: str
    alt: str


def review_card(edition: Edition, outlet: Outlet) -> ShareCard:
    """The card of a review: its headline, whose it is, the verdict, and the critic's own rating."""
    film, critic = edition.film, edition.critic
    foot = Byline(
        _monogram(critic),
        label=_("Critic:") if edition.is_digest else "" if critic.is_unknown else _("By"),
        critic=critic.name,
        verdict=_verdict(edition),
        rating_label=_("The critic’s rating") if edition.rating else "",
        rating=edition.rating,
    )
    card = _card(outlet, Posters((_poster(film),)), str(film), edition.headline, foot)
    # It names no critic, who might be taken for the author of a digest.
    return _shared("review", edition.slug, card, edition.headline, str(film), verdict_line(edition))


def film_card(film: Film, tally: Tally, outlet: Outlet) -> ShareCard:
    """The card of a film: its title, and how its critics sit."""
    told = count_line(tally)
    year = str(film.release_year or "")
    card = _card(outlet, Posters((_poster(film),)), year, film.title, Stands(told, _stands(tally)))
    return _shared("film", film.slug, card, str(film), told)


def critic_card(critic: Critic, tally: Tally, outlet: Outlet) -> ShareCard:
    """The card of a critic: their name, and their verdicts, one per film."""
    told = films_line(tally)
    what = " · ".join(filter(None, (_("Critic"), critic.affiliation)))
    card = _card(outlet, _monogram(critic), what, critic.name, Stands(told, _stands(tally)))
    return _shared("critic", critic.slug, card, critic.name, told)


def franchise_card(franchise: Franchise, films: Sequence[Film], outlet: Outlet) -> ShareCard:
    """The card of a franchise: its name, and posters of its first public films, which are given in order."""
    sentence = ngettext("%(count)s film reviewed here.", "%(count)s films reviewed here.", len(films))
    told = capfirst(sentence % {"count": spelled(len(films))})
    posters = Posters(tuple(_poster(film) for film in films[:MOST_POSTERS]))
    card = _card(outlet, posters, _("Franchise"), franchise.name, Line(told))
    return _shared("franchise", franchise.slug, card, franchise.name, told)


def _shared(noun: str, slug: str, card: Card, *said: str) -> ShareCard:
    path = reverse(f"{noun}_card", args=[slug, card.digest])
    return ShareCard(card, path, " · ".join(filter(None, said)))


def _card(
    outlet: Outlet, panel: Posters | Monogram, kicker: str, title: str, foot: Byline | Stands | Line
) -> Card:
    return Card(outlet.name, outlet.language, outlet.is_leftwards, panel, kicker, title, foot)


def _poster(film: Film) -> FilmPoster:
    return FilmPoster(film.uid, film.title, film.release_year, film.runtime_minutes)


def _monogram(critic: Critic) -> Monogram:
    return drawing.monogram(critic.uid, critic.name, Seat(critic.kind))


def _verdict(edition: Edition) -> VerdictGiven | None:
    if edition.verdict is None:
        return None
    label = _("Our reading:") if edition.is_digest else _("Verdict:")
    name = Verdict(edition.verdict).name.lower()
    return VerdictGiven(label, name, verdict_word(edition.verdict))


def _stands(tally: Tally) -> tuple[Stand, ...]:
    """Pan first; then those without a verdict, if any."""
    counted = [Stand(verdict.name.lower(), count) for verdict, count in tally.by_verdict]
    return (*counted, *([Stand("unstated", tally.unstated)] if tally.unstated else []))
