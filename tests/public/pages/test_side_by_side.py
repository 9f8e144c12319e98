"""Two reviews side by side: which is on which side, and what is compared."""

import pytest

from reviews.models import Aspect
from reviews.seeding.factories import MOMENT, make_aspect, make_critic, make_film, make_outlet
from tests.public.pages.pairs import BODY, DAY, publish, two
from tests.reading import Document, read, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SPOILING = f"{BODY}\n\n::: spoiler The end\nThe killer is the butler.\n:::"


def held(page: Document) -> dict[str, str]:
    """The text under the name of each critic and aspect."""
    return {element.get("aria-label", ""): written(element) for element in page.all(".//div[@role='group']")}


class TestTheSides:
    def test_the_more_favourable_is_first(self) -> None:
        film = make_film(title="La Haine", release_year=1995)
        publish("ada", film, verdict=-1, critic=make_critic(name="Ada Lens"))
        publish("bo", film, verdict=1, critic=make_critic(name="Bo Frame"))
        page = read("/side-by-side/ada/bo/")
        assert page.texts(".//h1") == ["Bo Frame and Ada Lens on La Haine (1995)"]
        assert page.text.index("Verdict: positive") < page.text.index("Verdict: negative")

    def test_the_heading_links_to_the_film(self) -> None:
        page = two()
        (link,) = page.all(".//h1/a")
        assert written(link) == "La Haine (1995)"
        assert (link.get("href") or "").startswith("/films/film-")

    def test_each_is_introduced(self) -> None:
        make_outlet()
        page = two(rating="★★★½", headline="So far so good")
        (side, _other) = page.all(".//div[@class='beside-side is-seated is-rave']") + page.all(
            ".//div[@class='beside-side is-seated is-pan']"
        )
        words = written(side)
        for said in ("By Ada Lens", "Verdict: rave", "★★★½", "So far so good", "Written for The Test Reel."):
            assert said in words
        for said in ("6 June 2025", "Read Ada Lens in full"):
            assert said in words

    def test_two_reviews_by_one_critic_are_told_apart_by_time(self) -> None:
        film, ada = make_film(title="La Haine", release_year=1995), make_critic(name="Ada Lens")
        publish("a", film, critic=ada, verdict=-1, at=MOMENT - DAY)
        aspect = make_aspect(name="Action")
        publish("b", film, critic=ada, verdict=1, says=[(aspect, 1)])
        page = read("/side-by-side/a/b/")
        assert page.texts(".//h1") == ["Ada Lens on La Haine (1995), twice"]
        assert list(held(page)) == ["Ada Lens, later on action", "Ada Lens, earlier on action"]

    def test_two_unknown_authors_are_not_called_one_critic(self) -> None:
        film, nobody = make_film(title="La Haine", release_year=1995), make_critic(kind="unknown")
        publish("a", film, critic=nobody)
        publish("b", film, critic=nobody)
        page = read("/side-by-side/a/b/")
        assert page.texts(".//h1") == ["Two unattributed reviews of La Haine (1995)"]


