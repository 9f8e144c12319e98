"""What to read after a review: up to three others, each with its reason in a sentence.

First whoever disagrees most with it about the film, then the critic's latest on another film, then a review of another
film that has something nameable in common with this one. Without a reason nothing is suggested, and nothing is twice.
All of it is public, whatever the review is that was read: one that is previewed need not be saved.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from reviews.argument import Disagreement, sharpest_with
from reviews.models.aspect import Aspect
from reviews.models.edition import Edition, EditionJudgement, EditionTag
from reviews.models.film import Film
from reviews.models.person import Credit, Job
from reviews.models.tag import Tag
from reviews.summary import listed, sharpest_line
from reviews.views.argument import judgements_on, position


@dataclass(frozen=True)
class Suggestion:
    """A review to read next, and why; with what it is opposed on, where that is the reason."""

    edition: Edition
    reason: str
    opposition: Disagreement[Edition, Aspect] | None = None


def read_next(
    read: Edition,
    others: Iterable[Edition],
    *,
    judgements: Iterable[EditionJudgement],
    tags: Iterable[Tag],
) -> list[Suggestion]:
    """What to read after a review that holds these judgements and tags. Three queries at most.

    ``others`` are the other public reviews of its film, newest first.
    """
    latest, akin = _of_other_films(read)
    suggestions = (
        _opposed(read, others, judgements),
        Suggestion(latest, _authorship(latest)) if latest else None,
        Suggestion(akin, _kinship(read.film, akin)) if akin else _tagged_alike(read, tags, but=latest),
    )
    return [suggestion for suggestion in suggestions if suggestion]


def _opposed(
    read: Edition, others: Iterable[Edition], judgements: Iterable[EditionJudgement]
) -> Suggestion | None:
    """Whoever disagrees most about the film, of the other critics' latest reviews; None where nobody is opposed."""
    latest: dict[int, Edition] = {}
    for edition in others:
        if edition.critic_id != read.critic_id:
            latest.setdefault(edition.critic_id, edition)
    if not latest:
        return None
    said = judgements_on(read.film, latest.values())
    found = sharpest_with(
        position(read, judgements), [position(edition, said[edition]) for edition in latest.values()]
    )
    if found is None:
        return None
    return Suggestion(found.other if found.one is read else found.one, sharpest_line(found), found)


def _of_other_films(read: Edition) -> tuple[Edition | None, Edition | None]:
    """The critic's latest review of another film, and another one of the same series or else by the same director.

    What unknown critics wrote has nobody in common. One query.
    """
    film, public = read.film, Edition.objects.public()
    elsewhere = public.exclude(film=film)
    in_series = Q(film__franchise=film.franchise_id) if film.franchise_id else Q(pk__in=())
    by_director = Q(film__in=_directed_alike(film).values("film"))
    akin = elsewhere.filter(in_series | by_director).order_by(
        Case(When(in_series, then=Value(0)), default=Value(1)), "-first_visible_from", "review_uid"
    )
    wanted = Q(pk__in=akin.values("pk")[:2])  # The first of them may be the critic's latest.
    if not read.critic.is_unknown:
        wanted |= Q(pk__in=elsewhere.by(read.critic).newest_first().values("pk")[:1])
    found = list(public.filter(wanted).newest_first().for_cards().select_related("film__franchise"))
    is_theirs = (edition for edition in found if edition.critic_id == read.critic_id)
    latest = None if read.critic.is_unknown else next(is_theirs, None)
    rest = sorted(
        (edition for edition in found if edition is not latest),
        key=lambda each: not _same_series(film, each.film),
    )
    return latest, rest[0] if rest else None


def _tagged_alike(read: Edition, tags: Iterable[Tag], *, but: Edition | None) -> Suggestion | None:
    """The review of another film that shares the most of these tags. One query."""
    shared = [tag.pk for tag in tags if tag.pk]
    if not shared:
        return None
    elsewhere = Edition.objects.public().exclude(film=read.film).exclude(pk__in=[but.pk] if but else [])
    most = elsewhere.filter(tags__in=shared).annotate(shared=Count("tags"))
    best = most.order_by("-shared", "-first_visible_from", "review_uid").values("pk")[:1]
    found = EditionTag.objects.filter(edition__in=best, tag__in=shared)
    in_common = list(
        found.select_related("tag", "edition__film", "edition__critic")
        .defer("edition__body", "edition__body_html", "edition__body_text")
        .order_by("tag__name", "tag__uid")
    )
    if not in_common:
        return None
    edition = in_common[0].edition
    words = {"tags": ", ".join(each.tag.name for each in in_common), "film": edition.film}
    return Suggestion(edition, _("Also tagged %(tags)s: on %(film)s.") % words)


def _authorship(edition: Edition) -> str:
    """Why the critic's latest is suggested. A digest is ours, of something that they wrote."""
    sentence = (
        _("Our latest digest of a review by %(critic)s: on %(film)s.")
        if edition.is_digest
        else _("The latest by %(critic)s: on %(film)s.")
    )
    return sentence % {"critic": edition.critic.name, "film": edition.film}


def _kinship(film: Film, akin: Edition) -> str:
    """What the film of another review has in common with this one: the series, or else the directors. One query."""
    if _same_series(film, akin.film) and akin.film.franchise:
        series = {"franchise": akin.film.franchise, "film": akin.film}
        return _("Also in the %(franchise)s series: on %(film)s.") % series
    credits = _directed_alike(film).filter(film=akin.film).order_by("position", "pk")
    names = dict(credits.values_list("person", "person__name"))
    words = {"directors": listed(list(names.values())), "film": akin.film}
    return _("Also directed by %(directors)s: on %(film)s.") % words


def _directed_alike(film: Film) -> QuerySet[Credit]:
    """The credits as director of those who directed a film, for any film."""
    directed = Credit.objects.filter(job=Job.DIRECTOR)
    return directed.filter(person__in=directed.filter(film=film).order_by().values("person")).order_by()


def _same_series(film: Film, other: Film) -> bool:
    return film.franchise_id is not None and film.franchise_id == other.franchise_id
