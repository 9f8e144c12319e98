"""Addresses: absolute ones for canonical links and feeds, and old ones that redirect."""

import datetime as dt
import re
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.address import OldAddress, as_read
from reviews.models.public.correction import Correction, CorrectionQuerySet
from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
from reviews.models.shared.queryset import PublicQuerySet, any_of, seldom
from reviews.rules import identifiers
from reviews.rules.slugs import SLUG_PATTERN


def absolute(path: str) -> str:
    """The absolute address of a path, from the settings: a visitor can send any Host header."""
    return f"{settings.SITE_URL}{path}"


def moved_or_404(request: HttpRequest, slug: str) -> HttpResponsePermanentRedirect:
    """A redirect to where something public with this old slug moved.

    Raises Http404 if there was never anything, or it is not public yet or no longer: a reader cannot tell which, and
    each case takes the same number of queries and rows. A feed moves with its page, and so does any other form of it.
    """
    noun, form, path = _requested(request, slug)
    # An aggregate returns one row whether or not the old address exists.
    old = OldAddress.objects.filter(path=path).aggregate(kind=Max("kind")) if form == "detail" else {}
    kind = old.get("kind") or noun
    target = target_of(kind, path)
    if target is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(f"{kind}_{form}", args=[target.slug]))


def target_of(kind: str, path: str) -> Any:
    """The target of an old address of a kind; for a review, its public edition. None if the target is not public."""
    if kind not in OldAddress.Kind.values:
        return None
    return next(iter(_targets(OldAddress.Kind(kind))(path, clock.now())), None)


@cache
def _targets(kind: OldAddress.Kind) -> Prepared[Any]:
    return Prepared(partial(_public_targets, kind))


def _public_targets(kind: OldAddress.Kind, path: str, at: dt.datetime) -> QuerySet[Any]:
    uid = Subquery(OldAddress.objects.filter(path=path, kind=kind).values("target_uid")[:1])
    found: QuerySet[Any]
    if kind == OldAddress.Kind.REVIEW:
        found = Edition.objects.public(at).filter(review_uid=uid)
    else:
        nouns: PublicQuerySet[Any] = kind.model._default_manager.all()  # type: ignore[assignment]
        found = nouns.public(at).filter(uid=uid)
    return found.order_by("pk").only("slug")[:1]


def side_by_side_path(one: Edition, other: Edition) -> str:
    """The address where two reviews of a film are side by side: the same for both orders of the two."""
    return reverse("side_by_side", args=sorted([one.slug, other.slug]))


def reviews_at(*slugs: str) -> dict[str, Edition]:
    """The public reviews at these slugs, by slug; for a slug that a review has moved from, that review.

    As at a review's own address, a review that has the slug now takes precedence over one that had it. Slugs without a
    public review are left out, so their past and future cannot be told. One query, two if a slug has no review now, and
    three if a review moved from one.
    """
    slugs = tuple(slug for slug in slugs if re.fullmatch(SLUG_PATTERN, slug))
    public = Edition.objects.public().for_page().newest_first()
    found: dict[str, Edition] = {}
    for edition in public.filter(seldom(Q(slug__in=slugs)), slug__in=slugs):
        found.setdefault(edition.slug, edition)
    paths = {as_read(reverse("review_detail", args=[slug])): slug for slug in slugs if slug not in found}
    if paths:
        # Fetch only addresses with a public target, so that the number of rows reveals no others.
        is_public = any_of(Edition.objects.public().filter(review_uid=OuterRef("target_uid")).order_by())
        moved = OldAddress.objects.filter(is_public, path__in=paths, kind=OldAddress.Kind.REVIEW)
        targets = dict(moved.values_list("path", "target_uid"))
        now = {edition.review_uid: edition for edition in public.filter(review_uid__in=targets.values())}
        found |= {paths[path]: now[uid] for path, uid in targets.items() if uid in now}
    return found


def withdrawal_at(request: HttpRequest, slug: str) -> Correction | None:
    """The public note in force on the withdrawal of the review that had this address, or this as an old address.

    A review that had the address itself takes precedence over one that had moved. None if a review was withdrawn
    without a note: nobody may learn of it.
    """
    noun, _form, path = _requested(request, slug)
    found = _notes(path, slug if noun == OldAddress.Kind.REVIEW else None, clock.now())
    if not found:
        return None
    note, _slug = min(found, key=lambda each: each[1] != slug)
    return for_ledger(Correction.objects.filter(pk=note)).first()


def _notes_at(path: str, slug: str | None, at: dt.datetime) -> QuerySet[Correction, tuple[int, str]]:
    # The path is unique: with one value on the other side, each part of the condition has its index.
    moved = OldAddress.objects.filter(path=path, kind=OldAddress.Kind.REVIEW)
    stood = Q(review_uid=Subquery(moved.values("target_uid")[:1]))
    if slug is not None:
        stood |= Q(slug=slug)
    notes = Correction.objects.in_force(at).filter(
        edition__in=Edition.objects.filter(stood, seldom(stood)).order_by()
    )
    # This runs for every address without a page, so what the page shows is fetched only if there is a note.
    return notes.newest_first().values_list("pk", "edition__slug")


_notes = Prepared(_notes_at)


def for_ledger(corrections: CorrectionQuerySet, at: dt.datetime | None = None) -> CorrectionQuerySet:
    """Corrections with what readers are told of their reviews, in one query.

    For a withdrawn review that is the film and the critic; ``film_is_public`` and ``critic_is_public`` say whether they
    have pages to link to, at a moment (default: now).
    """
    return (
        corrections.select_related("edition__film", "edition__critic")
        .defer("edition__body", "edition__body_html", "edition__body_text")
        .annotate(
            film_is_public=any_of(Film.objects.public(at).filter(pk=OuterRef("edition__film")).order_by()),
            critic_is_public=any_of(
                Critic.objects.public(at).filter(pk=OuterRef("edition__critic")).order_by()
            ),
        )
    )


def _requested(request: HttpRequest, slug: str) -> tuple[str, str, str]:
    """The kind of thing requested, the form of it (its page, its feed or another), and the path of its page."""
    route = getattr(request.resolver_match, "url_name", None) or ""
    noun, _, form = route.partition("_")
    return noun, form, as_read(reverse(f"{noun}_detail", args=[slug]))


def elsewhere(film: Film) -> list[tuple[str, str]]:
    """The film in other catalogues: their names and its addresses there."""
    catalogues = (
        ("IMDb", film.imdb_id, identifiers.imdb_title_url),
        ("TMDB", film.tmdb_id, identifiers.tmdb_film_url),
        ("Wikidata", film.wikidata_id, identifiers.wikidata_url),
        ("EIDR", film.eidr_id, identifiers.eidr_url),
    )
    return [(name, address(identifier)) for name, identifier, address in catalogues if identifier]
