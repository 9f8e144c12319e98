"""Facts from the database about several reviews, each kind read once for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from reviews import clock
from reviews.desk.document.documents import judgements_by_review, tags_by_review
from reviews.desk.document.fields import column, nouns
from reviews.desk.document.pictures import names_in, pictures_named
from reviews.models import Edition, Embargo, Judgement, OldAddress, Outlet, Picture, Review, Tag
from reviews.models.public.address import as_read

LONG = ("body", "body_html", "body_text")
"""Long fields of an edition, loaded only to compare or copy one."""


class ReviewFacts:
    """Related data of some reviews. Each kind is read on first use and cached.

    They are facts of one moment (``at``). Use them for one page, or while the reviews are locked.
    """

    def __init__(self, reviews: Iterable[Review], outlet: Outlet | None = None) -> None:
        self.reviews = {review.pk: review for review in reviews}
        self.at = clock.now()
        self._embargoes: dict[int, list[Embargo]] = {}
        if outlet:
            self.outlet = outlet

    @cached_property
    def outlet(self) -> Outlet:
        return Outlet.objects.current()

    @cached_property
    def editions(self) -> dict[int, list[Any]]:
        """The editions of each review by its primary key, newest first: with ``is_public``, without long text."""
        found: dict[int, list[Any]] = {pk: [] for pk in self.reviews}
        public = Edition.objects.public(self.at).filter(pk=OuterRef("pk")).order_by()
        rows = Edition.objects.filter(review__in=list(found)).annotate(is_public=Exists(public))
        for edition in rows.defer(*LONG).order_by("-number"):
            review = self.reviews[edition.review_id]
            edition.review = review
            # Few editions name other nouns than their review does now: those are read when asked for.
            for name in nouns():
                is_read = column(name).is_cached(review)
                if is_read and getattr(edition, f"{name}_id") == getattr(review, f"{name}_id"):
                    setattr(edition, name, getattr(review, name))
            found[review.pk].append(edition)
        return found

    @cached_property
    def judgements(self) -> dict[int, list[Judgement]]:
        """The judgements of each review by its primary key, in the order in which aspects are shown."""
        return judgements_by_review(self.reviews)

    @cached_property
    def tags(self) -> dict[int, list[Tag]]:
        """The tags of each review by its primary key, by name."""
        return tags_by_review(self.reviews)

    def names_of(self, review: Review) -> list[str]:
        """The names of the pictures of a review as it is saved."""
        return self._named[review.pk]

    @cached_property
    def _named(self) -> dict[int, list[str]]:
        return {pk: names_in(review.hero, review.body) for pk, review in self.reviews.items()}

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """The pictures of all these reviews, by name, with their newest versions."""
        return pictures_named({name for names in self._named.values() for name in names})

    def embargoes_on(self, film: int) -> list[Embargo]:
        """The agreements on a film (primary key) that have not been ended, the one that lifts last first."""
        if film not in self._embargoes:
            films = {film, *(review.film_id for review in self.reviews.values())} - self._embargoes.keys()
            self._embargoes |= {each: [] for each in films}
            agreed = Embargo.objects.filter(film__in=films).agreed(self.at)
            for embargo in agreed.select_related("film").order_by("-lifts_at", "-pk"):
                self._embargoes[embargo.film_id].append(embargo)
        return self._embargoes[film]

    @cached_property
    def with_taken_address(self) -> set[int]:
        """The reviews whose address is, was or will be another review's: an address must never show the wrong one."""
        addresses = {review.pk: review.address_to_be for review in self.reviews.values()}
        paths = {pk: as_read(Edition(slug=slug).get_absolute_url()) for pk, slug in addresses.items()}
        # The database ensures that a chosen address is unique.
        unaddressed = {addresses[pk] for pk, review in self.reviews.items() if not review.has_address}
        editions = Edition.objects.filter(slug__in=set(addresses.values()))
        others = Review.objects.filter(slug__in=unaddressed)
        old = OldAddress.objects.filter(path__in=set(paths.values()))
        found = (
            editions.order_by()
            .values_list("slug", "review_uid")
            .union(others.order_by().values_list("slug", "uid"), old.values_list("path", "target_uid"))
        )
        whose: dict[str, set[Any]] = defaultdict(set)
        for address, uid in found:
            whose[address].add(uid)
        return {
            pk
            for pk, review in self.reviews.items()
            if (whose[addresses[pk]] | whose[paths[pk]]) - {review.uid}
        }
