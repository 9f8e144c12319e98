"""The words of several pictures at once."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from reviews.models import Picture
from reviews.models.shared.picture import PictureFilm, PicturePerson
from reviews.seeding.factories import make_film, make_person, make_picture
from tests.admin.pages import fields_of, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

WORDS = "/admin/reviews/picture/words/"


@pytest.fixture
def pictures() -> list[Picture]:
    return [make_picture(alt="One", credit="Old"), make_picture(alt="Two")]


def saved(role: str, pictures: list[Picture], **typed: Any) -> Any:
    client = signed_in(role)
    address = f"{WORDS}?{'&'.join(f'of={each.pk}' for each in pictures)}"
    fields = fields_of(client.get(address)) | {"of": [each.pk for each in pictures]}
    response = client.post(WORDS, fields | typed, follow=True)
    for each in pictures:
        each.refresh_from_db()
    return response


def test_what_is_ticked_is_set_for_all(pictures: list[Picture]) -> None:
    film, person = make_film(), make_person()
    typed = {"all-credit": "Photo: Larry", "all-film": film.pk, "all-people": person.pk, "all-tags": "noir"}
    ticks = {f"set-{name}": "on" for name in ("credit", "film", "people", "tags")}
    saved("Editor", pictures, **typed, **ticks)
    for picture in pictures:
        assert picture.credit == "Photo: Larry"
        assert PictureFilm.objects.get(picture=picture).film == film
        assert PicturePerson.objects.get(picture=picture).person == person
        assert [str(tag) for tag in picture.tags.all()] == ["noir"]
    assert [picture.alt for picture in pictures] == ["One", "Two"]
    assert LogEntry.objects.count() == 2


def test_what_is_ticked_and_empty_is_emptied(pictures: list[Picture]) -> None:
    saved("Editor", pictures, **{"set-credit": "on"})
    assert [picture.credit for picture in pictures] == ["", ""]


def test_what_is_not_ticked_stays_and_nothing_typed_is_lost(pictures: list[Picture]) -> None:
    response = saved("Editor", pictures, **{"all-source": "Press site", f"alt-{pictures[0].pk}": "A bee"})
    assert "Tick “set for all”" in text_of(response)
    assert fields_of(response)["all-source"] == "Press site"
    assert fields_of(response)[f"alt-{pictures[0].pk}"] == "A bee"
    assert [(picture.source, picture.alt) for picture in pictures] == [("", "One"), ("", "Two")]


def test_each_has_its_own_alternative_text(pictures: list[Picture]) -> None:
    first, second = pictures
    saved(
        "Editor",
        pictures,
        **{f"alt-{first.pk}": "", f"decorative-{first.pk}": "on", f"alt-{second.pk}": "A bee"},
    )
    assert (first.alt, first.is_decorative) == ("", True)
    assert (second.alt, second.credit) == ("A bee", "")


def test_if_one_cannot_be_saved_none_is(pictures: list[Picture]) -> None:
    first, second = pictures
    response = saved("Editor", pictures, **{f"decorative-{first.pk}": "on", f"alt-{second.pk}": "A bee"})
    assert "A decorative picture has no alternative text" in text_of(response)
    assert fields_of(response)[f"alt-{second.pk}"] == "A bee"
    assert second.alt == "Two"


def test_what_somebody_has_changed_meanwhile_is_shown_and_not_overwritten(pictures: list[Picture]) -> None:
    first, _ = pictures
    response = saved("Editor", pictures, **{f"alt-{first.pk}": "Mine", f"was-{first.pk}": "Another text"})
    assert "Somebody has changed it meanwhile. It now says: One" in text_of(response)
    assert fields_of(response)[f"alt-{first.pk}"] == "Mine"
    assert first.alt == "One"


def test_terms_are_a_publishers(pictures: list[Picture]) -> None:
    typed = {"all-licence": "ours", "set-licence": "on"}
    saved("Editor", pictures, **typed)
    assert {picture.licence for picture in pictures} == {""}
    saved("Publisher", pictures, **typed)
    assert {picture.licence for picture in pictures} == {"ours"}


def test_a_critic_is_told_nothing_of_pictures_of_others(pictures: list[Picture]) -> None:
    critic = signed_in("Critic")
    there, never = (critic.get(f"{WORDS}?of={key}") for key in (pictures[0].pk, 123))
    assert there.status_code == never.status_code == 403
