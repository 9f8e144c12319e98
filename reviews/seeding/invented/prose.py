"""Invented prose: bodies of 80 to 200 words with a vocabulary as skewed as a real one.

Rendering takes most of the time of seeding. So a body is joined from two halves, each rendered once and used many
times: an opening, with the passages that judgements cite, and a closing.
"""

import random
import re
import uuid
from dataclasses import dataclass, replace
from functools import cache

from reviews.desk.document.composition import Rendering, rendered
from reviews.models.public.edition import passage_anchor
from reviews.rules.argument import Stance
from reviews.seeding.invented.names import phrases, words
from reviews.text import read_body

NOUNS = words(
    "film scene story camera ending light silence script room joke lead chorus night city letter mirror train dance "
    "staircase rain kitchen promise sister stranger storm window rehearsal corridor orchestra umbrella harbour "
    "garden telephone suitcase quarrel dinner shadow ghost clock river wedding engine map orchard lantern kettle "
    "accordion carousel telegram snowfall lighthouse parrot trombone periscope marmalade barometer"
)
QUALITIES = words(
    "good quiet long strange bright careful funny slow tender cold sly patient crowded nervous generous plain "
    "restless solemn gentle ragged elegant stubborn wistful airy brittle drowsy lopsided mournful velvety "
    "thunderous improbable clockwork moth-eaten marzipan unbuttoned"
)
WAYS = words(
    "never always almost slowly simply rarely gladly barely plainly quietly oddly fondly cheerfully stubbornly "
    "gravely breezily sheepishly luminously"
)
SUBJECTS = phrases(
    "the lead,the supporting cast,the action,the story,the world around them,the villain,the direction,the picture,"
    "the score,the humour"
)
"""The words for each general aspect in a judgement's sentence, in order."""

REMARKS = (
    "It opens on a {quality} {noun} and {way} lets it go, which says most of what there is to say about its {rare}.",
    "There is a {noun} in every second scene, and a {quality} {noun} in the others, as if somebody had lost a wager.",
    "The {noun} and the {noun} are {way} in the same room, and when they are the film becomes a {quality} {rare}.",
    "Halfway through, a {quality} {noun} arrives with a {rare} under its arm, and {way} leaves again.",
    "What begins as a {noun} ends as a {noun}, by way of one {quality} {rare} that nobody in it can explain.",
    "Whoever chose this {noun} had a {quality} eye; whoever cut it had a {quality} {rare} and a train to catch.",
    "You could set your watch by the {noun}, and {way} mind, because the {rare} is so {quality}.",
    "Somebody says {rare} twice, a {noun} falls over, and the {quality} {noun} behind them {way} blinks.",
    "For a {noun} about a {noun} it is {way} {quality}, and it knows what a {rare} is for.",
    "I saw it with a {quality} crowd, who took the {noun} for a {rare} and were {way} wrong.",
    "The last {noun} is a {quality} one, held for as long as a {rare} can bear, and then for a little longer.",
    "Its {noun} comes straight from an older film about a {noun}, and the {quality} {rare} it adds is {way} enough.",
)
STANCES = {
    Stance.PRAISE: (
        "{subject} is a {quality} pleasure from the first {noun} to the last {rare}",
        "nothing here is as {quality} as {subject}, which {way} puts a {noun} wrong",
        "if you come for one thing, come for {subject}, {quality} and {way} short of a {rare}",
    ),
    Stance.MIXED: (
        "{subject} is {quality} for an hour and then merely a {noun} with a {rare}",
        "half of {subject} is a {quality} {noun}, and the other half is {way} there",
        "one can admire {subject} and still wish for a less {quality} {rare}",
    ),
    Stance.CRITICISM: (
        "{subject} is {way} more than a {quality} {noun} in search of a {rare}",
        "the trouble is {subject}, as {quality} as a {noun} left out in the rain",
        "no {rare} could save {subject}, which mistakes a {noun} for something {quality}",
    ),
}
RARE_WORDS = 40_000
_ARTICLE = re.compile(r"\b([Aa]) (?=[aeiou])")

_ONSETS = words("b bl br d dr f fl g gl gr h j k kl l m n p pl pr r s sk sl sp st t tr v w z")
_VOWELS = words("a e i o u ee oo")
_ENDINGS = words("ble ck dle ffin lm mp nk nnet p rk rnel ssock t ttle zzle")


@dataclass(frozen=True)
class Cited:
    """A passage of an opening that a judgement cites. ``aspect`` is the index of a general aspect."""

    aspect: int
    stance: Stance
    evidence: str


@dataclass(frozen=True)
class Half:
    """One half of a body, and what is rendered from it. Anchors are named after ``placeholder`` uids."""

    body: str
    rendering: Rendering
    cited: tuple[Cited, ...]
    is_whole: bool
    """Whether nothing can follow it, because its footnotes come last."""


def joined(opening: Half, closing: Half, uids: list[uuid.UUID]) -> tuple[str, Rendering]:
    """A body of an opening and a closing, with what rendering it would give.

    ``uids`` are those of the judgements that cite the opening's passages: they name the anchors.
    """
    html, told = opening.rendering.html, opening.rendering.text
    for place, uid in enumerate(uids):
        html = html.replace(passage_anchor(placeholder(place)), passage_anchor(uid))
    body = opening.body
    if not opening.is_whole:
        body = f"{body}\n\n{closing.body}"
        html += closing.rendering.html
        told = f"{told}\n\n{closing.rendering.text}"
    return body, replace(opening.rendering, html=html, text=told)


