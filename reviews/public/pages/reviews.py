"""Reviews: the list, and a review as readers see it (or as the desk previews it)."""

from collections.abc import Callable, Sequence
from functools import partial

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.correction import Correction
from reviews.models.public.edition import Edition, EditionJudgement
from reviews.models.public.edition_picture import EditionPicture
from reviews.models.shared.queryset import seldom
from reviews.models.shared.tag import Tag
from reviews.public.machines.structured_data import review_data
from reviews.public.pages.desk_bar import DeskBar, desk_bar_for
from reviews.public.pages.errors import nothing_public
from reviews.public.pages.page import Feed, Page, Publication, public_page, render_page
from reviews.public.pages.paging import NewestPages
from reviews.public.reading.cards import review_card
from reviews.public.reading.pictures import hero_of, pictures_of
from reviews.public.reading.read_next import read_next
from reviews.public.reading.summary import verdict_line
from reviews.public.reading.verdict_history import earlier_verdicts
from reviews.public.reading.words import verdict_word

OTHERS_SHOWN = 10


@public_page
def review_list(request: HttpRequest) -> HttpResponse:
    """Every public review, newest first."""
    reviews = _all.page(request)
    page = Page(reverse("review_list") + reviews.query, _("Reviews"), _("Every review here, newest first."))
    return render_page("reviews/review_list.html", page, {"slice": reviews})


_all = NewestPages(lambda at, by: Edition.objects.public(at, first_by=by).for_cards())


@public_page
def review_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A review."""
    edition = next(iter(_at(slug, clock.now())), None)
    if edition is None:
        return nothing_public(request, slug)
    return review_page(
        edition,
        tags=_tags_of(edition.pk),
        judgements=_judgements_of(edition.pk),
        pictures=pictures_of([edition]),
        desk_bar=desk_bar_for(request, edition),
    )


_at = Prepared(lambda slug, at: Edition.objects.public(at).for_page().filter(slug=slug).newest_first()[:1])
_tags_of = Prepared(lambda edition: Edition(pk=edition).tags.order_by("name", "uid"))
_judgements_of = Prepared(
    lambda edition: (
        EditionJudgement.objects.filter(seldom(Q(edition=edition)), edition=edition)
        .select_related("aspect")
        .order_by(F("aspect__film_id").asc(nulls_first=True), "aspect__position", "uid")
    )
)
_others = Prepared(
    lambda film, review_uid, suggested, at: (
        Edition.objects.public(at)
        .filter(film=film)
        .exclude(review_uid=review_uid)
        .newest_first()
        .exclude(review_uid__in=suggested)
        .for_seats()[:OTHERS_SHOWN]
    )
)
_corrections = Prepared(
    lambda review_uid, at: (
        Correction.objects.public(at)
        .filter(seldom(Q(edition__review_uid=review_uid)), edition__review_uid=review_uid)
        .newest_first()
    )
)


def review_page(
    edition: Edition,
    *,
    tags: Sequence[Tag],
    judgements: Sequence[EditionJudgement],
    pictures: Sequence[EditionPicture] = (),
    desk_bar: DeskBar | None = None,
    is_preview: bool = False,
    notice: Callable[[], Sequence[str]] | None = None,
    banner: SafeString | str = "",
) -> HttpResponse:
    """A review's page from an edition, which need not be saved; its own relations are not queried.

    A preview says that it is one (with a ``notice`` for people outside, a ``banner`` at the desk), is excluded from
    indexes and caches, and has no canonical address, feed or structured data. The caller decides who may see it. A page
    with the desk's bar is not cached either.
    """
    film = edition.film
    page = Page(
        edition.get_absolute_url(),
        edition.headline,
        f"{verdict_line(edition)} {edition.standfirst or edition.excerpt}".strip(),
        feed=Feed(_("Reviews of %(film)s") % {"film": film}, reverse("film_feed", args=[film.slug])),
        publication=Publication(
            _author_path(edition), edition.first_visible_from, edition.visible_from, _facts(edition)
        ),
        structured_data=partial(review_data, edition),
        card=partial(review_card, edition),
        is_preview=is_preview,
        notice=notice,
        banner=banner,
    )
    suggestions = read_next(edition, judgements=judgements, tags=tags)
    suggested = [suggestion.edition.review_uid for suggestion in suggestions]
    at = clock.now()
    context = {
        "edition": edition,
        "tags": tags,
        "judgements": judgements,
        "pictures": pictures,
        "hero": hero_of(edition, pictures),
        "read_next": suggestions,
        "others": _others(film.pk, edition.review_uid, suggested, at),
        "earlier": earlier_verdicts(edition),
        "corrections": _corrections(edition.review_uid, at),
        "desk_bar": desk_bar,
    }
    response = render_page("reviews/review_detail.html", page, context)
    if is_preview or desk_bar:
        response.headers["Cache-Control"] = "private, no-store"
    if is_preview:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _facts(edition: Edition) -> list[tuple[str, str]]:
    """What a share card shows beside the description. It names no critic, who might be taken for the author."""
    facts = [(_("Film"), str(edition.film))]
    if edition.verdict is None:
        return facts
    label = _("Our reading") if edition.is_digest else _("Verdict")
    return [(label, verdict_word(edition.verdict)), *facts]


def _author_path(edition: Edition) -> str:
    """The page about the author of the words; empty if the author is unknown."""
    if edition.is_digest:
        return reverse("about")
    return "" if edition.critic.is_unknown else edition.critic.get_absolute_url()
