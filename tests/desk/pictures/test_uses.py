"""Where a picture stands, as far as somebody may see that."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction

from reviews.desk.pictures.intake import take_in, take_version
from reviews.desk.pictures.removing import remove
from reviews.desk.pictures.uses import stands_nowhere, uses_of
from reviews.desk.verbs import withdrawing
from reviews.models import EditionPicture, Picture, PictureFile
from reviews.pictures import storage
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_edition,
    make_film,
    make_person,
    make_picture,
    make_review,
)
from tests.imaging.files import encoded, still

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)


def named(picture: Picture, role: str = "Editor") -> list[str]:
    return [f"{use.what}: {use.shown_by}" for use in uses_of(picture, make_account(role)).named]


class TestAPictureStands:
    def test_nowhere_at_first(self) -> None:
        picture = make_picture()
        assert named(picture) == []
        assert list(Picture.objects.filter(stands_nowhere())) == [picture]

    def test_on_films_critics_and_people(self) -> None:
        picture = make_picture()
        film = make_film(title="Ballerina", release_year=2025, poster=picture, still=picture)
        make_critic(name="Cleo", portrait=picture)
        make_person(name="Ana", portrait=picture)
        found = [f"poster: {film}", f"still: {film}", "portrait: Cleo", "portrait: Ana"]
        assert named(picture) == found

    def test_in_copy(self) -> None:
        picture = make_picture(name="dance-ab2c3")
        make_review(headline="Ahead", hero=picture)
        make_review(headline="Inside", body="Look.\n\n![](picture:dance-ab2c3)\n")
        make_review(headline="Another", body="![](picture:dance-ab2c3x)")
        assert named(picture)[:2] == ["at the head of the copy: Ahead", "in the text of the copy: Inside"]

    def test_in_editions_of_now_waiting_and_former(self) -> None:
        picture = make_picture()
        former = make_edition(at=MOMENT - DAY)
        withdrawing.withdraw(former.review)
        for edition in (make_edition(), make_edition(at=MOMENT + DAY), former):
            EditionPicture.objects.create(edition=edition, picture=picture, file=picture.file)
        assert [each.partition(":")[0] for each in named(picture)] == [
            "in an edition that waits",
            "in the edition of now",
            "in a former edition",
        ]

    @pytest.mark.parametrize("where", ["poster", "hero", "body", "edition"])
    def test_somewhere_is_not_nowhere(self, where: str) -> None:
        picture = make_picture(name="dance-ab2c3")
        match where:
            case "poster":
                make_film(poster=picture)
            case "hero":
                make_review(hero=picture)
            case "body":
                make_review(body="![](picture:dance-ab2c3)")
            case "edition":
                EditionPicture.objects.create(edition=make_edition(), picture=picture, file=picture.file)
        assert not Picture.objects.filter(stands_nowhere()).exists()


class TestWhoIsTold:
    def test_a_critic_of_their_own_copy_alone(self) -> None:
        account, picture = make_account("Critic"), make_picture()
        make_review(headline="Mine", critic=make_critic(user=account), hero=picture)
        make_review(headline="Theirs", hero=picture)
        found = uses_of(picture, account)
        assert [str(use.shown_by) for use in found.named] == ["Mine"]
        assert found.unnamed == 0

    def test_whoever_sees_all_copy_counts_what_their_role_does_not_open(self) -> None:
        account, picture = make_account(), make_picture()
        account.user_permissions.set(Permission.objects.filter(codename__in=["edit_all_copy", "view_review"]))
        make_film(poster=picture)
        make_review(headline="Copy", hero=picture)
        found = uses_of(picture, account)
        assert [str(use.shown_by) for use in found.named] == ["Copy"]
        assert found.unnamed == 1


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_goes_takes_its_versions_and_their_files_along() -> None:
    first = encoded(still((64, 36)), "JPEG")
    picture = take_in(first, "a.jpg", by=None, among=Picture.objects.none()).picture
    take_version(picture, encoded(still((80, 45)), "PNG"), "b.png", by=None)
    kept = [storage.master_name(file) for file in PictureFile.objects.all()]
    with transaction.atomic():
        remove(picture)
        assert all(storage.find(name) for name in kept)  # Until it is certain.
    assert not Picture.objects.exists()
    assert not PictureFile.objects.exists()
    assert [storage.find(name) for name in kept] == [None, None]
