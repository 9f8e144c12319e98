"""What to read next after a review, and why."""

import datetime as dt
import random
from typing import Any

import pytest
from django.test import Client

from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import publishing
from reviews.models import Aspect, Edition, EditionJudgement, Film, Person
from reviews.models.shared.film import Franchise
from reviews.public.pages.reviews import review_page
from reviews.public.reading import argument
from reviews.public.reading.argument_source import IN_OUTLET_ORDER
from reviews.public.reading.read_next import read_next
from reviews.rules.argument import Stance, Verdict, sharpest_with
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_credit,
    make_critic,
    make_edition,
    make_film,
    make_franchise,
    make_judgement,
    make_person,
    make_review,
)
from tests.measures.plans import asked
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
READ = "/reviews/read/"


def judged(stances: dict[Aspect, Stance], *, days: int = 1, **fields: Any) -> Edition:
    """A review that was published some days ago, with a judgement on each of these aspects."""
    review = make_review(**fields)
    for aspect, stance in stances.items():
        make_judgement(review, aspect=aspect, stance=stance)
    return publishing.publish(review, at=MOMENT - days * DAY, backdated=True)


def suggested(page: Document | None = None) -> list[tuple[str, str]]:
    """The reasons, each with the headline below it."""
    page = page or read(READ)
    suggestion = ".//*[@class='suggestion']"
    return list(
        zip(
            page.texts(f"{suggestion}/p[@class='suggestion__reason']"),
            page.texts(f"{suggestion}//*[@class='review-line__headline']"),
            strict=True,
        )
    )


@pytest.fixture
def lead() -> Aspect:
    return make_aspect(name="Lead performance")


@pytest.fixture
def action() -> Aspect:
    return make_aspect(name="Action")


@pytest.fixture
def film() -> Film:
    return make_film(title="Ballerina", slug="ballerina")


def test_reviews_with_few_and_with_many_judgements_share_a_statement(film: Film) -> None:
    aspects = [make_aspect(name=f"Aspect {number}") for number in range(7)]
    judged({}, film=film, slug="of-none", verdict=Verdict.RAVE)
    judged(dict.fromkeys(aspects, Stance.PRAISE), film=film, slug="of-seven", verdict=Verdict.RAVE)
    judged({aspects[0]: Stance.CRITICISM}, film=film, slug="of-one", verdict=Verdict.RAVE)
    with asked() as statements:
        for slug in ("of-none", "of-seven", "of-one"):
            read(f"/reviews/{slug}/")
    wanted = [sql for sql, _values in statements if "reviews_credit" in sql and "judgement" in sql]
    assert len(wanted) == 3
    assert len(set(wanted)) == 1


class TestTheSharpestDisagreement:
    def test_is_whoever_is_opposed_on_the_most(self, film: Film, lead: Aspect, action: Aspect) -> None:
        both, one = {lead: Stance.CRITICISM, action: Stance.CRITICISM}, {lead: Stance.CRITICISM}
        judged({lead: Stance.PRAISE, action: Stance.PRAISE}, film=film, slug="read", verdict=Verdict.RAVE)
        judged(both, film=film, headline="On both", verdict=Verdict.PAN, days=3)
        judged(one, film=film, headline="On one", verdict=Verdict.PAN, days=2)
        assert suggested() == [
            (
                "The sharpest disagreement with this review: opposed on lead performance and action; "
                "rave against pan.",
                "On both",
            )
        ]

    def test_is_suggested_from_either_side(self, film: Film, lead: Aspect) -> None:
        judged({lead: Stance.PRAISE}, film=film, slug="for", headline="For", verdict=Verdict.RAVE)
        judged({lead: Stance.CRITICISM}, film=film, slug="against", headline="Against", verdict=Verdict.PAN)
        for_it, against_it = suggested(read("/reviews/for/")), suggested(read("/reviews/against/"))
        assert [headline for _, headline in for_it + against_it] == ["Against", "For"]

    def test_takes_each_critics_latest_review_and_none_by_the_same_critic(self, film: Film) -> None:
        own, other = make_critic(), make_critic()
        make_edition(film=film, critic=own, slug="read", verdict=Verdict.RAVE)
        make_edition(film=film, critic=own, verdict=Verdict.PAN, at=MOMENT - DAY)
        make_edition(film=film, critic=other, verdict=Verdict.PAN, at=MOMENT - 2 * DAY)
        make_edition(film=film, critic=other, verdict=Verdict.RAVE, at=MOMENT - DAY)
        assert suggested() == []

    def test_is_none_where_nobody_is_opposed(self, film: Film, lead: Aspect) -> None:
        judged({lead: Stance.PRAISE}, film=film, slug="read", verdict=Verdict.RAVE)
        judged({lead: Stance.MIXED}, film=film, verdict=Verdict.MIXED)
        assert suggested() == []

    def test_leads_to_the_two_side_by_side(self, film: Film) -> None:
        make_edition(film=film, slug="read", verdict=Verdict.RAVE)
        make_edition(film=film, slug="another", verdict=Verdict.PAN)
        make_edition(slug="elsewhere", critic=Edition.objects.get(slug="read").critic)
        ways = [href for href in read(READ).hrefs() if href.startswith("/side-by-side/")]
        assert ways == ["/side-by-side/another/read/"]
        assert Client().get(ways[0]).status_code == 200

    def test_is_not_among_the_others_as_well(self, film: Film) -> None:
        make_edition(film=film, slug="read", verdict=Verdict.RAVE)
        make_edition(film=film, headline="Opposed", verdict=Verdict.PAN)
        make_edition(film=film, headline="Of one mind", verdict=Verdict.RAVE)
        page = read(READ)
        next_one, others = page.texts(".//aside")
        assert "Opposed" in next_one
        assert others.startswith("Others on Ballerina (2025)")
        assert "Of one mind" in others
        assert "Opposed" not in others


