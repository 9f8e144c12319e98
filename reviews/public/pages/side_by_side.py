"""Two reviews of a film side by side: aspect by aspect, then in full."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.models.public.edition import Edition, EditionJudgement
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.queryset import seldom
from reviews.public.addresses import reviews_at, side_by_side_path
from reviews.public.pages.page import Feed, Page, public_page, render_page
from reviews.public.reading.argument import position
from reviews.public.reading.argument_source import IN_OUTLET_ORDER
from reviews.public.reading.cards import film_card
from reviews.public.reading.pictures import pictures_of
from reviews.public.reading.summary import aspect_in_sentence, aspects_listed, opposition_line
from reviews.public.reading.verdicts import count_verdicts
from reviews.public.reading.words import verdict_word
from reviews.rules.argument import Disagreement, Stance, disagreement
from reviews.text import apart, lowered

HEADINGS_UNDER = 2
"""How many levels lower a body's headings are than on its own page: here each body is under a heading."""


@public_page
def side_by_side(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Any two reviews of one film, by two critics or by one critic who reviewed it twice."""
    found = reviews_at(one, other)
    if len(found) < 2:
        raise Http404
    first, second = found[one], found[other]
    if first.review_uid == second.review_uid or first.film_id != second.film_id:
        raise Http404
    if [one, other] != sorted([first.slug, second.slug]):
        return HttpResponsePermanentRedirect(side_by_side_path(first, second))
    argument = Argument(first, second)
    film = first.film
    heading = argument.heading
    page = Page(
        side_by_side_path(first, second),
        str(heading),
        _("%(heading)s, side by side. %(line)s") % {"heading": heading, "line": argument.line},
        feed=Feed(_("Reviews of %(film)s") % {"film": film}, reverse("film_feed", args=[film.slug])),
        card=lambda outlet: film_card(film, count_verdicts([film])[film.pk], outlet),
    )
    context = {
        "film": film,
        "argument": argument,
        "heading": heading,
        "pictures": pictures_of([first, second]),
    }
    return render_page("reviews/side_by_side.html", page, context)


@dataclass(frozen=True)
class Words:
    """A part of the heading: a name, which is not wrapped if it fits on a line, or the words between names."""

    words: str
    is_name: bool = False
    is_film: bool = False


@dataclass(frozen=True)
class PairHeading:
    """The heading of the page, in parts."""

    parts: list[Words]

    def __str__(self) -> str:
        return "".join(part.words for part in self.parts)


@dataclass(frozen=True)
class PairSide:
    """One of the two reviews: ``name`` says which, and ``in_full`` is the HTML id of its full text."""

    edition: Edition
    name: str

    @property
    def in_full(self) -> str:
        return f"in-full-{self.edition.review_uid}"

    @property
    def way(self) -> str:
        """The text of the link to the full text: a digest of a review is not the critic's own."""
        if self.edition.critic.is_unknown:
            return _("Read our digest in full") if self.edition.is_digest else _("Read the review in full")
        way = (
            _("Read our digest of %(critic)s in full")
            if self.edition.is_digest
            else _("Read %(critic)s in full")
        )
        return way % {"critic": self.name}

    @property
    def body(self) -> str:
        """The body, adapted to be on a page with another one; its pictures have only their places yet."""
        home = self.edition.get_absolute_url()
        # Rendered and sanitised at publication; only ids, labels, links and headings are changed here.
        body = apart(self.edition.body_html, self.in_full, home=home, name=self.name)
        return lowered(body, HEADINGS_UNDER)


@dataclass(frozen=True)
class Held:
    """One side's judgement of an aspect; ``judgement`` is None if it has none."""

    side: PairSide
    aspect: Aspect
    judgement: EditionJudgement | None

    @property
    def label(self) -> str:
        return _("%(critic)s on %(aspect)s") % {
            "critic": self.side.name,
            "aspect": aspect_in_sentence(self.aspect),
        }


@dataclass(frozen=True)
class PairLine:
    """An aspect that at least one side judges."""

    aspect: Aspect
    one: Held
    other: Held

    @property
    def sides(self) -> tuple[Held, Held]:
        return self.one, self.other


@dataclass(frozen=True)
class PairGroup:
    """Aspects on which the two agree, differ, or are opposed, in the outlet's order, under a heading."""

    name: str
    heading: str
    lines: list[PairLine]


class Argument:
    """The stances of two reviews of a film, the more favourable review first. One query."""

    def __init__(self, first: Edition, second: Edition) -> None:
        self.film = first.film
        said: dict[Edition, dict[Aspect, EditionJudgement]] = {first: {}, second: {}}
        by_pk = {edition.pk: edition for edition in said}
        judgements = EditionJudgement.objects.filter(
            seldom(Q(edition__in=by_pk)), edition__in=by_pk
        ).select_related("aspect")
        aspects: dict[Aspect, None] = {}
        for judgement in judgements.order_by(*IN_OUTLET_ORDER):
            said[by_pk[judgement.edition_id]][judgement.aspect] = judgement
            aspects[judgement.aspect] = None
        self.opposition: Disagreement[Edition, Aspect] = disagreement(
            position(first, said[first].values()), position(second, said[second].values())
        )
        names = told_apart(first, second)
        self.one, self.other = (
            PairSide(edition, names[edition]) for edition in (self.opposition.one, self.opposition.other)
        )
        self.lines = [self._line(aspect, said) for aspect in aspects]

    def _line(self, aspect: Aspect, said: Mapping[Edition, Mapping[Aspect, EditionJudgement]]) -> PairLine:
        one, other = (Held(side, aspect, said[side.edition].get(aspect)) for side in self.sides)
        return PairLine(aspect, one, other)

    @property
    def sides(self) -> tuple[PairSide, PairSide]:
        return self.one, self.other

    @cached_property
    def groups(self) -> list[PairGroup]:
        """All aspects that either judges: first those on which they are opposed, last those that only one judges."""
        groups = [
            PairGroup("opposed", _("Opposed"), []),
            PairGroup("differ", _("They differ"), []),
            PairGroup("agree", _("They agree"), []),
            PairGroup("alone", _("Only one speaks of it"), []),
        ]
        by_name = {group.name: group.lines for group in groups}
        for line in self.lines:
            by_name[_how(line)].append(line)
        return [group for group in groups if group.lines]

    @property
    def heading(self) -> PairHeading:
        critic = self.one.edition.critic
        if critic != self.other.edition.critic:
            sentence = _("%(one)s and %(other)s on %(film)s")
        elif critic.is_unknown:
            sentence = _("Two unattributed reviews of %(film)s")
        else:
            sentence = _("%(one)s on %(film)s, twice")
        names = {"one": critic.name, "other": self.other.edition.critic.name, "film": str(self.film)}
        parts = re.split(r"%\((one|other|film)\)s", sentence)
        return PairHeading(
            [
                Words(names[part], is_name=True, is_film=part == "film") if n % 2 else Words(part)
                for n, part in enumerate(parts)
                if part
            ]
        )

    @property
    def line(self) -> str:
        """What they disagree about, in a sentence or two; if nothing, what they agree on."""
        held = {group.name: aspects_listed([line.aspect for line in group.lines]) for group in self.groups}
        sentences = [opposition_line(self.opposition)]
        if "opposed" in held:
            pass
        elif "differ" in held:
            sentences.append(_("They differ on %(aspects)s.") % {"aspects": held["differ"]})
        elif "agree" in held:
            agreed = _("On every aspect that both speak of they agree: %(aspects)s.")
            sentences.append(agreed % {"aspects": held["agree"]})
        else:
            sentences.append(_("They speak of no aspect in common."))
        one, other = self.one.edition.verdict, self.other.edition.verdict
        if one is not None and one == other:
            sentences.append(_("Both verdicts are the same: %(verdict)s.") % {"verdict": verdict_word(one)})
        return " ".join(filter(None, sentences))


def _how(line: PairLine) -> str:
    """The name of the group for an aspect."""
    if line.one.judgement is None or line.other.judgement is None:
        return "alone"
    one, other = Stance(line.one.judgement.stance), Stance(line.other.judgement.stance)
    if one == other:
        return "agree"
    return "opposed" if one == -other else "differ"


def told_apart(first: Edition, second: Edition) -> dict[Edition, str]:
    """A name for each of two reviews: its critic; for a single critic, the earlier and the later one.

    Two critics with the same name are distinguished by their headlines.
    """
    if first.critic_id != second.critic_id:
        if first.critic.name != second.critic.name:
            return {edition: edition.critic.name for edition in (first, second)}
        return {
            edition: _("%(critic)s, %(headline)s")
            % {"critic": edition.critic.name, "headline": edition.headline}
            for edition in (first, second)
        }
    earlier, later = sorted([first, second], key=lambda each: (each.first_visible_from, each.review_uid))
    critic = {"critic": first.critic.name}
    return {earlier: _("%(critic)s, earlier") % critic, later: _("%(critic)s, later") % critic}
