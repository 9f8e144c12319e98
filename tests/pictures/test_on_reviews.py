"""The pictures of a review's page: the hero at its head, and figures where the body has pictures."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from reviews import clock
from reviews.audit.counting import counted
from reviews.desk.verbs import publishing
from reviews.models import Edition, Film, Picture, PictureFile
from reviews.seeding.factories import (
    MOMENT,
    make_critic,
    make_edition,
    make_film,
    make_outlet,
    make_picture,
)
from tests.desk.reading import change, reread
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
INSTANT = dt.timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def outlet() -> Any:
    return make_outlet()


def page_of(edition: Edition) -> Document:
    return read(edition.get_absolute_url())


def source_of(path: str) -> str:
    """The HTML of a page."""
    return Client().get(path).content.decode()


def tokens_in(edition: Edition) -> set[str]:
    """The tokens of the pictures that its page shows."""
    return set(re.findall(r"/pictures/([\w-]{22})/", source_of(edition.get_absolute_url())))


def illustrated(*names: str, **fields: Any) -> Edition:
    """An edition with a picture of each of these names in its body."""
    body = "\n\n".join(["The camera waits.", *(f"![](picture:{name})" for name in names), "It ends."])
    return make_edition(**{"body": body} | fields)


def new_version(picture: Picture) -> PictureFile:
    file = PictureFile.objects.get(pk=picture.file_id)
    file.pk, file.uid, file.token, file.number = None, Picture().uid, "another-token-of-22-ab", 2
    file._state.adding = True
    file.save()
    Picture.objects.filter(pk=picture.pk).update(file=file)
    return file


class TestTheHero:
    def test_is_at_the_head_with_caption_and_credit(self) -> None:
        hero = make_picture(alt="A van in the rain", caption="On the run.", credit="Photo: Ines Rey")
        page = page_of(make_edition(hero=hero))
        (figure,) = page.root.findall(".//header/figure")
        (image,) = figure.findall(".//img")
        assert (image.get("alt"), image.get("fetchpriority"), image.get("loading")) == (
            "A van in the rain",
            "high",
            None,
        )
        assert page.texts(".//header/figure/figcaption") == ["On the run. Photo: Ines Rey"]

    def test_is_asked_for_once_because_nothing_else_is_in_the_element(self) -> None:
        page = page_of(make_edition(hero=make_picture()))
        (element,) = page.root.findall(".//header/figure//picture")
        assert [child.tag for child in element] == ["source", "source", "img"]

    def test_is_loaded_before_the_page_is_read_that_far(self) -> None:
        page = page_of(make_edition(hero=make_picture()))
        (link,) = page.root.findall(".//head/link[@rel='preload'][@as='image']")
        (source,) = page.root.findall(".//header/figure//source[@type='image/avif']")
        assert link.get("imagesrcset") == source.get("srcset")
        assert link.get("imagesizes") == source.get("sizes")
        assert link.get("type") == "image/avif"

    def test_is_the_films_still_where_there_is_none(self) -> None:
        still = make_picture(credit="Photo: the still")
        film = make_film(still=still)
        assert "Photo: the still" in page_of(make_edition(film=film)).text
        own = make_picture(credit="Photo: our own")
        page = page_of(make_edition(film=film, hero=own))
        assert "Photo: our own" in page.text
        assert "Photo: the still" not in page.text

    def test_nothing_is_in_its_place_where_there_is_neither(self) -> None:
        page = page_of(make_edition())
        assert page.root.findall(".//figure") == []
        assert page.root.findall(".//head/link[@as='image']") == []

    @pytest.mark.parametrize(
        ("terms", "begins", "ends"),
        [({"embargo_until": MOMENT + DAY}, False, True), ({"rights_until": MOMENT + DAY}, True, False)],
    )
    def test_goes_up_and_down_by_its_own_terms_and_leaves_the_still(
        self, terms: dict[str, Any], begins: bool, ends: bool
    ) -> None:
        still, hero = make_picture(), make_picture(**terms)
        edition = make_edition(film=make_film(still=still), hero=hero)
        shown = {True: {hero.file.token}, False: {still.file.token}}
        with clock.frozen_at(MOMENT + DAY - INSTANT):
            assert tokens_in(edition) == shown[begins]
        with clock.frozen_at(MOMENT + DAY):
            assert tokens_in(edition) == shown[ends]


class TestAFigureOfTheBody:
    def test_stands_in_its_place_lazily_with_caption_and_credit(self) -> None:
        make_picture(name="van", alt="A van", caption="On the run.", credit="Photo: Ines Rey")
        page = page_of(illustrated("van"))
        (body,) = page.root.findall(".//div[@class='review__body']")
        assert [child.tag for child in body] == ["p", "figure", "p"]
        (image,) = body.findall(".//img")
        assert (image.get("alt"), image.get("loading"), image.get("fetchpriority")) == ("A van", "lazy", None)
        assert page.texts(".//figure/figcaption") == ["On the run. Photo: Ines Rey"]

    def test_is_described_as_the_text_says_or_else_as_the_picture_does(self) -> None:
        make_picture(name="van", alt="A van")
        make_picture(name="rain", alt="", is_decorative=True)
        edition = make_edition(
            body="![Our words](picture:van)\n\nAnd.\n\n![](picture:rain)\n\n![Rain](picture:rain)"
        )
        images = page_of(edition).root.findall(".//figure//img")
        assert [image.get("alt") for image in images] == ["Our words", "", "Rain"]

    def test_of_an_unknown_name_shows_nothing(self) -> None:
        html = source_of(illustrated("nobody").get_absolute_url())
        assert "nobody" not in html
        assert "<figure" not in html

    def test_of_a_picture_that_was_unknown_at_publication_shows_nothing_later(self) -> None:
        edition = illustrated("late")
        make_picture(name="late")
        assert tokens_in(edition) == set()

    def test_that_may_not_be_shown_leaves_no_trace(self) -> None:
        picture = make_picture(name="van", alt="Secret", caption="Secret", credit="Secret")
        edition = illustrated("van")
        Picture.objects.filter(pk=picture.pk).update(rights_until=MOMENT)
        html = source_of(edition.get_absolute_url())
        assert "<figure" not in html
        assert "Secret" not in html
        assert "van" not in html

    def test_keeps_its_version_while_its_words_are_read_live(self) -> None:
        picture = make_picture(name="van", credit="Photo: wrong")
        edition = illustrated("van")
        before = tokens_in(edition)
        new = new_version(picture)
        Picture.objects.filter(pk=picture.pk).update(credit="Photo: right")
        assert tokens_in(edition) == before == {picture.file.token}
        assert "Photo: right" in page_of(edition).text
        publishing.publish(reread(edition.review), nothing_was_wrong=True)
        assert tokens_in(edition) == {new.token}

    def test_another_in_its_place_comes_with_the_next_edition(self) -> None:
        van, roof = make_picture(name="van"), make_picture(name="roof")
        edition = illustrated("van")
        review = reread(edition.review)
        change(review, body=review.body.replace("van", "roof"))
        assert tokens_in(edition) == {van.file.token}
        publishing.publish(review, note=publishing.Note("fact", "It was the roof."))
        assert tokens_in(edition) == {roof.file.token}

    def test_is_on_the_page_of_two_reviews_each_in_its_own_version(self) -> None:
        film, picture = make_film(), make_picture(name="van")
        old = picture.file.token
        first = illustrated("van", film=film, slug="one", critic=make_critic())
        new = new_version(picture)
        second = illustrated("van", film=film, slug="two", critic=make_critic())
        html = source_of("/side-by-side/one/two/")
        assert set(re.findall(r"/pictures/([\w-]{22})/", html)) == {old, new.token}
        assert html.count('<figure class="figure"') == 2
        assert (first.slug, second.slug) == ("one", "two")


class TestQueries:
    def test_are_at_most_one_more_however_many_pictures_there_are(self) -> None:
        names = [f"picture-of-{number}" for number in range(5)]
        for name in names:
            make_picture(name=name)
        hero = make_picture()
        editions = [make_edition(), illustrated(names[0]), illustrated(*names, hero=hero)]
        found = []
        for edition in editions:
            with counted() as count:
                read(edition.get_absolute_url())
            found.append(count.queries)
        assert found == [found[0], found[0] + 1, found[0] + 1]

    def test_the_film_is_asked_for_its_still_with_the_edition(self) -> None:
        edition = make_edition()
        with counted() as before:
            read(edition.get_absolute_url())
        Film.objects.update(still=make_picture())
        with counted() as after:
            read(edition.get_absolute_url())
        assert after.queries == before.queries
