"""Adding pictures: by a script, file by file, and by a plain form."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from reviews.admin.pictures import receiving
from reviews.admin.site import turns as long_copy
from reviews.models import Picture, PictureFile
from reviews.models.shared.picture import PictureFilm
from reviews.pictures.turns import Turns
from reviews.seeding.factories import make_account, make_edition
from reviewsite.uploads import BoundedUploads
from tests.admin.pages import fields_of, signed_in, text_of, url
from tests.imaging.files import encoded, still

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ADD = "/admin/reviews/picture/add/"


def jpeg(name: str = "Still 01.jpg", size: tuple[int, int] = (64, 36)) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded(still(size), "JPEG"), "image/jpeg")


def sent(client: Client, file: Any) -> Any:
    """The answer that the page's script gets for a file."""
    return client.post(ADD, {"files": file}, headers={"Accept": "application/json"})


class TestOneFile:
    def test_is_a_picture_with_words_of_its_own(self) -> None:
        critic = signed_in("Critic", username="cleo")
        told = sent(critic, jpeg()).json()
        picture = Picture.objects.get()
        assert told["picture"] == str(picture.pk)
        assert told["page"] == url("change", picture)
        assert picture.name.startswith("still-01-")
        assert picture.added_by is not None
        assert picture.added_by.username == "cleo"
        assert critic.get(told["thumbnail"]).headers["Content-Type"] == "image/webp"

    @pytest.mark.parametrize(
        ("name", "data", "says"),
        [
            ("a.jpg", b"", "empty"),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Export it"),
            ("a.jpg", encoded(still(), "JPEG")[:300], "again"),
        ],
    )
    def test_is_refused_with_what_to_do(self, name: str, data: bytes, says: str, folder: Path) -> None:
        response = sent(signed_in("Critic"), SimpleUploadedFile(name, data))
        assert response.status_code == 422
        assert says in response.json()["refused"]
        assert not Picture.objects.exists()
        assert not list(folder.rglob("*.*"))

    def test_that_the_library_has_is_led_to(self) -> None:
        editor = signed_in("Editor")
        first, again = sent(editor, jpeg()).json(), sent(editor, jpeg("Other name.jpg")).json()
        assert (again["page"], again["is_known"]) == (first["page"], True)
        assert "has this file already" in again["remark"]
        assert PictureFile.objects.count() == 1

    def test_is_in_the_history_of_the_desk(self) -> None:
        told = sent(signed_in("Critic", username="cleo"), jpeg()).json()
        entry = LogEntry.objects.get()
        assert (entry.object_id, entry.action_flag) == (told["picture"], ADDITION)
        assert entry.user.username == "cleo"

    def test_that_one_may_not_change_is_not_led_to_its_words(self) -> None:
        told = sent(signed_in("Editor"), jpeg()).json()
        assert told["may_change"] is True
        PictureFilm.objects.create(picture=Picture.objects.get(), film=make_edition().film)
        critic = signed_in("Critic")
        again = sent(critic, jpeg()).json()
        assert (again["is_known"], again["may_change"]) == (True, False)
        response = critic.post(ADD, {"files": [jpeg()]})
        assert response.headers["Location"] == told["page"]

    def test_that_somebody_else_has_added_unseen_is_a_picture_of_its_own(self) -> None:
        """Whoever was told that it is known would learn of a picture that they may not see."""
        sent(signed_in("Editor"), jpeg())
        told = sent(signed_in("Critic"), jpeg()).json()
        assert told["is_known"] is False
        assert Picture.objects.count() == 2

    def test_waits_for_no_more_than_its_turn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        editor = signed_in("Editor")
        monkeypatch.setattr(receiving, "UPLOADS", Turns("uploads", most_waiting=1, longest_wait=0))
        with receiving.UPLOADS.soon():
            response = sent(editor, jpeg())
        assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
        assert "a few seconds" in response.json()["refused"]
        assert not Picture.objects.exists()

    def test_leaves_the_turns_at_long_copy_to_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever saves a long text is not asked to wait for pictures."""
        editor, large = signed_in("Editor"), jpeg(size=(1200, 800))
        monkeypatch.setattr(long_copy, "_places", threading.BoundedSemaphore(1))
        monkeypatch.setattr(long_copy, "LONG", 100)
        with long_copy._places:
            assert sent(editor, large).status_code == 200

    def test_of_more_than_the_limit_is_refused_by_its_size(self) -> None:
        data = encoded(still(), "JPEG") + bytes(20_000_000)
        response = sent(signed_in("Editor"), SimpleUploadedFile("big.jpg", data))
        assert response.status_code == 422
        assert "limit" in response.json()["refused"]

    def test_needs_the_permission(self) -> None:
        nobody = Client()
        nobody.force_login(make_account(is_staff=True))
        assert sent(nobody, jpeg()).status_code == 403


class TestThePlainForm:
    def test_takes_several_and_leads_to_their_words(self) -> None:
        editor = signed_in("Editor")
        broken = SimpleUploadedFile("notes.pdf", b"%PDF-1.7")
        response: Any = editor.post(ADD, {"files": [jpeg(), broken, jpeg("2.jpg", (36, 64))]}, follow=True)
        assert response.request["PATH_INFO"] == "/admin/reviews/picture/words/"
        assert Picture.objects.count() == 2
        for picture in Picture.objects.all():
            assert picture.name in text_of(response)
        assert "“notes.pdf” is not taken." in text_of(response)

    def test_says_why_none_was_taken(self) -> None:
        response: Any = signed_in("Editor").post(
            ADD, {"files": [SimpleUploadedFile("notes.pdf", b"%PDF-1.7")]}
        )
        assert response.status_code == 422
        assert "“notes.pdf” is not taken." in text_of(response)

    def test_without_a_file_asks_for_one(self) -> None:
        response = signed_in("Editor").post(ADD, {})
        assert response.status_code == 400
        assert "No file came with it." in text_of(response)

    def test_of_too_many_takes_none(self) -> None:
        files = [SimpleUploadedFile(f"{number}.pdf", b"%PDF-") for number in range(21)]
        response = signed_in("Editor").post(ADD, {"files": files})
        assert response.status_code == 400
        assert "more than 20 files" in text_of(response)


class TestAWindowOfAnotherForm:
    def test_hands_over_the_one_picture(self) -> None:
        editor = signed_in("Editor")
        page = editor.get(f"{ADD}?_popup=1&_to_field=id").content.decode()
        assert 'name="_popup"' in page
        response: Any = editor.post(ADD, {"files": jpeg(), "_popup": "1"})
        picture = Picture.objects.get()
        told = json.loads(response.context["popup_response_data"])
        assert told == {"value": str(picture.pk), "obj": picture.name}

    def test_says_why_it_is_not_taken(self) -> None:
        response: Any = signed_in("Editor").post(
            ADD, {"files": SimpleUploadedFile("a.pdf", b"%PDF-"), "_popup": "1"}
        )
        assert response.status_code == 422
        assert "Export" in text_of(response)
        assert 'name="_popup"' in response.content.decode()


class TestABody:
    """What is too long is refused before it is read."""

    @pytest.mark.parametrize(("role", "most"), [("Editor", 100_000_000), ("", 8_000_000)])
    def test_may_be_as_long_as_whoever_sends_it_needs(self, rf: RequestFactory, role: str, most: int) -> None:
        request = rf.post(ADD, {"files": jpeg()})
        request.user = make_account(role) if role else AnonymousUser()
        BoundedUploads(request).handle_raw_input(None, {}, most)
        with pytest.raises(RequestDataTooBig):
            BoundedUploads(request).handle_raw_input(None, {}, most + 1)

    def test_that_nobody_sends_is_refused(self) -> None:
        """The check of forgery reads a form before anybody is asked to sign in."""
        nobody = Client(enforce_csrf_checks=True)
        page = nobody.get("/admin/login/")
        token = {"csrfmiddlewaretoken": fields_of(page)["csrfmiddlewaretoken"]}
        big = SimpleUploadedFile("big.jpg", bytes(8_000_001))
        assert nobody.post(ADD, {"files": big} | token).status_code == 413
