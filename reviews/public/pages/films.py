"""Films: the list, and a film with what its critics say."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition, EditionTag
from reviews.models.shared.film import Film, Release
from reviews.models.shared.person import Credit, Job
from reviews.models.shared.queryset import seldom
from reviews.models.shared.tag import Tag
from reviews.public.addresses import elsewhere
from reviews.public.machines import structured_data
from reviews.public.pages.errors import nothing_public
from reviews.public.pages.page import Feed, Page, public_page, render_page
from reviews.public.pages.paging import AlphabeticalPages, NewestPages
from reviews.public.reading.argument import FilmArgument
from reviews.public.reading.cards import film_card
from reviews.public.reading.matrix import order_asked
from reviews.public.reading.pictures import cleared
from reviews.public.reading.verdicts import count_verdicts
from reviews.rules.argument import Tally

REVIEWS_A_PAGE = 50


@dataclass(frozen=True)
class CountedFilm:
    """A film as a card shows it."""

    film: Film
    tally: Tally


def with_counts(films: Iterable[Film]) -> list[CountedFilm]:
    """The films with their verdicts counted, in the same order. One query, or none without films."""
    films = list(films)
    counts = count_verdicts(films)
    return [CountedFilm(film, counts[film.pk]) for film in films]


@public_page
def film_list(request: HttpRequest) -> HttpResponse:
    """Every film with a public review, by title."""
    films = _films.page(request)
    page = Page(reverse("film_list") + films.query, _("Films"), _("Every film reviewed here, by title."))
    return render_page("reviews/film_list.html", page, {"films": with_counts(films.items), "slice": films})


@public_page
def film_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A film: its production data, the count of verdicts, and every public review."""
    film = next(iter(_at(slug, clock.now())), None)
    if film is None:
        return nothing_public(request, slug)
    reviews = _reviews.page(request, film.pk, size=REVIEWS_A_PAGE)
    argument = FilmArgument.of(film)
    credits = _credits_of(film.pk)
    releases = _releases_of(film.pk)
    page = Page(
        film.get_absolute_url() + reviews.query,
        str(film),
        argument.line(film),
        feed=Feed(_("Reviews of %(film)s") % {"film": film}, reverse("film_feed", args=[film.slug])),
        structured_data=lambda _outlet: structured_data.film_data(film, credits, releases),
        card=partial(film_card, film, argument.latest.tally),
    )
    context = {
        "film": film,
        "poster": cleared(film.poster, clock.now()),
        "still": cleared(film.still, clock.now()),
        "facts": _facts(film, credits),
        "jobs": _by_job(credits),
        "releases": releases,
        "elsewhere": elsewhere(film),
        "argument": argument,
        "tally": argument.latest.tally,
        "order": order_asked(request) if argument.is_on_aspects and not reviews.query else "",
        "slice": reviews,
        "tags": _tags_on(film.pk, clock.now()),
    }
    return render_page("reviews/film_detail.html", page, context)


_at = Prepared(
    lambda slug, at: (
        Film.objects.public(at)
        .select_related("franchise", "poster__file", "still__file")
        .filter(slug=slug)[:1]
    )
)
_films = AlphabeticalPages(lambda at: Film.objects.public(at).with_posters(), key="sort_title")
_reviews = NewestPages(
    lambda at, by, film: Edition.objects.public(at, first_by=by).filter(film=film).for_cards()
)
_credits_of = Prepared(
    lambda film: (
        Credit.objects.filter(seldom(Q(film=film)), film=film)
        .select_related("person")
        .order_by("position", "uid")
    )
)
_releases_of = Prepared(
    lambda film: Release.objects.filter(film=film).order_by(
        F("date").asc(nulls_last=True), "territory", "uid"
    )
)


def _tags_of_reviews(film: int, at: dt.datetime) -> QuerySet[Tag, Tag]:
    public = Edition.objects.public(at).filter(seldom(Q(film=film)), film=film).order_by()
    tags = EditionTag.objects.filter(edition__in=public).values("tag")
    return Tag.objects.filter(pk__in=tags).alphabetical()


_tags_on = Prepared(_tags_of_reviews)


def _facts(film: Film, credits: Iterable[Credit]) -> list[str]:
    """A line of facts about a film, as in a listing."""
    directors = [credit.person.name for credit in credits if credit.job == Job.DIRECTOR]
    minutes = film.runtime_minutes
    facts = []
    if directors:
        facts.append(_("Directed by %(names)s") % {"names": get_text_list(directors, _("and"))})
    if minutes:
        facts.append(ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes})
    return facts


def in_job_order(credits: Iterable[Credit]) -> list[Credit]:
    """Credits in the order in which jobs are shown; the order within a job is kept."""
    return sorted(credits, key=lambda credit: Job.values.index(credit.job))


def _by_job(credits: Iterable[Credit]) -> list[tuple[str, list[Credit]]]:
    """Credits grouped by job."""
    groups = groupby(in_job_order(credits), key=lambda credit: credit.get_job_display())
    return [(job, list(group)) for job, group in groups]
