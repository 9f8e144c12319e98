"""Pictures of copy that readers may not see: shown to whoever may see the copy, and to nobody else."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviews.admin.time.addresses import as_of
from reviews.desk import preview_links
from reviews.desk.verbs import withdrawing
from reviews.models import Picture, Review
from reviews.public.fragment_cache import FRAGMENTS
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_edition,
    make_film,
    make_outlet,
    make_picture,
    make_review,
)
from tests.admin.pages import fields_of, signed_in, url
from tests.desk.reading import DAY, make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SOURCE = re.compile(r'src="([^"]*pictures/[\w-]{22}/[0-9a-f]{16}\.jpg)"')
FILE = b"a file"


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every version has its files, without making them."""
    make_outlet()
    for module in ("reviews.pictures.private.rendition", "reviews.public.pages.pictures.made"):
        monkeypatch.setattr(module, lambda file, wanted: FILE)


def illustrated(**fields: Any) -> Review:
    film = make_film(still=make_picture(), poster=make_picture())
    body = "The camera waits.\n\n![](picture:the-van)"
    make_picture(name="the-van")
    own: dict[str, Any] = {"film": film, "hero": make_picture(name="the-roof"), "body": body}
    return make_review(**own | fields)


def sources(html: str) -> set[str]:
    return set(SOURCE.findall(html))


def token_of(picture: Picture | None) -> str:
    assert picture is not None
    return picture.file.token


def answered(client: Client, path: str) -> tuple[int, str, bytes]:
    response = client.get(path)
    kept = response.headers.get("Cache-Control", "")
    return response.status_code, ", ".join(kept.split(", ")[:2]), response.content


class TestAPreviewAtTheDesk:
    def test_shows_them_from_addresses_of_the_desk_that_nothing_keeps(self) -> None:
        client = signed_in("Editor")
        review = illustrated()
        html = client.get(url("preview", review)).content.decode()
        found = sources(html)
        assert len(found) == 3  # The hero, the poster, and a figure.
        assert "/pictures/" not in html.replace("/admin/reviews/review/pictures/", "")
        for path in found:
            assert answered(client, path) == (200, "private, no-store", FILE)
            assert Client().get(path).status_code == 302  # To sign in.
            token, name = path.split("/")[-2:]
            assert Client().get(f"/pictures/{token}/{name}").status_code == 404

    def test_of_what_is_typed_shows_what_is_typed(self) -> None:
        client, review = signed_in("Editor"), illustrated()
        page = fields_of(client.get(url("change", review))) | {"body": "One.\n\n![](picture:late)"}
        late = make_picture(name="late")
        html = client.post(url("typed", review), page).content.decode()
        assert f"/{late.file.token}/" in html

    def test_leaves_nothing_of_its_addresses_in_what_is_kept_for_readers(self, settings: Any) -> None:
        edition = make_edition(film=make_film(poster=make_picture()))
        FRAGMENTS.clear()
        signed_in("Editor").get(url("preview", edition.review))
        html = Client().get(edition.get_absolute_url()).content.decode()
        assert "/admin/reviews/review/pictures/" not in html
        assert "/pictures/" in html


class TestACritic:
    @pytest.fixture
    def critic(self) -> Client:
        return signed_in("Critic")

    def own(self, critic: Client, **fields: Any) -> Review:
        user = User.objects.get(pk=critic.session["_auth_user_id"])
        return illustrated(critic=make_critic(user=user), **fields)

    def test_sees_what_stands_around_their_own_copy(self, critic: Client) -> None:
        review = self.own(critic)
        found = sources(critic.get(url("preview", review)).content.decode())
        assert {token_of(review.hero), token_of(review.film.poster)} <= {
            path.split("/")[-2] for path in found
        }
        assert [answered(critic, path) for path in found] == [(200, "private, no-store", FILE)] * len(found)

    def test_sees_no_picture_by_its_name_alone(self, critic: Client) -> None:
        review = self.own(critic)
        html = critic.get(url("preview", review)).content.decode()
        assert token_of(Picture.objects.get(name="the-van")) not in html

    def test_is_told_nothing_of_a_file_that_they_may_not_see(self, critic: Client) -> None:
        hidden = illustrated()
        found = sources(signed_in("Editor").get(url("preview", hidden)).content.decode())
        never = reverse("admin:reviews_review_pictures", args=["a" * 22, "0" * 16 + ".jpg"])
        expected = critic.get(never)
        for path in found:
            response = critic.get(path)
            assert (response.status_code, response.content) == (404, expected.content)

    def test_needs_the_right_to_see_copy_as_anybody_does(self) -> None:
        path = sources(signed_in("Editor").get(url("preview", illustrated())).content.decode()).pop()
        client = Client()
        client.force_login(make_account(is_staff=True))
        assert client.get(path).status_code == 403


