"""The outlook of a review: its state, and what publishing it would do and change, as of one moment.

A page reads it once; a verb reads it again under its lock (:mod:`reviews.desk.verbs.locks`).
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import cached_property

from reviews.desk import windows
from reviews.desk.document.comparison import FieldChange, compared, in_newer_versions
from reviews.desk.document.composition import Composition, composed, pictures_of
from reviews.desk.document.documents import document_in, document_with
from reviews.desk.document.fields import label, published_names
from reviews.desk.facts import LONG, ReviewFacts
from reviews.models import Edition, EditionPicture, Embargo, Film, Judgement, Outlet, Picture, Review, Tag
from reviews.rules.document import Document


def outlook_of(review: Review, *, outlet: Outlet | None = None) -> "Outlook":
    """The outlook of a review as saved. A page that has loaded the outlet passes it."""
    return Outlook(review, ReviewFacts([review], outlet))


def outlooks_of(reviews: Iterable[Review], *, outlet: Outlet | None = None) -> list["Outlook"]:
    """The outlooks of several reviews, in a constant number of queries. A page that has loaded the outlet passes it."""
    reviews = list(reviews)
    facts = ReviewFacts(reviews, outlet)
    return [Outlook(review, facts) for review in reviews]


class Outlook:
    """The state of one review as saved. It does not include later writes."""

    def __init__(self, review: Review, facts: ReviewFacts) -> None:
        self.review = review
        self.facts = facts
        self._published: dict[int, Document] = {}
        self._pinned: dict[int, list[EditionPicture]] = {}

    @property
    def at(self) -> dt.datetime:
        """The moment of all of it (aware)."""
        return self.facts.at

    @property
    def status(self) -> str:
        return self.review.status

    @property
    def outlet(self) -> Outlet:
        return self.facts.outlet

    # -- The state now ------------------------------------------------------------------------------------------

    @property
    def editions(self) -> list[Edition]:
        """All editions, newest first."""
        return self.facts.editions[self.review.pk]

    @property
    def running(self) -> list[Edition]:
        """The editions whose window has not closed."""
        return [each for each in self.editions if each.visible_until is None or each.visible_until > self.at]

    @property
    def opened(self) -> list[Edition]:
        """The editions that readers have seen or see, newest first."""
        return [
            each
            for each in self.editions
            if each.visible_from <= self.at
            and not (each.visible_until and each.visible_until <= each.visible_from)
        ]

    @property
    def live(self) -> Edition | None:
        """The edition whose window is open now, whether or not an embargo hides it."""
        return next((each for each in self.running if each.visible_from <= self.at), None)

    @property
    def is_seen(self) -> bool:
        """Whether readers see the live edition now."""
        return any(each.is_public for each in self.facts.editions[self.review.pk])

    @property
    def pending(self) -> Edition | None:
        """The edition whose window has not opened."""
        return next((each for each in self.editions if each.visible_from > self.at), None)

    @property
    def waiting(self) -> Edition:
        """The same, if there must be one."""
        assert self.pending is not None
        return self.pending

    @property
    def newest(self) -> Edition | None:
        """The newest edition in force: the pending one, or else the live one."""
        return self.pending or self.live

    @property
    def last_opened(self) -> Edition | None:
        """The edition that readers saw last."""
        return next(iter(self.opened), None)

    @property
    def seen_last(self) -> Edition:
        """The same, if readers must have seen one."""
        assert self.last_opened is not None
        return self.last_opened

    @property
    def last_ended(self) -> Edition | None:
        """The edition whose window closed last."""
        ended = [each for each in self.editions if each not in self.running]
        return max(ended, key=lambda each: each.visible_until or self.at, default=None)

    @property
    def has_been_public(self) -> bool:
        """Whether any edition's window has ever opened."""
        return bool(self.opened)

    def holding_embargo(self, film: Film | None = None) -> Embargo | None:
        """The embargo on reviews of the film (default: the review's) that lifts last, even if it has lifted."""
        embargoes = self.facts.embargoes_on(film.pk if film else self.review.film_id)
        return next((each for each in embargoes if each.covers == Embargo.Covers.REVIEWS), None)

    def active_embargo(self, film: Film | None = None) -> Embargo | None:
        """The same, if it is active."""
        embargo = self.holding_embargo(film)
        return embargo if embargo and embargo.lifts_at > self.at else None

    @property
    def has_taken_address(self) -> bool:
        """Whether the address that it would have is, was or will be another review's."""
        return self.review.pk in self.facts.with_taken_address

    @property
    def binding_embargoes(self) -> list[Embargo]:
        """The active embargoes of the film, whatever they cover, in the order in which they lift."""
        agreed = self.facts.embargoes_on(self.review.film_id)
        return [each for each in reversed(agreed) if each.lifts_at > self.at]

    # -- What publishing would do -------------------------------------------------------------------------------

    def plan(
        self, *, at: dt.datetime | None = None, backdated: bool = False, film: Film | None = None
    ) -> windows.Plan:
        """What publishing would do now, for an edition about this film (default: the review's).

        A past moment means now, unless it is backdated.
        """
        planned_for = at or self.at
        if planned_for < self.at and not backdated:
            planned_for = self.at
        embargo = self.holding_embargo(film)
        visible_from = windows.held(planned_for, embargo)
        return windows.Plan(
            planned_for=planned_for,
            visible_from=visible_from,
            held_by=embargo if visible_from > planned_for else None,
            live=self.live,
            pending=self.pending,
        )

    def compose(self) -> Composition:
        """The edition that publishing makes. Raises as ``composition.composed`` does."""
        return composed(self.document, self.review, pictures=self.facts.pictures)

    # -- The saved review against its editions ------------------------------------------------------------------

    @property
    def tags(self) -> list[Tag]:
        """By name."""
        return self.facts.tags[self.review.pk]

    @property
    def judgements(self) -> list[Judgement]:
        """The judgements, in the order in which aspects are shown."""
        return self.facts.judgements[self.review.pk]

    @cached_property
    def document(self) -> Document:
        """The document of the saved review."""
        return document_with(self.review, self.tags, self.judgements, star_scale=self.outlet.star_scale)

    def differences(self, edition: Edition) -> list[str]:
        """The labels of what differs between the saved review and an edition."""
        published = self.published(edition)
        labels = {name: label(name) for name in published.differing_from(self.document)}
        if "rating" in labels and published.fields["rating"] == self.document.fields["rating"]:
            # Nobody changed it: the outlet's scale is another than when the edition was made.
            labels["rating"] += f" (its stars are now out of {self.outlet.star_scale})"
        if self._newer_pictures(edition):
            labels["pictures"] = "pictures (there are newer versions)"
        return list(labels.values())

    @property
    def pictures(self) -> list[Picture]:
        """The pictures of the saved review, that at its head first, with their newest versions."""
        names = self.facts.names_of(self.review)
        return [self.facts.pictures[name] for name in names if name in self.facts.pictures]

    def _newer_pictures(self, edition: Edition) -> list[tuple[EditionPicture, Picture]]:
        """The pictures that an edition shows in older versions, each with what publishing would show."""
        newest = {picture.pk: picture for picture in self.pictures}
        if not newest:
            return []
        if edition.pk not in self._pinned:
            self._pinned[edition.pk] = list(pictures_of(edition))
        return [
            (row, newest[row.picture_id])
            for row in self._pinned[edition.pk]
            if row.picture_id in newest and newest[row.picture_id].file_id != row.file_id
        ]

    @property
    def has_changes(self) -> bool:
        """Whether the saved review differs from the newest edition."""
        return self.newest is not None and bool(self.differences(self.newest))

    @property
    def has_unpublished(self) -> bool:
        """Whether publishing would show readers something that they do not see now and no pending edition will show."""
        return self.newest is None or self.has_changes

    @cached_property
    def changes(self) -> list[FieldChange]:
        """The changes from what readers saw last to what is saved; empty if they have not seen it."""
        last = self.last_opened
        if last is None:
            return []
        newer = [(row.picture.name, row.file, picture.file) for row, picture in self._newer_pictures(last)]
        return [*compared(self.published(last), self.document), *in_newer_versions(newer)]

    @property
    def version(self) -> str:
        """A digest of the saved review and of what readers have and will have of it.

        Thus nobody publishes what they have not read, or over an edition that they have not compared it with.
        """
        document = self.document
        said = (
            [document.fields[name] for name in published_names()],
            document.tags,
            document.judgements,
            document.star_scale,
            [picture.file_id for picture in self.pictures],
            [each.uid for each in (self.pending, self.last_opened) if each],
        )
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def published(self, edition: Edition) -> Document:
        """The document of an edition."""
        if edition.pk not in self._published:
            self._published[edition.pk] = document_in(with_text(edition, ["body"]))
        return self._published[edition.pk]


def with_text(edition: Edition, names: Iterable[str] = LONG) -> Edition:
    """The edition with these long fields, loaded in one query unless they are."""
    if missing := edition.get_deferred_fields() & set(names):
        edition.refresh_from_db(fields=sorted(missing))
    return edition
