"""The front page, critics, people, tags."""

import datetime as dt

import pytest

from reviews.models import CriticLink
from reviews.seeding.factories import (
    MOMENT,
    make_credit,
    make_critic,
    make_edition,
    make_film,
    make_outlet,
    make_person,
    make_review,
)
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)


class TestHome:
    def test_it_shows_the_latest_reviews_and_where_the_critics_stand(self) -> None:
        make_outlet(tagline="Films, argued.")
        film = make_film(title="La Haine", slug="la-haine", release_year=1995)
        make_edition(film=film, headline="So far so good")
        make_edition(film=film, headline="Not yet", at=MOMENT + DAY)
        page = read("/")
        for words in ("The Test Reel", "Films, argued.", "So far so good", "One critic: one for."):
            assert words in page.text
        assert "Not yet" not in page.text
        assert "/films/la-haine/" in page.hrefs()

    def test_it_shows_ten_reviews_and_leads_to_the_rest(self) -> None:
        for _ in range(12):
            make_edition()
        page = read("/")
        assert len(page.all(".//article[@class='lead']")) == 1
        assert len(page.all(".//article[@class='latest-review']")) == 9
        assert "All reviews" in page.text


class TestCritics:
    def test_the_list_is_by_name_and_of_those_with_a_public_review(self) -> None:
        make_edition(critic=make_critic(name="Zoë", slug="zoe"))
        make_edition(critic=make_critic(name="Åke", slug="ake", affiliation="Reel"))
        make_review(critic=make_critic(name="Hidden", slug="hidden"))
        page = read("/critics/")
        assert page.texts(".//h2") == ["Åke", "Zoë"]
        assert "Reel" in page.text
        read("/critics/hidden/", status=404)

    def test_a_critics_page_holds_who_they_are_and_every_public_review(self) -> None:
        critic = make_critic(name="Ada Lens", slug="ada", bio="Watches.\n\nWrites.", affiliation="Reel")
        CriticLink.objects.create(critic=critic, label="Podcast", url="https://pod.example/")
        make_edition(critic=critic, headline="Seen")
        make_edition(critic=critic, headline="Unseen", at=MOMENT + DAY)
        make_edition(headline="Somebody else’s")
        page = read("/critics/ada/")
        assert page.texts(".//h3") == ["Seen"]
        for words in ("Ada Lens", "Watches.", "Writes.", "Reel", "Podcast"):
            assert words in page.text
        assert "https://pod.example/" in page.hrefs()


class TestPeople:
    def test_somebody_is_listed_while_a_film_of_theirs_is_public(self) -> None:
        film, hidden = make_film(title="Shown", slug="shown"), make_film(title="Hidden", slug="hidden")
        ana = make_person(name="Ana", slug="ana", imdb_id="nm1869101")
        make_credit(film=film, person=ana, character="Eve")
        make_credit(film=film, person=ana, job="producer", character="")
        make_credit(film=hidden, person=ana, character="Secret part")
        make_credit(film=hidden, person=make_person(name="Nobody", slug="nobody"))
        make_edition(film=film)
        make_review(film=hidden)
        assert "Nobody" not in read("/people/").text
        read("/people/nobody/", status=404)
        page = read("/people/ana/")
        assert "Shown (2025) Producer Cast: Eve" in page.text
        assert "Secret part" not in page.text
        assert "https://www.imdb.com/name/nm1869101/" in page.hrefs()


class TestTags:
    @pytest.mark.parametrize(
        ("name", "slug"), [("Кино", "кино"), ("🎬", "clapper-board"), ("C++", "c-plus-plus")]
    )
    def test_a_tag_of_any_script_has_a_page(self, name: str, slug: str) -> None:
        make_edition(tags=(name, "C"), headline="Tagged")
        page = read(f"/tags/{slug}/")
        assert page.texts(".//h1") == [name]
        assert page.texts(".//h3") == ["Tagged"]
        assert name in read("/tags/").text

    def test_a_tag_that_only_hidden_reviews_carry_does_not_exist(self) -> None:
        make_edition(tags=("Secret",), at=MOMENT + DAY)
        assert "Secret" not in read("/tags/").text
        read("/tags/secret/", status=404)
