"""The rows of an invented review, as the desk's verbs would have left them."""

import datetime as dt
import random
from dataclasses import dataclass, replace
from typing import Any

from reviews.desk.document.documents import document_with
from reviews.models import (
    Aspect,
    Critic,
    Film,
    ReviewTag,
    Tag,
)
from reviews.models.content import Provenance
from reviews.rules.argument import Verdict
from reviews.seeding.factories import make_correction, make_judgement, make_review
from reviews.seeding.invented import names, prose
from reviews.seeding.invented.cast import Cast
from reviews.seeding.invented.plan import uid
from reviews.seeding.invented.states import SeededState, course
from reviews.seeding.rows import Batch

RATINGS = (
    "",
    "",
    "",
    "3.5/5",
    "4/5",
    "★★★½",
    "★★☆☆☆",
    "B+",
    "7/10",
    "78/100",
    "C-",
    "2/4",
    "0/5",
    "A",
    "5/10",
)
HEADLINES = (
    "{title} is a {quality} {noun}",
    "A {quality} {noun} in search of its {noun2}: {title}",
    "In {title}, the {noun} has the last word",
    "{title}: more {noun} than {noun2}",
    "What the {noun} saw: on {title}",
)
VERDICTS = (
    Verdict.RAVE,
    Verdict.POSITIVE,
    Verdict.POSITIVE,
    Verdict.MIXED,
    Verdict.NEGATIVE,
    Verdict.PAN,
    None,
)


@dataclass(frozen=True)
class Shared:
    """What the reviews of one film share."""

    batch: Batch
    cast: Cast
    film: Film
    own_aspect: Aspect | None
    lifts_at: dt.datetime | None


def add_review(
    shared: Shared, number: int, state: SeededState, *, planned_for: dt.datetime, critic: Critic, slug: str
) -> None:
    """Add a review in a state: the working document, its editions, and the correction that led to the second one."""
    batch, cast = shared.batch, shared.cast
    chance = random.Random(f"review {number}")
    took = course(state, planned_for=planned_for, lifts_at=shared.lifts_at, as_of=cast.as_of, chance=chance)
    opening = prose.opening(
        chance.randrange(cast.openings), tuple(aspect.position for aspect in cast.aspects)
    )
    uids = [uid("judgement", number, place) for place in range(len(opening.cited))]
    body, rendering = prose.joined(opening, prose.closing(chance.randrange(cast.closings)), uids)
    review = make_review(
        into=batch,
        uid=uid("review", number),
        status=took.status,
        publish_at=took.publish_at,
        critic=critic,
        slug=slug,
        body=body,
        rights_until=took.rights_until,
        **_content(shared, chance, opening, number),
    )
    aspects = [cast.aspects[cited.aspect] for cited in opening.cited]
    if shared.own_aspect:
        aspects[-1] = shared.own_aspect
    judgements = [
        make_judgement(
            review, into=batch, uid=each, aspect=aspect, stance=cited.stance, evidence=cited.evidence
        )
        for each, aspect, cited in zip(uids, aspects, opening.cited, strict=True)
    ]
    tags = _tags(chance, cast)
    batch.add(*(ReviewTag(content_object=review, tag=tag) for tag in tags))
    if not took.windows:
        return

    document = document_with(review, tags, judgements)
    says = [(document, rendering)]
    if len(took.windows) > 1:
        body, rendering = prose.joined(opening, prose.closing(chance.randrange(cast.closings)), uids)
        earlier = {**document.fields, "standfirst": "A first look.", "body": body}
        says.insert(0, (replace(document, fields=earlier), rendering))
    for place, (window, (said, shown)) in enumerate(zip(took.windows, says, strict=False), 1):
        edition = batch.add_edition(review, said, window, number=place, rendering=shown)
        edition.uid = uid("edition", number, place)
        if place > 1:
            noun, other_noun = chance.sample(prose.NOUNS, 2)
            note = f"An earlier version of this review took the {noun} for a {other_noun}."
            make_correction(edition, into=batch, uid=uid("correction", number), note=note)
    if state is SeededState.CHANGED:
        review.headline = f"{review.headline}, looked at again"


def _content(shared: Shared, chance: random.Random, opening: prose.Half, number: int) -> dict[str, Any]:
    """The content of a review without its body."""
    noun, other_noun = chance.sample(prose.NOUNS, 2)
    quality = chance.choice(prose.QUALITIES)
    title = shared.film.title
    content: dict[str, Any] = {
        "film": shared.film,
        "headline": prose.articled(
            chance.choice(HEADLINES).format(title=title, quality=quality, noun=noun, noun2=other_noun)
        ),
        "standfirst": f"The {noun} is {chance.choice(prose.QUALITIES)}, and the {other_noun} is another matter.",
        "verdict": chance.choice(VERDICTS),
        "rating": chance.choice(RATINGS),
        "provenance": chance.choices(Provenance.values, (7, 2, 1))[0],
    }
    if content["provenance"] != Provenance.ORIGINAL:
        content["source_name"] = f"The {chance.choice(names.LATIN.critics)} Post"
        content["source_url"] = f"https://post.example/{number}" if chance.random() < 0.7 else ""
        content["provenance_note"] = "Invented, source and all, to try this site at scale."
        content["headline_is_ours"] = chance.random() < 0.3
    if content["provenance"] != Provenance.DIGEST and chance.random() < 0.4:
        content["pull_quote"] = opening.cited[0].evidence
    if chance.random() < 0.2:
        content["how_seen"] = "At a press screening, in the third row."
    if chance.random() < 0.1:
        content["disclosure"] = f"The critic once owned a {other_noun} much like the one in the film."
    return content


def _tags(chance: random.Random, cast: Cast) -> list[Tag]:
    """One to three tags, the first of the list by far the most often."""
    drawn = {int((len(cast.tags) + 1) ** chance.random()) - 1 for _ in range(chance.randrange(1, 4))}
    return [cast.tags[place] for place in sorted(drawn)]
