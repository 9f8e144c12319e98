"""The demo's fixture: its facts on every page, and loading it again changes nothing."""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from html import unescape

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from reviews import text
from reviews.models import Aspect, Critic, Edition, EditionJudgement, Film, Judgement, PublicState, Review

pytestmark = pytest.mark.django_db

Capture = Callable[..., AbstractContextManager[list[Callable[[], object]]]]

VERDICTS = {
    "jeff-ewing": 1,
    "latestbuz": 0,
    "adam-nayman": -2,
    "eileen-jones": 2,
    "unattributed": 1,
}
JUDGEMENTS = {"jeff-ewing": 9, "latestbuz": 8, "adam-nayman": 8, "eileen-jones": 7, "unattributed": 9}
PROVENANCE = {
    "jeff-ewing": "Our digest of Jeff Ewing’s review in The Direct.",
    "latestbuz": "Our digest of LatestBuz’s review.",
    "adam-nayman": "Our digest of Adam Nayman’s review in Sight and Sound.",
    "eileen-jones": "Our digest of Eileen Jones’s review in Jacobin.",
    "unattributed": "Our digest of a review whose author and outlet we could not establish.",
}
ADDRESSES = {
    "jeff-ewing": "https://thedirect.com/reviews-ratings/ballerina-review",
    "latestbuz": "https://latestbuz.com/2025/06/ballerina-puts-ana-de-armas-in-the-spotlight-but-can-she-outgun-john-wick",
    "eileen-jones": "https://jacobin.com/2025/06/john-wick-ballerina-de-armas-action",
}
QUOTES = re.compile(r"[“”„«»\"]|<q\b|<blockquote")


@pytest.fixture
def demo(django_capture_on_commit_callbacks: Capture) -> None:
    load(django_capture_on_commit_callbacks)


def load(capture: Capture) -> None:
    with capture(execute=True):
        call_command("loaddata", "ballerina", verbosity=0)


def every_row() -> dict[str, list[dict[str, object]]]:
    """All that the site knows. The public state is another after every load: pages that are kept are made anew."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("reviews").get_models()
        if model is not PublicState
    }


def words(client: Client, path: str) -> str:
    """What a page says, without its markup."""
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


class TestLoading:
    def test_it_alone_makes_the_whole_site_work(self, demo: None, client: Client) -> None:
        assert Edition.objects.public().count() == 5
        for name in ("home", "film_list", "critic_list", "review_list", "person_list", "tag_list", "about"):
            assert client.get(reverse(name)).status_code == 200

    def test_again_it_changes_no_row(self, demo: None, django_capture_on_commit_callbacks: Capture) -> None:
        before = every_row()
        load(django_capture_on_commit_callbacks)
        assert every_row() == before


@pytest.mark.usefixtures("demo")
class TestFacts:
    def test_thirteen_aspects_three_of_them_the_films_own(self) -> None:
        assert Aspect.objects.count() == 13
        assert Aspect.objects.filter(film__slug="ballerina").count() == 3

    def test_forty_one_judgements(self) -> None:
        counts = Counter(
            EditionJudgement.objects.filter(edition__in=Edition.objects.public()).values_list(
                "edition__critic__slug", flat=True
            )
        )
        assert counts == JUDGEMENTS

    def test_the_verdicts(self) -> None:
        assert dict(Edition.objects.public().values_list("critic__slug", "verdict")) == VERDICTS

    def test_no_rating_anywhere(self) -> None:
        assert set(Edition.objects.public().values_list("rating", "rating_score")) == {("", None)}

    def test_digests_hold_250_to_450_words_and_no_quotation_marks(self) -> None:
        for review in Review.objects.all():
            assert 250 <= text.word_count(review.body) <= 450, review.slug
            assert not QUOTES.search(review.standfirst + review.body + review.pull_quote), review.slug

    def test_every_judgement_rests_on_a_passage(self) -> None:
        for judgement in Judgement.objects.all():
            assert text.find_passage(judgement.review.body, judgement.evidence), judgement

    def test_the_headline_of_the_unattributed_one_alone_is_ours(self) -> None:
        assert list(Edition.objects.filter(headline_is_ours=True).values_list("critic__kind", flat=True)) == [
            "unknown"
        ]


@pytest.mark.usefixtures("demo")
class TestPages:
    def test_the_film_page_shows_five_critics_and_their_verdicts(self, client: Client) -> None:
        page = words(client, Film.objects.get().get_absolute_url())
        for critic in Critic.objects.all():
            assert critic.name in page
        assert "Five critics: three for, one mixed, one against." in page

    @pytest.mark.parametrize("slug", VERDICTS)
    def test_each_critics_page_lists_their_review(self, slug: str, client: Client) -> None:
        edition = Edition.objects.public().get(critic__slug=slug)
        assert edition.headline in words(client, reverse("critic_detail", args=[slug]))

    @pytest.mark.parametrize("slug", PROVENANCE)
    def test_each_provenance_line_reads_as_it_should(self, slug: str, client: Client) -> None:
        edition = Edition.objects.public().get(critic__slug=slug)
        for path in (edition.get_absolute_url(), reverse("film_detail", args=["ballerina"]), reverse("home")):
            assert PROVENANCE[slug].replace(".", "") in words(client, path).replace(" .", "").replace(".", "")

    @pytest.mark.parametrize("slug", VERDICTS)
    def test_the_original_is_linked_where_its_address_is_known(self, slug: str, client: Client) -> None:
        page = client.get(Edition.objects.public().get(critic__slug=slug).get_absolute_url()).content.decode()
        if slug in ADDRESSES:
            assert f'href="{ADDRESSES[slug]}"' in page
        else:
            assert 'href=""' not in page

    def test_nothing_of_ours_stands_in_quotation_marks(self, client: Client) -> None:
        for edition in Edition.objects.public():
            html = client.get(edition.get_absolute_url()).content.decode()
            article = html[html.index("<article") : html.index("</article>")]
            assert not QUOTES.search(re.sub(r"<(?!q\b|blockquote)[^>]+>", "", article)), edition.slug

    def test_no_surface_credits_a_critic_with_a_digest(self, client: Client) -> None:
        feed = client.get(reverse("review_feed")).content.decode()
        assert set(re.findall(r"<dc:creator>(.*?)</dc:creator>", feed)) == {"The Dissenting Row"}
        for edition in Edition.objects.public():
            html = client.get(edition.get_absolute_url()).content.decode()
            authors = re.findall(r'property="article:author" content="([^"]+)"', html)
            assert authors
            assert all("/critics/" not in author for author in authors)
            assert '"author": {"@type": "Organization"' in html or '"author":{"@type":"Organization"' in html
            assert "reviewRating" not in html