class TestTheCriticsLatest:
    def test_is_of_another_film_and_names_it(self, film: Film) -> None:
        critic = make_critic(name="Ada Lens")
        make_edition(film=film, critic=critic, slug="read")
        make_edition(critic=critic, headline="Older", at=MOMENT - 2 * DAY)
        make_edition(critic=critic, headline="Newer", film=make_film(title="Dune"), at=MOMENT - DAY)
        make_edition(critic=critic, headline="A second look", film=film)
        assert suggested() == [("The latest by Ada Lens: on Dune (2025).", "Newer")]

    def test_of_a_digest_is_ours_of_what_they_wrote(self) -> None:
        critic = make_critic(name="Ada Lens")
        digest: dict[str, Any] = {"provenance": "digest", "provenance_note": "Known.", "source_name": "Reel"}
        make_edition(critic=critic, slug="read")
        make_edition(critic=critic, headline="Ours", film=make_film(title="Dune"), **digest)
        assert suggested() == [("Our latest digest of a review by Ada Lens: on Dune (2025).", "Ours")]

    def test_is_none_of_somebody_unknown(self) -> None:
        critic = make_critic(name="Unattributed", kind="unknown")
        make_edition(critic=critic, slug="read")
        make_edition(critic=critic)
        assert suggested() == []


class TestAnotherFilms:
    @pytest.fixture
    def series(self) -> Franchise:
        return make_franchise(name="John Wick", slug="john-wick")

    def directed(self, film: Film, *names: str) -> None:
        for position, name in enumerate(names, 1):
            person = Person.objects.filter(name=name).first() or make_person(name=name)
            make_credit(film=film, person=person, job="director", character="", position=position)

    def test_is_of_the_same_series_before_all_else(self, series: Franchise) -> None:
        first, second, third = (make_film(title=title) for title in ("One", "Two", "Three"))
        Film.objects.filter(pk__in=[first.pk, second.pk]).update(franchise=series)
        for film in (first, second, third):
            self.directed(film, "Len Wiseman")
        make_edition(film=first, slug="read", tags=("Action",))
        make_edition(film=second, headline="In the series", at=MOMENT - 2 * DAY)
        make_edition(film=third, headline="Directed", tags=("Action",), at=MOMENT - DAY)
        assert suggested() == [("Also in the John Wick series: on Two (2025).", "In the series")]

    def test_is_else_by_the_same_directors_who_are_named(self, series: Franchise) -> None:
        first, second = make_film(title="One", franchise=series), make_film(title="Two")
        self.directed(first, "Joel Coen", "Ethan Coen", "Somebody Else")
        self.directed(second, "Nobody Else", "Ethan Coen", "Joel Coen")
        make_edition(film=first, slug="read", tags=("Action",))
        make_edition(film=second, headline="Directed", at=MOMENT - 2 * DAY)
        make_edition(headline="Tagged", tags=("Action",))
        assert suggested() == [("Also directed by Ethan Coen and Joel Coen: on Two (2025).", "Directed")]

    def test_is_by_two_directors_of_one_name_who_are_both_named(self) -> None:
        one, other = (make_person(name="Steve McQueen") for _ in range(2))
        for film in (first := make_film(title="One"), make_film(title="Two")):
            for person in (one, other):
                make_credit(film=film, person=person, job="director", character="")
        make_edition(film=first, slug="read")
        make_edition(film=Film.objects.get(title="Two"), headline="Directed")
        (reason, _headline), *_ = suggested()
        assert reason == "Also directed by Steve McQueen and Steve McQueen: on Two (2025)."

    def test_is_of_no_film_in_which_the_director_only_acts(self) -> None:
        first, second, person = make_film(), make_film(), make_person()
        make_credit(film=first, person=person, job="director")
        make_credit(film=second, person=person, job="actor")
        make_edition(film=first, slug="read")
        make_edition(film=second)
        assert suggested() == []

    def test_is_else_the_one_that_shares_the_most_tags_which_are_named(self, film: Film) -> None:
        make_edition(film=film, slug="read", tags=("Action", "Revenge", "Ballet"))
        make_edition(film=make_film(title="Two"), headline="Two tags", tags=("Revenge", "Action", "War"))
        make_edition(headline="One tag", tags=("Action",), at=MOMENT)
        make_edition(film=film, headline="The same film", tags=("Action", "Revenge", "Ballet"))
        assert suggested() == [("Also tagged Action, Revenge: on Two (2025).", "Two tags")]

    def test_is_the_newest_of_equals(self) -> None:
        make_edition(slug="read", tags=("Action",))
        make_edition(headline="Older", tags=("Action",), at=MOMENT - 2 * DAY)
        make_edition(headline="Newer", tags=("Action",), at=MOMENT - DAY)
        assert [headline for _, headline in suggested()] == ["Newer"]

    @pytest.mark.parametrize("kinship", ["series", "director", "tag"])
    def test_is_never_the_critics_latest_over_again(self, kinship: str, series: Franchise) -> None:
        critic, films = make_critic(), [make_film(title=title) for title in ("One", "Two", "Three")]
        if kinship == "series":
            Film.objects.update(franchise=series)
        for film in films if kinship == "director" else ():
            self.directed(film, "Len Wiseman")
        tags = ("Action",) if kinship == "tag" else ()
        make_edition(film=films[0], critic=critic, slug="read", tags=tags)
        make_edition(film=films[1], critic=critic, headline="By them", tags=tags)
        make_edition(film=films[2], headline="Akin", tags=tags, at=MOMENT - DAY)
        assert [headline for _, headline in suggested()] == ["By them", "Akin"]

    def test_is_none_without_anything_in_common(self) -> None:
        make_edition(slug="read", tags=("Action",))
        make_edition(tags=("War",))
        page = read(READ)
        assert suggested(page) == []
        assert "Read next" not in page.text


