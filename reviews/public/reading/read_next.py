"""What to read after a review: up to three other reviews, each with the reason in a sentence.

First the one that disagrees most about the film, then the critic's latest on another film, then a review of another
film with something in common. There is no suggestion without a reason, and none twice. All suggestions are public, even
if the review that was read is an unsaved preview.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Abs, Coalesce
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition, EditionJudgement, EditionQuerySet, EditionTag
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.film import Film
from reviews.models.shared.person import Credit, Job
from reviews.models.shared.queryset import seldom
from reviews.models.shared.tag import Tag
from reviews.public.reading.argument import position
from reviews.public.reading.argument_source import IN_OUTLET_ORDER
from reviews.public.reading.summary import sharpest_line
from reviews.public.reading.words import listed
from reviews.rules.argument import Disagreement, Stance, disagreement

ALIKE = 8
"""Lists of aspects are filled to a multiple of this."""


@dataclass(frozen=True)
class Suggestion:
    """A review to read next, and why; with the disagreement if that is the reason."""

    edition: Edition
    reason: str
    opposition: Disagreement[Edition, Aspect] | None = None


def read_next(
    read: Edition, *, judgements: Sequence[EditionJudgement], tags: Iterable[Tag]
) -> list[Suggestion]:
    """What to read after a review with these judgements and tags. Three queries at most.

    They fetch only what is suggested, however many reviews there are.
    """
    opponent, latest, akin = _candidates(read, judgements)
    suggestions = (
        _opposed(read, judgements, opponent) if opponent else None,
        Suggestion(latest, _authorship(latest)) if latest else None,
        Suggestion(akin, _kinship(read.film, akin)) if akin else _tagged_alike(read, tags, but=latest),
    )
    return [suggestion for suggestion in suggestions if suggestion]


def _candidates(
    read: Edition, judgements: Iterable[EditionJudgement]
) -> tuple[Edition | None, Edition | None, Edition | None]:
    """The review that disagrees most about the film, the critic's latest of another film, and a related film's.

    A related film is of the same series, else by the same director. An unknown critic has no other reviews. One query.
    """
    film = read.film
    held = {judgement.aspect_id: Stance(judgement.stance) for judgement in judgements}
    found = _found(read.verdict)(
        film.pk,
        film.franchise_id,
        read.critic.pk,
        read.critic.is_unknown,
        _filled([aspect for aspect, own in held.items() if own is Stance.PRAISE]),
        _filled([aspect for aspect, own in held.items() if own is Stance.CRITICISM]),
        clock.now(),
    )
    opponent = latest = None
    rest = []
    for edition in found:
        if edition.film_id == film.pk:
            opponent = edition
        elif edition.critic_id == read.critic_id and latest is None and not read.critic.is_unknown:
            latest = edition
        else:
            rest.append(edition)
    rest.sort(key=lambda each: not _same_series(film, each.film))
    return opponent, latest, rest[0] if rest else None


def _filled(aspects: list[int]) -> list[int]:
    """The same and, up to a multiple of ``ALIKE``, keys that no aspect has: so one statement serves many reviews.

    It is long, so each other one would take time to compose and to prepare, and memory in every connection.
    """
    return [*aspects, *range(len(aspects) % ALIKE - ALIKE, 0)]


@cache
def _found(verdict: int | None) -> Prepared[Edition]:
    """The statement for a review with this verdict: its sign decides on which side the others are."""
    return Prepared(partial(_wanted, verdict))


def _wanted(
    verdict: int | None,
    film: int,
    franchise: int | None,
    critic: int,
    is_unknown: bool,
    praised: Sequence[int],
    criticised: Sequence[int],
    at: dt.datetime,
) -> EditionQuerySet:
    elsewhere = Edition.objects.public(at).exclude(film=film).newest_first()
    theirs = elsewhere.none() if is_unknown else elsewhere.filter(critic=critic)
    # The films are found first, and not the newest review of one of them by going through all reviews.
    akin = elsewhere.exclude(pk__in=theirs.values("pk")[:1]).filter(seldom(~Q(film=film)))
    directed = akin.filter(film__in=_directed_alike(film).values("film"))
    series = akin.none() if franchise is None else akin.filter(film__franchise=franchise)
    opponents = _opponents(verdict, film, critic, praised, criticised, at)
    # By primary key each, because no database uses its indexes for several lists joined by OR.
    wanted = Q(pk__in=())
    for candidates in (opponents, theirs, series, directed):
        if not candidates.query.is_empty():
            wanted |= Q(pk=Subquery(candidates.values("pk")[:1]))
    found = Edition.objects.public(at).filter(wanted).newest_first()
    return found.for_cards().select_related("film__franchise")


def _opponents(
    verdict: int | None,
    film: int,
    critic: int,
    praised: Sequence[int],
    criticised: Sequence[int],
    at: dt.datetime,
) -> EditionQuerySet:
    """Other critics' latest reviews of the film that are opposed to one, as in :func:`argument.sharpest_with`, the one
    that disagrees most first."""
    against = Q(aspect__in=praised, stance=Stance.CRITICISM) | Q(aspect__in=criticised, stance=Stance.PRAISE)
    opposed = EditionJudgement.objects.filter(against, edition=OuterRef("pk")).order_by().values("edition")
    count = Coalesce(Subquery(opposed.annotate(count=Count("pk")).values("count")), 0)
    sides = Q(pk__in=()) if not verdict else Q(verdict__lt=0) if verdict > 0 else Q(verdict__gt=0)
    apart = Value(0) if verdict is None else Coalesce(Abs(F("verdict") - verdict), 0)
    others = Edition.objects.public(at).latest_by_each(at).filter(film=film).exclude(critic=critic)
    ordered = others.annotate(opposed=count, apart=apart).filter(Q(opposed__gt=0) | sides)
    return ordered.order_by("-opposed", "-apart", "-first_visible_from", "review_uid")


def _opposed(read: Edition, judgements: Iterable[EditionJudgement], opponent: Edition) -> Suggestion:
    """The review that disagrees most about the film, and on what. One query."""
    said = _said(opponent.pk)
    found = disagreement(position(read, judgements), position(opponent, said))
    return Suggestion(opponent, sharpest_line(found), found)


_said = Prepared(
    lambda edition: (
        EditionJudgement.objects.filter(seldom(Q(edition=edition)), edition=edition)
        .select_related("aspect")
        .order_by(*IN_OUTLET_ORDER)
    )
)


def _tagged_alike(read: Edition, tags: Iterable[Tag], *, but: Edition | None) -> Suggestion | None:
    """The review of another film that shares the most of these tags. One query."""
    shared = [tag.pk for tag in tags if tag.pk]
    if not shared:
        return None
    in_common = _in_common(read.film.pk, [but.pk] if but else [], shared, clock.now())
    if not in_common:
        return None
    edition = in_common[0].edition
    words = {"tags": ", ".join(each.tag.name for each in in_common), "film": edition.film}
    return Suggestion(edition, _("Also tagged %(tags)s: on %(film)s.") % words)


def _shared_tags(
    film: int, but: Sequence[int], tags: Sequence[int], at: dt.datetime
) -> QuerySet[EditionTag, EditionTag]:
    elsewhere = Edition.objects.public(at).exclude(film=film).exclude(pk__in=but)
    most = elsewhere.filter(tags__in=tags).annotate(shared=Count("tags"))
    best = most.order_by("-shared", "-first_visible_from", "review_uid").values("pk")[:1]
    return (
        EditionTag.objects.filter(edition__in=best, tag__in=tags)
        .select_related("tag", "edition__film", "edition__critic")
        .defer("edition__body", "edition__body_html", "edition__body_text")
        .order_by("tag__name", "tag__uid")
    )


_in_common = Prepared(_shared_tags)


def _authorship(edition: Edition) -> str:
    """The reason for the critic's latest review. A digest is ours, of something that they wrote."""
    sentence = (
        _("Our latest digest of a review by %(critic)s: on %(film)s.")
        if edition.is_digest
        else _("The latest by %(critic)s: on %(film)s.")
    )
    return sentence % {"critic": edition.critic.name, "film": edition.film}


def _kinship(film: Film, akin: Edition) -> str:
    """What another review's film has in common with this one: the series, else the directors. One query."""
    if _same_series(film, akin.film) and akin.film.franchise:
        series = {"franchise": akin.film.franchise, "film": akin.film}
        return _("Also in the %(franchise)s series: on %(film)s.") % series
    names = dict(_directors_of_both(film.pk, akin.film.pk))
    words = {"directors": listed(list(names.values())), "film": akin.film}
    return _("Also directed by %(directors)s: on %(film)s.") % words


def _directed_alike(film: int) -> QuerySet[Credit]:
    """The credits as director, on any film, of this film's directors."""
    directed = Credit.objects.filter(job=Job.DIRECTOR)
    return directed.filter(person__in=directed.filter(film=film).order_by().values("person")).order_by()


_directors_of_both = Prepared(
    lambda film, other: (
        _directed_alike(film)
        .filter(film=other)
        .order_by("position", "pk")
        .values_list("person", "person__name")
    )
)


def _same_series(film: Film, other: Film) -> bool:
    return film.franchise_id is not None and film.franchise_id == other.franchise_id