class TestAPreviewLink:
    def test_shows_them_below_its_own_secret_which_is_nowhere_on_the_page(self) -> None:
        _link, secret = make_link(illustrated())
        page = f"/preview/{secret}/"
        html = Client().get(page).content.decode()
        found = sources(html)
        assert len(found) == 3
        assert secret not in html
        for path in found:
            assert path.startswith("pictures/")
            assert answered(Client(), page + path) == (200, "private, no-store", FILE)

    def test_that_has_ended_shows_none(self) -> None:
        review = illustrated()
        link, secret = make_link(review)
        page = f"/preview/{secret}/"
        paths = sources(Client().get(page).content.decode())
        preview_links.revoke(link, by=None)
        never = Client().get(f"/preview/{'a' * 43}/pictures/{'a' * 22}/{'0' * 16}.jpg")
        for path in paths:
            response = Client().get(page + path)
            assert (response.status_code, response.headers.get("Cache-Control")) == (
                404,
                never.headers.get("Cache-Control"),
            )

    def test_shows_no_picture_of_other_copy(self) -> None:
        _link, secret = make_link(make_review())
        _other, others = make_link(illustrated())
        for path in sources(Client().get(f"/preview/{others}/").content.decode()):
            assert Client().get(f"/preview/{secret}/{path}").status_code == 404

    def test_of_a_critic_shows_no_picture_by_its_name_alone(self) -> None:
        client = signed_in("Critic")
        user = User.objects.get(pk=client.session["_auth_user_id"])
        review = illustrated(critic=make_critic(user=user))
        _link, secret = preview_links.make(review, by=user)
        html = Client().get(f"/preview/{secret}/").content.decode()
        assert token_of(Picture.objects.get(name="the-van")) not in html
        assert token_of(review.hero) in html


class TestTheTimeMachine:
    def test_shows_them_from_addresses_of_the_desk(self) -> None:
        client, review = signed_in("Publisher"), illustrated()
        edition = make_edition(
            film=review.film, hero=review.hero, body=review.body, slug="later", at=MOMENT + 2 * DAY
        )
        html = client.get(as_of(MOMENT + 3 * DAY, edition.get_absolute_url())).content.decode()
        found = sources(html)
        assert len(found) >= 3
        assert all(path.startswith("/admin/reviews/review/pictures/") for path in found)
        assert {answered(client, path) for path in found} == {(200, "private, no-store", FILE)}

    def test_serves_no_files_of_readers_at_another_moment(self) -> None:
        """What is asked of a readers' file is remembered for readers."""
        client, review = signed_in("Publisher"), illustrated()
        make_edition(film=review.film, hero=review.hero, slug="later", at=MOMENT + 2 * DAY)
        path = sources(client.get(url("preview", review)).content.decode()).pop()
        token, name = path.split("/")[-2:]
        assert client.get(as_of(MOMENT + 3 * DAY, f"/pictures/{token}/{name}")).status_code == 404
        assert Client().get(f"/pictures/{token}/{name}").status_code == 404

    def test_shows_what_was_withdrawn_to_whoever_may_see_it(self) -> None:
        client = signed_in("Publisher")
        edition = make_edition(hero=make_picture(), at=MOMENT - DAY)
        withdrawing.withdraw(edition.review)
        html = client.get(as_of(MOMENT - DAY / 2, edition.get_absolute_url())).content.decode()
        assert {answered(client, path)[0] for path in sources(html)} == {200}
