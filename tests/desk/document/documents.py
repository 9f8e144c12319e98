"""Generated documents: working reviews with any content that a form can save."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from reviews.desk.document.documents import document_of
from reviews.models import Aspect, Critic, Film, Judgement, Picture, Review, Tag
from reviews.models.content import Provenance
from reviews.rules.argument import Stance, Verdict
from reviews.rules.document import Document
from reviews.seeding.factories import MOMENT, make_aspect, make_critic, make_film, make_picture, make_tag

WORDS = st.sampled_from(["The camera waits.", "*Eve* runs.", "Été, 2025 🎬", "[^1]", "::: spoiler", "-", ""])
LINES = st.lists(WORDS, max_size=3).map(" ".join)
PROSE = st.lists(WORDS, max_size=5).map("\n\n".join)
MOMENTS = st.none() | st.integers(0, 90).map(lambda days: MOMENT + dt.timedelta(days=days, seconds=days))


class Shelf:
    """The nouns for generated documents: a few films, critics, aspects and tags, saved once."""

    def __init__(self) -> None:
        self.films: list[Film] = [make_film() for _ in range(2)]
        self.critics: list[Critic] = [make_critic() for _ in range(2)]
        self.aspects: list[Aspect] = [make_aspect() for _ in range(4)]
        self.pictures: list[Picture] = [make_picture() for _ in range(2)]
        self.tags: list[Tag] = [make_tag(name) for name in ("noir", "road movie", "Кино", "sun, sea")]


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Input of ``write``; nouns by their index on the shelf."""
    fields = {
        "film": st.integers(0, 1),
        "critic": st.integers(0, 1),
        "headline": st.sampled_from(["Gunpowder", "Dance, run", "Ф 🎬", "A small film"]),
        "headline_is_ours": st.booleans(),
        "slug": st.sampled_from(["one", "another", "la-haine"]),
        "standfirst": LINES,
        "body": PROSE,
        "hero": st.none() | st.integers(0, 1),
        "verdict": st.none() | st.sampled_from([verdict.value for verdict in Verdict]),
        "rating": st.sampled_from(["", "0/5", "3.5/5", "B+", "78/100"]),
        "pull_quote": st.just(""),
        "how_seen": LINES,
        "disclosure": PROSE,
        "provenance": st.sampled_from(Provenance.values),
        "source_name": LINES,
        "source_url": st.sampled_from(["", "https://reel.example/one", "https://reel.example/two"]),
        "provenance_note": LINES,
        "rights_until": MOMENTS,
        "planned_on": MOMENTS.map(lambda moment: moment and moment.date()),
    }
    judgement = st.tuples(st.sampled_from([stance.value for stance in Stance]), WORDS)
    return st.fixed_dictionaries(
        {
            "fields": st.fixed_dictionaries(fields),
            "tags": st.sets(st.integers(0, 3)),
            "judgements": st.dictionaries(st.integers(0, 3), judgement, max_size=4),
        }
    )


def write(review: Review, document: dict[str, Any], shelf: Shelf) -> Document:
    """Write a document to a saved review, as a form would, and return it as read."""
    fields = document["fields"] | {
        "film": shelf.films[document["fields"]["film"]],
        "critic": shelf.critics[document["fields"]["critic"]],
        "hero": None if (hero := document["fields"]["hero"]) is None else shelf.pictures[hero],
    }
    for name, value in fields.items():
        setattr(review, name, value)
    review.save(update_fields=list(fields))
    review.tags.set([shelf.tags[place] for place in sorted(document["tags"])])
    rows = {row.aspect_id: row for row in Judgement.objects.filter(review=review)}
    for place, (stance, evidence) in document["judgements"].items():
        row = rows.pop(shelf.aspects[place].pk, None) or Judgement(review=review, aspect=shelf.aspects[place])
        row.stance, row.evidence = stance, evidence
        row.save()
    for row in rows.values():
        row.delete()
    return document_of(Review.objects.get(pk=review.pk))
