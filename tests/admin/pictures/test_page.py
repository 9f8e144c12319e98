"""The page of a picture: its words, its focal point, where it stands, and its deletion."""

from typing import Any

import pytest

from reviews.models import Picture
from reviews.models.shared.picture import PictureFilm, PicturePerson
from reviews.seeding.factories import (
    make_account,
    make_critic,
    make_film,
    make_person,
    make_picture,
    make_review,
)
from tests.admin.pages import errors_of, fields_of, save, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestASave:
    def test_of_film_and_people(self) -> None:
        picture, film, person = make_picture(), make_film(), make_person()
        editor = signed_in("Editor")
        save(editor, picture, film=film.pk, people=[person.pk])
        assert PictureFilm.objects.get().film == film
        assert PicturePerson.objects.get().person == person
        save(editor, picture, film="", people=[])
        assert not PictureFilm.objects.exists()
        assert not PicturePerson.objects.exists()

    def test_of_the_focal_point(self) -> None:
        picture = make_picture()
        editor = signed_in("Editor")
        shown = fields_of(editor.get(url("change", picture)))
        assert (shown["focal_x"], shown["focal_y"]) == ("50", "50")
        save(editor, picture, focal_x="12.5", focal_y="100")
        picture.file.refresh_from_db()
        assert (picture.file.focal_x, picture.file.focal_y) == (0.125, 1)
        save(editor, picture, focal_x="", focal_y="")
        picture.file.refresh_from_db()
        assert (picture.file.focal_x, picture.file.focal_y) == (0.5, 0.5)

    @pytest.mark.parametrize("outside", ["-1", "101", "nan", "inf", "x"])
    def test_of_a_focal_point_outside_is_refused(self, outside: str) -> None:
        response = save(signed_in("Editor"), make_picture(), focal_x=outside)
        assert "focal_x" in errors_of(response)

    def test_of_words_for_a_decorative_picture_says_what_to_do(self) -> None:
        response = save(signed_in("Editor"), make_picture(alt="A bee"), is_decorative="on")
        assert "A decorative picture has no alternative text" in text_of(response)

    def test_of_terms_is_a_publishers(self) -> None:
        picture = make_picture()
        save(signed_in("Editor"), picture, licence="ours")
        picture.refresh_from_db()
        assert picture.licence == ""
        save(signed_in("Publisher"), picture, licence="ours")
        picture.refresh_from_db()
        assert picture.licence == "ours"

    def test_is_merged_with_what_somebody_else_saved(self, mine: Any, theirs: Any) -> None:
        picture = make_picture(credit="")
        fields = fields_of(mine.get(url("change", picture)))
        save(theirs, picture, focal_x="20")
        response = mine.post(url("change", picture), fields | {"credit": "Photo: Larry"})
        mine.post(url("change", picture), fields_of(response))
        picture.refresh_from_db()
        assert (picture.credit, picture.file.focal_x) == ("Photo: Larry", 0.2)


class TestThePage:
    def test_says_where_it_stands_and_what_it_lacks(self) -> None:
        picture = make_picture(alt="")
        film = make_film(title="Ballerina", poster=picture)
        said = text_of(signed_in("Editor").get(url("change", picture)))
        assert f"{film}: poster" in said
        assert "Lacks alt text, credit, licence" in said

    def test_does_not_tell_a_critic_of_copy_that_they_may_not_see(self) -> None:
        account = make_account("Critic", is_staff=True)
        picture = make_picture(added_by=account)
        make_review(headline="Hidden copy", hero=picture)
        client = signed_in("Editor")
        client.force_login(account)
        said = text_of(client.get(url("change", picture)))
        assert "Hidden copy" not in said
        assert "Nowhere yet." in said

    def test_opens_for_those_who_may_only_look(self) -> None:
        account = make_account("Critic", is_staff=True)
        picture = make_picture()
        film = make_film(title="Ballerina")
        PictureFilm.objects.create(picture=picture, film=film)
        PicturePerson.objects.create(picture=picture, person=make_person(name="Ana"))
        client = signed_in("Editor")
        make_review(film=film, critic=make_critic(user=account))
        client.force_login(account)
        response = client.get(url("change", picture))
        assert response.status_code == 200
        assert "Ballerina" in text_of(response)
        assert "Ana" in text_of(response)
        assert "id_focal_x" not in response.content.decode()


class TestADeletion:
    def test_of_what_stands_somewhere_is_refused_with_where(self) -> None:
        picture = make_picture(name="dance-ab2c3")
        make_review(headline="The copy", body="![](picture:dance-ab2c3)")
        editor = signed_in("Editor")
        said = text_of(editor.get(url("delete", picture)))
        assert "It is not deleted, because it stands here." in said
        assert "dance-ab2c3: The copy: in the text of the copy" in said
        editor.post(url("delete", picture), {"post": "yes"})
        chosen = {"action": "delete_selected", "_selected_action": [str(picture.pk)], "post": "yes"}
        editor.post("/admin/reviews/picture/", chosen)
        assert Picture.objects.exists()

    def test_of_what_stands_nowhere(self) -> None:
        picture, other = make_picture(), make_picture()
        editor = signed_in("Editor")
        editor.post(url("delete", picture), {"post": "yes"})
        assert list(Picture.objects.all()) == [other]
        chosen = {"action": "delete_selected", "_selected_action": [str(other.pk)], "post": "yes"}
        editor.post("/admin/reviews/picture/", chosen)
        assert not Picture.objects.exists()
