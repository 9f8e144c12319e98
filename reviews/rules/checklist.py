"""The checklist: what a review still lacks before it can be published, and suggestions.

Pure: it uses only a document and its ``Circumstances``. The desk gathers them (:mod:`reviews.desk.verbs.checklist`),
shows the result beside the form, and does not publish a review with a blocking item.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from reviews import text
from reviews.rules import pictures, ratings
from reviews.rules.document import Document
from reviews.rules.pictures import Found, NamedPicture

HEADLINE_LENGTH = 110
"""The longest headline, in characters, that a card and a search engine show in full."""

ORIGINAL, DIGEST = "original", "digest"
"""The two of three provenances that have their own rules."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else the rules depend on: the outlet's settings, and when and where the review would be published.

    ``visible_from`` is the moment of publication (aware), or None if nobody has chosen one. ``address`` is the slug
    that it would have. ``pictures`` are those that it names.
    """

    visible_from: dt.datetime | None
    address: str
    address_is_taken: bool
    star_scale: int
    wants_verdict: bool
    lacks_address: bool = False
    pictures: tuple[NamedPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to fix, or to check.

    ``name`` identifies the rule, for code. ``field`` is the form field: ``body``, ``judgements``, or one of a row such
    as ``judgements-0-evidence``. ``sentence`` says what is missing and what to do.
    """

    name: str
    is_blocking: bool
    field: str
    sentence: str


def checklist(
    document: Document, circumstances: Circumstances, *, body: text.Body | None = None
) -> list[ChecklistItem]:
    """The items, always in the same order: first those that block, then suggestions.

    The document's judgements are in the order of the form's rows. A mixed verdict is 0, and so is the score of ``0/5``:
    both count as stated. ``body`` is the document's, if already parsed. Raises ValueError for a star scale other than 4
    or 5.
    """
    return [
        *blocking(document, circumstances, body=body),
        *(
            ChecklistItem(name, False, field, sentence)
            for name, field, sentence in _advisory(document, circumstances)
        ),
    ]


def blocking(
    document: Document, circumstances: Circumstances, *, body: text.Body | None = None
) -> list[ChecklistItem]:
    """Those that block, which do not depend on the document's tags."""
    found = _blocking(document, circumstances, body or text.read_body(document.fields["body"]))
    return [ChecklistItem(name, True, field, sentence) for name, field, sentence in found]


def obstacles(items: Iterable[ChecklistItem]) -> list[str]:
    """The sentences of the items that block."""
    return [item.sentence for item in items if item.is_blocking]


def _blocking(document: Document, circumstances: Circumstances, body: text.Body) -> Found:
    said, judgements = document.fields, document.judgements
    if not _says_something(text.plain_text(body)):
        yield "body", "body", "The review has no body: write one."
    if circumstances.wants_verdict and said["verdict"] is None:
        yield "verdict", "verdict", "Every review here has a verdict, and this one has none: choose one."
    try:
        ratings.parse(said["rating"], star_scale=circumstances.star_scale)
    except ratings.RatingError as error:
        yield "rating", "rating", str(error)
    quote, *evidence = text.find_passages(
        body, [said["pull_quote"], *(judgement.values["evidence"] for judgement in judgements)]
    )
    for row, (judgement, found) in enumerate(zip(judgements, evidence, strict=True)):
        if found is None:
            yield (
                "evidence",
                f"judgements-{row}-evidence",
                f"The evidence for “{judgement.aspect.name}” does not stand in the body: choose a passage that does.",
            )
    if said["pull_quote"] and said["provenance"] == DIGEST:
        yield (
            "pull_quote_of_digest",
            "pull_quote",
            "A digest is our words, so it has no pull quote: clear the pull quote.",
        )
    elif said["pull_quote"] and quote is None:
        yield (
            "pull_quote",
            "pull_quote",
            "The pull quote does not stand in the body: quote it word for word.",
        )
    if said["provenance"] != ORIGINAL and not _says_something(said["provenance_note"]):
        yield "provenance_note", "provenance_note", "Say in the provenance note where this comes from."
    if circumstances.visible_from is None:
        yield "publish_at", "publish_at", "Nobody has said when it goes up: choose now or a moment."
    elif said["rights_until"] is not None and said["rights_until"] <= circumstances.visible_from:
        yield (
            "rights",
            "rights_until",
            "The rights end before the review would go up: change one of the two moments.",
        )
    if circumstances.lacks_address:
        yield "address", "slug", "Type an address: none can be made from the headline."
    elif circumstances.address_is_taken:
        yield (
            "address",
            "slug",
            f"The address “{circumstances.address}” belongs to another review: choose another.",
        )
    yield from pictures.blocking(circumstances.pictures, circumstances.visible_from)


def _advisory(document: Document, circumstances: Circumstances) -> Found:
    said = document.fields
    if not _says_something(said["standfirst"]):
        yield (
            "standfirst",
            "standfirst",
            "There is no standfirst: write one or two sentences, for the page and for every card.",
        )
    if len(said["headline"]) > HEADLINE_LENGTH:
        yield (
            "headline",
            "headline",
            f"The headline has {len(said['headline'])} characters: "
            f"over {HEADLINE_LENGTH} it is cut short elsewhere, so shorten it.",
        )
    if not document.tags:
        yield "tags", "tags", "There are no tags: add those under which readers would look for it."
    if not document.judgements:
        yield (
            "judgements",
            "judgements",
            "There are no judgements: add one for each aspect on which the review takes a side.",
        )
    if said["provenance"] == ORIGINAL and not _says_something(said["how_seen"]):
        # The provenance note of syndicated copy says what is known; how its critic saw the film rarely is.
        yield (
            "how_seen",
            "how_seen",
            "Readers are not told how the film was seen: name the place, and who invited.",
        )
    yield from pictures.advisory(circumstances.pictures, circumstances.visible_from)


def _says_something(written: str) -> bool:
    """Whether it has a visible character: spaces, joiners and control characters do not count."""
    return any(character.isprintable() and not character.isspace() for character in written)