@cache
def opening(number: int, positions: tuple[int, ...]) -> Half:
    """The first half of a body: longer than an excerpt, with two to four cited passages.

    ``positions`` are those of the general aspects: passages are cited in their order.
    """
    chance = random.Random(f"opening {number}")
    aspects = sorted(chance.sample(range(len(SUBJECTS)), chance.choice((2, 2, 3, 3, 4))))
    aspects.sort(key=positions.__getitem__)
    leaning = chance.choice(((4, 2, 1), (2, 2, 2), (1, 2, 4)))
    passages = []
    for aspect in aspects:
        stance = chance.choices((Stance.PRAISE, Stance.MIXED, Stance.CRITICISM), leaning)[0]
        sentence = _filled(chance, chance.choice(STANCES[stance]), subject=SUBJECTS[aspect])
        passages.append((aspect, stance, sentence[0].upper() + sentence[1:]))
    has_spoiler = chance.random() < 0.15
    is_whole = chance.random() < 0.1
    blocks = [_paragraph(chance, 2)]
    if chance.random() < 0.12:
        blocks.append(f"## The {chance.choice(NOUNS)} and the {chance.choice(NOUNS)}")
    shown = passages[:-1] if has_spoiler else passages
    blocks.append(" ".join(_marked(chance, sentence) + "." for _, _, sentence in shown))
    if has_spoiler:
        blocks.append(
            f"::: spoiler The ending\nIn the end, a {_zipf(chance, NOUNS)}. {passages[-1][2]}.\n:::"
        )
    if is_whole:
        blocks[0] += "[^1]"
        blocks += [_paragraph(chance, 3), f"[^1]: Seen twice, the second time with a {_zipf(chance, NOUNS)}."]
    body = "\n\n".join(blocks)
    return _half(body, tuple(Cited(*passage) for passage in passages), is_whole=is_whole)


@cache
def closing(number: int) -> Half:
    """The second half of a body, without cited passages."""
    chance = random.Random(f"closing {number}")
    blocks = [_paragraph(chance, sentences) for sentences in chance.choice(((2,), (3,), (2, 1), (2, 2)))]
    if chance.random() < 0.15:
        blocks.insert(
            0, f"[Its makers](https://films.example/{chance.randrange(1000)}) call it a {_rare(chance)}."
        )
    return _half("\n\n".join(blocks), (), is_whole=False)


def articled(text: str) -> str:
    """The text with "an" before a vowel: its words were drawn after the articles before them."""
    return _ARTICLE.sub(r"\1n ", text)


def placeholder(place: int) -> uuid.UUID:
    """A temporary uid for an opening's judgement, until the real one is known."""
    return uuid.UUID(int=place)


def _half(body: str, cited: tuple[Cited, ...], *, is_whole: bool) -> Half:
    body = articled(body)
    passages = {placeholder(place): each.evidence for place, each in enumerate(cited)}
    return Half(body, rendered(read_body(body), passages), cited, is_whole)


def _paragraph(chance: random.Random, sentences: int) -> str:
    return " ".join(_filled(chance, remark) for remark in chance.sample(REMARKS, sentences))


def _filled(chance: random.Random, sentence: str, subject: str = "") -> str:
    """The sentence with a random word in each gap; a second gap of the same kind gets another word."""
    parts = []
    for part in sentence.replace("}", "{").split("{"):
        drawn = {"noun": NOUNS, "quality": QUALITIES, "way": WAYS}.get(part)
        if drawn:
            part = _zipf(chance, [word for word in drawn if word not in parts])
        elif part == "rare":
            part = _rare(chance)
        elif part == "subject":
            part = subject
        parts.append(part)
    return articled("".join(parts))


def _marked(chance: random.Random, sentence: str) -> str:
    """The sentence, sometimes with one word emphasised: evidence must be found across markup."""
    if chance.random() > 0.3:
        return sentence
    spoken = sentence.split(" ")
    place = chance.randrange(1, len(spoken) - 1)
    spoken[place] = f"*{spoken[place]}*"
    return " ".join(spoken)


def _zipf(chance: random.Random, ranked: list[str]) -> str:
    """One of the words; the frequency of a word falls with its rank (Zipf's law)."""
    return ranked[int((len(ranked) + 1) ** chance.random()) - 1]


def _rare(chance: random.Random) -> str:
    """An invented word; a few are common, most occur in very few bodies."""
    number = int((RARE_WORDS + 1) ** chance.random()) - 1
    number = number * 7919 % RARE_WORDS
    number, onset = divmod(number, len(_ONSETS))
    number, vowel = divmod(number, len(_VOWELS))
    number, ending = divmod(number, len(_ENDINGS))
    return f"{_ONSETS[onset]}{_VOWELS[vowel]}{_ONSETS[number % len(_ONSETS)]}{_VOWELS[number % 5]}{_ENDINGS[ending]}"