class TestTwoCriticsOfOneName:
    def test_are_told_apart_by_their_headlines(self) -> None:
        film, action = make_film(title="La Haine"), make_aspect(name="Action")
        for slug, verdict in (("ada", 2), ("bo", -2)):
            critic = make_critic(name="Ada Lens")
            publish(
                slug,
                film,
                says=[(action, verdict // 2)],
                critic=critic,
                verdict=verdict,
                headline=f"By {slug}",
            )
        page = read("/side-by-side/ada/bo/")
        assert list(held(page)) == ["Ada Lens, By ada on action", "Ada Lens, By bo on action"]


class TestTheSummary:
    @pytest.fixture
    def aspects(self) -> list[Aspect]:
        return [make_aspect(name=name) for name in ("Lead", "Action", "Story")]

    def line(self, page: Document) -> str:
        (line,) = page.texts(".//p[@class='beside-head__line']")
        return line

    def test_is_in_a_sentence_on_the_page_and_on_share_cards(self, aspects: list[Aspect]) -> None:
        page = two(
            one=[(aspect, 1) for aspect in aspects],
            other=[(aspects[0], -1), (aspects[1], -1), (aspects[2], 0)],
        )
        assert self.line(page) == "Opposed on lead and action; rave against pan."
        assert page.meta("og:title") == "Ada Lens and Bo Frame on La Haine (1995)"
        assert page.meta("description") == (
            "Ada Lens and Bo Frame on La Haine (1995), side by side. "
            "Opposed on lead and action; rave against pan."
        )

    def test_names_differences_if_nothing_is_opposed(self, aspects: list[Aspect]) -> None:
        page = two(
            one=[(aspects[0], 1), (aspects[1], 1)], other=[(aspects[0], 0), (aspects[1], 1)], verdict=1
        )
        assert self.line(page) == "They differ on lead. Both verdicts are the same: positive."

    def test_names_the_agreement_if_nothing_differs(self, aspects: list[Aspect]) -> None:
        page = two(
            one=[(aspects[0], 1), (aspects[1], 0)], other=[(aspects[0], 1), (aspects[1], 0)], verdict=0
        )
        assert self.line(page) == (
            "On every aspect that both speak of they agree: lead and action. Both verdicts are the same: mixed."
        )

    def test_names_opposed_verdicts_beside_agreement(self, aspects: list[Aspect]) -> None:
        page = two(one=[(aspects[0], 1)], other=[(aspects[0], 1)])
        assert self.line(page) == "Rave against pan. On every aspect that both speak of they agree: lead."

    def test_says_that_there_is_no_aspect_in_common(self, aspects: list[Aspect]) -> None:
        page = two(one=[(aspects[0], 1)], other=[(aspects[1], 1)], verdict=None)
        assert self.line(page) == "They speak of no aspect in common."


class TestAspectByAspect:
    def test_opposed_aspects_come_first_then_different_agreed_and_single_ones(self) -> None:
        names = ("Agreed", "Alone", "Differing", "Opposed", "Opposed too")
        agreed, alone, differing, opposed, too = (make_aspect(name=name) for name in names)
        own = make_aspect(name="Its own", position=0)
        page = two(
            one=[(agreed, 1), (differing, 0), (opposed, -1), (too, 1), (own, 1)],
            other=[(agreed, 1), (alone, -1), (differing, -1), (opposed, 1), (too, -1)],
        )
        assert page.texts(".//h3[@class='contests__how']") == [
            *("Opposed", "They differ", "They agree", "Only one speaks of it")
        ]
        assert page.texts(".//h4") == ["Opposed", "Opposed too", "Differing", "Agreed", "Its own", "Alone"]

    def test_each_stance_has_its_word_its_sign_and_its_passage(self) -> None:
        action = make_aspect(name="Action")
        page = two(one=[(action, 1, "The script does less.")], other=[(action, -1)])
        said = held(page)
        assert "praise “The script does less.”" in said["Ada Lens on action"]
        assert "criticism “the fights are clear”" in said["Bo Frame on action"]
        signs = [use.get("href") for use in page.all(".//p[@class='held__stance']/{*}svg/{*}use")]
        assert signs == ["#sign-praise", "#sign-criticism"]

    def test_a_critic_without_a_stance_is_silent(self) -> None:
        page = two(one=[(make_aspect(name="Action"), 1)])
        assert held(page)["Bo Frame on action"] == "Bo Frame silent"

    def test_each_passage_links_to_its_place(self) -> None:
        action = make_aspect(name="Action")
        page = two(one=[(action, 1)])
        (address,) = [href for href in page.hrefs() if "#passage-" in href]
        path, _, anchor = address.partition("#")
        assert path == "/reviews/ada/"
        assert read(path).all(f".//*[@id='{anchor}']")

    def test_a_passage_in_a_spoiler_is_folded(self) -> None:
        story = make_aspect(name="Story")
        page = two(one=[(story, -1, "The killer is the butler.")], body=SPOILING)
        for fold in page.all(".//details"):
            for child in list(fold):
                if child.tag != "summary":
                    fold.remove(child)
        assert "This passage gives something away" in page.text
        assert "butler" not in page.text
        assert "butler" not in (page.meta("description") or "")


class TestInFull:
    def test_both_bodies_are_on_the_page_with_links_from_its_head(self) -> None:
        page = two(body="Only here[^1].\n\n## A part\n\n[^1]: A note.")
        ways = [link.get("href", "")[1:] for link in page.all(".//p[@class='beside-side__way']/a")]
        assert len(ways) == 2
        for way in ways:
            (article,) = page.all(f".//article[@id='{way}']")
            assert "Only here" in written(article)
            assert [heading.tag for heading in article.iter() if written(heading) == "A part"] == ["h4"]

    def test_footnote_marks_link_to_their_own_notes(self) -> None:
        page = two(body="Here[^1] and [out](#main).\n\n[^1]: A note.")
        found = [element.get("id", "") for element in page.root.iter() if element.get("id")]
        assert len(set(found)) == len(found)
        marks = [link.get("href", "") for link in page.all(".//a[@role='doc-noteref']")]
        assert len(set(marks)) == 2
        assert {mark[1:] for mark in marks} <= set(found)
        assert "/reviews/ada/#main" in page.hrefs()

    def test_spoilers_stay_folded(self) -> None:
        page = two(body=SPOILING)
        assert len(page.all(".//article//details[@class='spoiler']")) == 2


class TestADigest:
    @pytest.fixture
    def page(self) -> Document:
        action = make_aspect(name="Action")
        return two(
            one=[(action, 1)],
            other=[(action, -1)],
            provenance="digest",
            source_name="Reel",
            source_url="https://reel.example/review",
            provenance_note="What is known.",
        )

    def test_is_not_in_quotation_marks(self, page: Document) -> None:
        assert not page.all(".//q")
        assert not page.all(".//blockquote")
        assert not set('“”«»„"') & set(page.text)
        assert "In our digest: the fights are clear" in held(page)["Ada Lens on action"]

    def test_is_not_the_critics_own(self, page: Document) -> None:
        assert "By Ada Lens" not in page.text
        assert "Read Ada Lens in full" not in page.text
        assert "Read our digest of Ada Lens in full" in page.text
        assert "Our reading: rave" in page.text

    def test_says_whose_review_it_digests_at_its_head_and_over_its_text(self, page: Document) -> None:
        assert page.text.count("Our digest of Ada Lens’s review in Reel.") == 2
        assert page.text.count("Our digest of Bo Frame’s review in Reel.") == 2
