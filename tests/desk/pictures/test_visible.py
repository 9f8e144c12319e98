"""Who sees which pictures at the desk."""

import pytest
from django.contrib.auth.models import User

from reviews.desk.pictures.visible import closed_fields, may_see, may_write, pictures_seen_by
from reviews.models import Critic, Film, Picture
from reviews.models.shared.picture import PictureFilm
from reviews.seeding.factories import (
    make_account,
    make_critic,
    make_edition,
    make_film,
    make_picture,
    make_review,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def critic() -> User:
    account = make_account("Critic", is_staff=True)
    make_critic(user=account)
    return account


def of(film: Film) -> Picture:
    picture = make_picture()
    PictureFilm.objects.create(picture=picture, film=film)
    return picture


class TestACritic:
    def test_sees_pictures_of_films_that_readers_see(self, critic: User) -> None:
        shown = of(make_edition().film)
        of(make_film())
        assert list(pictures_seen_by(critic)) == [shown]
        assert may_see(shown, critic)

    def test_sees_their_own_uploads(self, critic: User) -> None:
        own = make_picture(added_by=critic)
        make_picture(added_by=make_account("Editor"))
        assert list(pictures_seen_by(critic)) == [own]

    def test_sees_pictures_of_films_that_they_have_copy_on(self, critic: User) -> None:
        own = make_review(critic=critic_of(critic))
        other = make_review()
        seen, unseen = of(own.film), of(other.film)
        assert list(pictures_seen_by(critic)) == [seen]
        assert not may_see(unseen, critic)

    def test_sees_what_an_editor_put_at_the_head_of_their_copy(self, critic: User) -> None:
        shown = make_picture()
        make_review(critic=critic_of(critic), hero=shown)
        make_review(hero=make_picture())
        assert list(pictures_seen_by(critic)) == [shown]

    def test_sees_a_picture_once_that_they_may_see_for_several_reasons(self, critic: User) -> None:
        film = make_edition().film
        make_review(film=film, critic=critic_of(critic))
        make_review(film=film, critic=critic_of(critic))
        picture = of(film)
        Picture.objects.update(added_by=critic)
        assert list(pictures_seen_by(critic)) == [picture]

    def test_writes_their_own_uploads_only(self, critic: User) -> None:
        assert may_write(make_picture(added_by=critic), critic)
        assert not may_write(of(make_edition().film), critic)

    def test_changes_no_terms(self, critic: User) -> None:
        assert closed_fields(critic) == ("licence", "licence_note", "rights_until", "embargo_until")


def test_an_editor_sees_and_writes_everything_but_the_terms() -> None:
    editor, picture = make_account("Editor"), make_picture()
    assert list(pictures_seen_by(editor)) == [picture]
    assert may_see(picture, editor)
    assert may_write(picture, editor)
    assert "rights_until" in closed_fields(editor)


def test_a_publisher_changes_the_terms() -> None:
    assert closed_fields(make_account("Publisher")) == ()


def critic_of(account: User) -> Critic:
    return Critic.objects.get(user=account)
