"""Where things are: whole addresses for canonical links and feeds, and the ones that things used to have."""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from reviews.models.public.address import OldAddress, as_read
from reviews.models.public.correction import Correction, CorrectionQuerySet
from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
from reviews.models.shared.queryset import PublicQuerySet
from reviews.rules import identifiers
from reviews.rules.slugs import SLUG_PATTERN


def absolute(path: str) -> str:
    """The whole address of a path. It comes from the settings: a Host header is the visitor's to choose."""
    return f"{settings.SITE_URL}{path}"


def moved_or_404(request: HttpRequest, slug: str) -> HttpResponsePermanentRedirect:
    """The answer where nothing public has this slug: on to where it moved.

    Raises Http404 where it never was, is not public yet or is no longer: a reader cannot tell which, and each takes as
    many queries, which fetch as many rows. A feed moves with the page it belongs to, and so does any other form of it.
    """
    noun, form, path = _asked_for(request, slug)
    old = OldAddress.objects.filter(path=path)
    # An aggregate returns one row whether or not the old address exists.
    kind = (old.aggregate(kind=Max("kind"))["kind"] if form == "detail" else None) or noun
    target = target_of(kind, Subquery(old.filter(kind=kind).values("target_uid")[:1]))
    if target is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(f"{kind}_{form}", args=[target.slug]))


def target_of(kind: str, uid: UUID | Subquery) -> Any:
    """The target of an old address of a kind; for a review, its public edition. None if the target is not public."""
    found: QuerySet[Any] = Edition.objects.none()
    if kind == OldAddress.Kind.REVIEW:
        found = Edition.objects.public().filter(review_uid=uid)
    elif kind in OldAddress.Kind.values:
        nouns: PublicQuerySet[Any] = OldAddress.Kind(kind).model._default_manager.all()  # type: ignore[assignment]
        found = nouns.public().filter(uid=uid)
    return found.order_by("pk").first()


def side_by_side_path(one: Edition, other: Edition) -> str:
    """Where two reviews of a film stand side by side: one address for the two, whichever of them is named first."""
    return reverse("side_by_side", args=sorted([one.slug, other.slug]))


def reviews_at(*slugs: str) -> dict[str, Edition]:
    """The public reviews that stand at these slugs, and those that stood there and moved on, by the slug asked for.

    As at a review's own address, one that stands there comes before one that did. A slug behind which nothing is
    public is left out, whatever was or will be there, and whatever anybody made up. One query, two where no review
    stands at a slug now, and three where one moved on from there.
    """
    slugs = tuple(slug for slug in slugs if re.fullmatch(SLUG_PATTERN, slug))
    public = Edition.objects.public().for_page().newest_first()
    found: dict[str, Edition] = {}
    for edition in public.filter(slug__in=slugs):
        found.setdefault(edition.slug, edition)
    paths = {as_read(reverse("review_detail", args=[slug])): slug for slug in slugs if slug not in found}
    if paths:
        # Only addresses with a public target are fetched, so that the number of rows reveals no other.
        is_public = Exists(Edition.objects.public().filter(review_uid=OuterRef("target_uid")).order_by())
        moved = OldAddress.objects.filter(is_public, path__in=paths, kind=OldAddress.Kind.REVIEW)
        targets = dict(moved.values_list("path", "target_uid"))
        now = {edition.review_uid: edition for edition in public.filter(review_uid__in=targets.values())}
        found |= {paths[path]: now[uid] for path, uid in targets.items() if uid in now}
    return found


def withdrawal_at(request: HttpRequest, slug: str) -> Correction | None:
    """The public note in force on the withdrawal of a review that stood here, or under whose old address this is.

    A review that stood here itself comes before one that had moved on. Nothing where a review was withdrawn
    without a note: nobody is to know that it was.
    """
    noun, _form, path = _asked_for(request, slug)
    moved = OldAddress.objects.filter(path=path, kind=OldAddress.Kind.REVIEW)
    stood = Q(review_uid__in=moved.values("target_uid"))
    if noun == OldAddress.Kind.REVIEW:
        stood |= Q(slug=slug)
    notes = Correction.objects.in_force().filter(edition__in=Edition.objects.filter(stood).order_by())
    # Asked of every address with nothing behind it: what a page shows is fetched only where there is one.
    found = list(notes.newest_first().values_list("pk", "edition__slug"))
    if not found:
        return None
    note, _slug = min(found, key=lambda each: each[1] != slug)
    return for_ledger(Correction.objects.filter(pk=note)).first()


def for_ledger(corrections: CorrectionQuerySet) -> CorrectionQuerySet:
    """Corrections with what readers are told of the reviews that they are about, in one query.

    Of a withdrawn review they are told the film and the critic; there is a page to lead to where
    ``film_is_public`` or ``critic_is_public``.
    """
    return (
        corrections.select_related("edition__film", "edition__critic")
        .defer("edition__body", "edition__body_html", "edition__body_text")
        .annotate(
            film_is_public=Exists(Film.objects.public().filter(pk=OuterRef("edition__film")).order_by()),
            critic_is_public=Exists(
                Critic.objects.public().filter(pk=OuterRef("edition__critic")).order_by()
            ),
        )
    )


def _asked_for(request: HttpRequest, slug: str) -> tuple[str, str, str]:
    """The noun that was asked for, whether its page, its feed or another form of it, and the path of its page."""
    route = getattr(request.resolver_match, "url_name", None) or ""
    noun, _, form = route.partition("_")
    return noun, form, as_read(reverse(f"{noun}_detail", args=[slug]))


def elsewhere(film: Film) -> list[tuple[str, str]]:
    """Where other catalogues keep a film: their name, and the address there."""
    catalogues = (
        ("IMDb", film.imdb_id, identifiers.imdb_title_url),
        ("TMDB", film.tmdb_id, identifiers.tmdb_film_url),
        ("Wikidata", film.wikidata_id, identifiers.wikidata_url),
        ("EIDR", film.eidr_id, identifiers.eidr_url),
    )
    return [(name, address(identifier)) for name, identifier, address in catalogues if identifier]
