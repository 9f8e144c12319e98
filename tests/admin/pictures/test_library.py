"""The library of pictures: who finds what in it."""

from typing import Any

import pytest
from django.test import Client

from reviews.models import Picture
from reviews.models.shared.picture import PictureFilm
from reviews.seeding.factories import make_film, make_picture
from tests.admin.pages import signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

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
