"""The library of pictures: who finds what in it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from reviews.models import Picture
from reviews.models.shared.picture import PictureFilm, PicturePerson
from reviews.seeding.factories import MOMENT, make_account, make_film, make_person, make_picture, make_review
from tests.admin.pages import signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
LIST = "/admin/reviews/picture/"


def suggested(client: Client, term: str) -> list[str]:
    asked = {"app_label": "reviews", "model_name": "review", "field_name": "hero", "term": term}
    found: Any = client.get("/admin/autocomplete/", asked).json()
    return [each["text"] for each in found["results"]]


class TestWhoeverSeesNoPicture:
    """A critic, and a picture of a film that readers do not see."""

    @pytest.fixture
    def hidden(self) -> Picture:
        picture = make_picture(name="hidden-ab2c3", alt="Shown to nobody", credit="Photo: Hidden")
        PictureFilm.objects.create(picture=picture, film=make_film(title="Unseen"))
        return picture

    def test_finds_nothing_of_it(self, hidden: Picture) -> None:
        critic = signed_in("Critic")
        for query in ("", "?q=hidden", "?q=unseen"):
            assert "idden" not in text_of(critic.get(LIST + query))
        assert suggested(critic, "hidden") == []

    def test_is_told_the_same_as_of_one_that_never_was(self, hidden: Picture) -> None:
        critic = signed_in("Critic")
        for verb in ("change", "delete", "history"):
            there, never = critic.get(url(verb, hidden)), critic.get(f"{LIST}123/{verb}/")
            assert (there.status_code, there.get("Location")) == (never.status_code, never.get("Location"))


def test_a_picture_is_suggested_by_its_words_and_its_film() -> None:
    picture = make_picture(name="dance-ab2c3", alt="A leap", credit="Photo: Horricks")
    PictureFilm.objects.create(picture=picture, film=make_film(title="Ballerina"))
    make_picture(name="other-ab2c3")
    editor = signed_in("Editor")
    for term in ("dance", "leap", "horricks", "ballerina"):
        assert suggested(editor, term) == ["dance-ab2c3"], term


def names(response: Any) -> set[str]:
    return {picture.name for picture in response.context["cl"].result_list}


class TestTheList:
    def test_finds_whom_a_picture_shows(self) -> None:
        picture = make_picture(name="ana")
        PicturePerson.objects.create(picture=picture, person=make_person(name="Ana de Armas"))
        make_picture(name="other")
        assert names(signed_in("Editor").get(f"{LIST}?q=de+armas")) == {"ana"}

    def test_is_sifted(self) -> None:
        film = make_film()
        good: dict[str, Any] = {"credit": "Photo: L.", "licence": "ours"}
        make_picture(name="plain", **good)
        PictureFilm.objects.create(picture=make_picture(name="of-film", **good), film=film)
        make_picture(name="ending", rights_until=MOMENT + 29 * DAY, **good)
        make_picture(name="later", rights_until=MOMENT + 31 * DAY, **good)
        make_picture(name="ended", rights_until=MOMENT, **good)
        make_picture(name="held", embargo_until=MOMENT + DAY, **good)
        make_picture(name="bare", alt="")
        make_picture(name="decorative", alt="", is_decorative=True, **good)
        make_film(poster=Picture.objects.get(name="plain"))
        editor = signed_in("Editor")
        for query, found in {
            f"of={film.pk}": {"of-film"},
            "of=x": set(),
            "rights=ending": {"ending"},
            "rights=ended": {"ended"},
            "rights=held": {"held"},
            "lacks=credit": {"bare"},
            "lacks=alt": {"bare"},
            "lacks=licence": {"bare"},
            "use=none": {"of-film", "ending", "later", "ended", "held", "bare", "decorative"},
        }.items():
            assert names(editor.get(f"{LIST}?{query}")) == found, query

    def test_is_a_sheet_or_a_list(self) -> None:
        make_picture()
        editor = signed_in("Editor")
        assert "picture-tiles" in editor.get(LIST).content.decode()
        lines = editor.get(f"{LIST}?view=list&lacks=credit").content.decode()
        assert "picture-lines" in lines
        assert 'href="?lacks=credit"' in lines

    def test_leads_to_the_words_of_those_that_are_chosen(self) -> None:
        picture = make_picture()
        chosen = {"action": "edit_words", "_selected_action": [str(picture.pk)]}
        response = signed_in("Editor").post(LIST, chosen)
        assert response.headers["Location"] == f"{LIST}words/?of={picture.pk}"

    def test_tells_no_critic_what_is_unused(self) -> None:
        """A picture that is not unused stands somewhere: in copy that they may not see."""
        account = make_account("Critic", is_staff=True)
        make_review(hero=make_picture(name="own", added_by=account))
        critic = Client()
        critic.force_login(account)
        for query in ("", "?use=none"):
            assert names(critic.get(LIST + query, follow=True)) == {"own"}

    def test_offers_the_films_that_its_pictures_show_in_their_order(self) -> None:
        for title in ("Zama", "Éden", "Alien"):
            PictureFilm.objects.create(picture=make_picture(), film=make_film(title=title))
        make_film(title="Without a picture")
        response: Any = signed_in("Editor").get(LIST)
        offered = [str(label) for _, label in response.context["cl"].filter_specs[0].lookup_choices]
        assert [label.partition(" (")[0] for label in offered] == ["Alien", "Éden", "Zama"]

    def test_asks_as_much_for_thirty_as_for_one(self, django_assert_num_queries: Any) -> None:
        editor = signed_in("Editor")
        PictureFilm.objects.create(picture=make_picture(), film=make_film())
        editor.get(LIST)
        for number in (1, 30):
            while Picture.objects.count() < number:
                PictureFilm.objects.create(picture=make_picture(), film=make_film())
            with django_assert_num_queries(8):
                editor.get(LIST)
