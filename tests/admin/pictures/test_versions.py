"""A new file for a picture."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reviews.desk.pictures.intake import take_in
from reviews.models import Picture, PictureFile
from tests.admin.pages import signed_in, text_of, url
from tests.imaging.files import encoded, still

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def picture() -> Picture:
    data = encoded(still((64, 36)), "JPEG")
    return take_in(data, "still.jpg", by=None, among=Picture.objects.none()).picture


def sent(picture: Picture, data: bytes) -> Any:
    file = SimpleUploadedFile("new.png", data)
    return signed_in("Editor").post(url("version", picture), {"file": file}, follow=True)


def test_a_new_file_is_the_newest_version(picture: Picture) -> None:
    response = sent(picture, encoded(still((128, 72)), "PNG"))
    picture.refresh_from_db()
    assert (picture.file.number, picture.file.width) == (2, 128)
    assert PictureFile.objects.filter(picture_uid=picture.uid).count() == 2
    assert "The new version is kept." in text_of(response)


def test_the_focal_point_stays_where_the_shape_does(picture: Picture) -> None:
    PictureFile.objects.update(focal_x=0.2, focal_y=0.8)
    sent(picture, encoded(still((128, 72)), "PNG"))
    picture.refresh_from_db()
    assert (picture.file.focal_x, picture.file.focal_y) == (0.2, 0.8)
    sent(picture, encoded(still((72, 128)), "PNG"))
    picture.refresh_from_db()
    assert (picture.file.focal_x, picture.file.focal_y) == (0.5, 0.5)


def test_the_same_file_changes_nothing(picture: Picture) -> None:
    response = sent(picture, encoded(still((64, 36)), "JPEG"))
    assert PictureFile.objects.count() == 1
    assert "nothing has changed" in text_of(response)


def test_what_is_no_picture_is_refused_at_the_field(picture: Picture) -> None:
    for data in (b"", b"%PDF-1.7"):
        response = sent(picture, data)
        assert "Export" in text_of(response)
        assert PictureFile.objects.count() == 1