class TestAPreview:
    def test_suggests_from_judgements_and_tags_that_are_not_published(self, film: Film, lead: Aspect) -> None:
        judged({lead: Stance.CRITICISM}, film=film, headline="Opposed", verdict=None)
        make_edition(headline="Tagged", tags=("Action",))
        draft = make_review(film=film, verdict=None, tags=("Action",))
        make_judgement(draft, aspect=lead, stance=Stance.PRAISE)
        shown = outlook_of(draft).compose()
        response = review_page(shown.edition, tags=shown.tags, judgements=shown.judgements, is_preview=True)
        found = suggested(Document(response.content.decode()))
        assert [headline for _, headline in found] == ["Opposed", "Tagged"]
        assert b"/side-by-side/" not in response.content

    def test_of_a_review_that_is_public_never_suggests_itself(self, film: Film) -> None:
        review = make_edition(film=film, tags=("Action",), verdict=Verdict.RAVE).review
        review.verdict = Verdict.PAN
        shown = outlook_of(review).compose()
        response = review_page(shown.edition, tags=shown.tags, judgements=shown.judgements, is_preview=True)
        assert suggested(Document(response.content.decode())) == []


class TestTheSharpestOfMany:
    """The database chooses the same reviews in the same order as the rules of :mod:`reviews.rules.argument`."""

    @pytest.mark.parametrize("seed", range(6))
    def test_is_the_critic_that_the_rules_choose(self, seed: int, film: Film) -> None:
        chance = random.Random(seed)
        aspects = [make_aspect() for _ in range(4)]
        critics = [make_critic() for _ in range(6)]
        for number in range(9):
            stances = {aspect: chance.choice(list(Stance)) for aspect in aspects if chance.random() < 0.6}
            verdict = chance.choice([None, *Verdict])
            critic = critics[0] if number == 0 else chance.choice(critics)
            judged(
                stances,
                days=chance.randint(1, 4),
                film=film,
                critic=critic,
                verdict=verdict,
                slug=f"r-{number}",
            )
        read_one = Edition.objects.public().for_page().get(slug="r-0")
        newest = Edition.objects.public().of(film).newest_first()
        others: dict[int, Edition] = {}
        for edition in newest.exclude(critic=read_one.critic):
            others.setdefault(edition.critic_id, edition)
        held = {
            edition: list(EditionJudgement.objects.filter(edition=edition).order_by(*IN_OUTLET_ORDER))
            for edition in (read_one, *others.values())
        }
        expected = sharpest_with(
            argument.position(read_one, held[read_one]),
            [argument.position(each, held[each]) for each in others.values()],
        )
        found = [
            suggestion.opposition
            for suggestion in read_next(read_one, judgements=held[read_one], tags=[])
            if suggestion.opposition
        ]
        assert found == ([expected] if expected else [])
