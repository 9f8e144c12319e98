"""Choose two reviews of a film to read side by side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.models.public.edition import Edition
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.film import Film
from reviews.public.addresses import moved_or_404, reviews_at, side_by_side_path
from reviews.public.pages.page import Feed, Page, public_page, render_page
from reviews.public.reading.argument import FilmArgument
from reviews.public.reading.cards import film_card
from reviews.public.reading.summary import opposition_line
from reviews.public.reading.words import verdict_word
from reviews.rules.argument import Disagreement

MOST_TO_CHOOSE_FROM = 100
"""The lists have at most this many reviews, the newest; the address of a pair works for any two."""


@public_page
def film_side_by_side(request: HttpRequest, slug: str) -> HttpResponse:
    """A link to the two who disagree most, and a form to choose any two; ``?one=…&other=…`` redirects to the pair.

    If the two cannot be shown side by side, this page says why beside the list that the choice was made from. It is
    shown whatever else a visitor adds to the address.
    """
    film = Film.objects.public().filter(slug=slug).first()
    if film is None:
        return moved_or_404(request, slug)
    asked = {name: request.GET.get(name, "") for name in ("one", "other")}
    found = reviews_at(*asked.values()) if any(asked.values()) else {}
    chosen = {name: found[slug] for name, slug in asked.items() if slug in found and found[slug].film == film}
    is_same = len(chosen) == 2 and chosen["one"].review_uid == chosen["other"].review_uid
    if len(chosen) == 2 and not is_same:
        return HttpResponseRedirect(side_by_side_path(chosen["one"], chosen["other"]))
    newest = list(Edition.objects.public().of(film).newest_first().for_seats()[: MOST_TO_CHOOSE_FROM + 1])
    argument = FilmArgument.of(film)
    page = Page(
        reverse("film_side_by_side", args=[film.slug]),
        _("Two reviews of %(film)s, side by side") % {"film": film},
        _description(film, argument.sharpest),
        feed=Feed(_("Reviews of %(film)s") % {"film": film}, reverse("film_feed", args=[film.slug])),
        card=partial(film_card, film, argument.latest.tally),
    )
    preset = chosen if any(asked.values()) else _initial_choice(argument.sharpest, newest)
    context = {
        "film": film,
        "sharpest": argument.sharpest,
        "only": newest[0] if len(newest) == 1 else None,
        "is_cut": len(newest) > MOST_TO_CHOOSE_FROM,
        "most": MOST_TO_CHOOSE_FROM,
        "fields": _fields(
            {"one": _("One review"), "other": _("The other")},
            _complaints(asked, chosen, is_same=is_same),
            _options([*newest[:MOST_TO_CHOOSE_FROM], *chosen.values()]),
            preset,
        ),
    }
    return render_page("reviews/film_side_by_side.html", page, context)


@dataclass(frozen=True)
class Option:
    """A review in a list to choose from."""

    slug: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """A list to choose from; ``complaint`` says what was wrong with the choice."""

    name: str
    label: str
    complaint: str
    options: list[Option]


def _fields(
    labels: dict[str, str], complaints: dict[str, str], options: dict[str, str], chosen: dict[str, Edition]
) -> list[Field]:
    return [
        Field(
            name,
            label,
            complaints.get(name, ""),
            [
                Option(slug, words, name in chosen and chosen[name].slug == slug)
                for slug, words in options.items()
            ],
        )
        for name, label in labels.items()
    ]


def _complaints(asked: dict[str, str], chosen: dict[str, Edition], *, is_same: bool) -> dict[str, str]:
    """The complaint for each list; empty if nothing was chosen yet."""
    if not any(asked.values()):
        return {}
    if is_same:
        return {"other": _("That is the same review twice. Choose another one here.")}
    nothing = _("No review of this film is at that address. Choose one from the list.")
    return {
        name: nothing if slug else _("Choose a review here too.")
        for name, slug in asked.items()
        if name not in chosen
    }


def _options(editions: Iterable[Edition]) -> dict[str, str]:
    """The labels of reviews, by slug: the critic's name, with the headline if two have the same name."""
    by_slug = {edition.slug: edition for edition in editions}
    written = Counter(edition.critic.name for edition in by_slug.values())
    ordered = sorted(
        by_slug.values(),
        key=lambda each: (
            each.critic.sort_name,
            each.critic.uid,
            each.first_visible_from,
            each.review_uid,
        ),
    )
    return {
        edition.slug: _option(edition, by_headline=written[edition.critic.name] > 1) for edition in ordered
    }


def _option(edition: Edition, *, by_headline: bool) -> str:
    words = {"critic": edition.critic.name, "headline": edition.headline}
    who = _("%(critic)s, %(headline)s") % words if by_headline else edition.critic.name
    if edition.verdict is None:
        return who
    return _("%(who)s: %(verdict)s") % {"who": who, "verdict": verdict_word(edition.verdict)}


def _initial_choice(
    sharpest: Disagreement[Edition, Aspect] | None, newest: list[Edition]
) -> dict[str, Edition]:
    """The initial choice in the lists: the two who disagree most, or the two newest."""
    two = [sharpest.one, sharpest.other] if sharpest else newest[:2]
    return dict(zip(("one", "other"), two, strict=False))


def _description(film: Film, sharpest: Disagreement[Edition, Aspect] | None) -> str:
    """The purpose of the page and the two who disagree most, in one line."""
    what = _("Choose two reviews of %(film)s and read them side by side.") % {"film": film}
    if sharpest is None:
        return what
    names = {"one": sharpest.one.critic.name, "other": sharpest.other.critic.name}
    return f"{what} {_('%(one)s and %(other)s disagree most.') % names} {opposition_line(sharpest)}"
