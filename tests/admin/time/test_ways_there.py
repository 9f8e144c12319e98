"""One click from a review, a version, an embargo, the calendar and the desk's home to the site of that moment."""

import pytest

from reviews import clock
from reviews.desk.verbs import embargoes, publishing
from reviews.models import Edition, Embargo, Review
from reviews.seeding.factories import MOMENT, make_account, make_film, make_outlet, make_review
from tests.admin.pages import signed_in, text_of, url
from tests.admin.time.reading import root
from tests.desk.reading import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def review() -> Review:
    """Live since yesterday, with a correction that waits for tomorrow."""
    make_outlet()
    review = make_review(slug="a-review", film=make_film(slug="a-film"))
    with clock.frozen_at(MOMENT - DAY):
        publishing.publish(review)
    review.headline = "Corrected"
    review.save()
    publishing.publish(review, at=MOMENT + DAY)
    return review


def test_from_a_review_to_each_of_its_versions(review: Review) -> None:
    html = signed_in("Editor").get(url("change", review)).content.decode()
    for at in (MOMENT - DAY, MOMENT + DAY):
        assert f'href="{root(at)}/reviews/a-review/"' in html


def test_from_a_live_review_under_embargo_to_when_readers_see_it_again(review: Review) -> None:
    publishing.unschedule(review)
    embargoes.impose(Embargo(film=review.film, lifts_at=MOMENT + 3 * DAY, zone="UTC"))
    editor = signed_in("Editor")
    page = f"{root(MOMENT + 3 * DAY)}/reviews/a-review/"
    assert f'href="{page}"' in editor.get(url("change", review)).content.decode()
    assert editor.get(page).status_code == 200


def test_from_a_version_in_the_records(review: Review) -> None:
    edition = Edition.objects.get(review=review, number=2)
    html = signed_in("Editor").get(url("change", edition)).content.decode()
    assert f'href="{root(MOMENT + DAY)}/reviews/a-review/"' in html


def test_from_an_embargo_to_its_film_when_it_lifts(review: Review) -> None:
    embargo = Embargo(film=review.film, lifts_at=MOMENT + 3 * DAY, zone="UTC")
    embargoes.impose(embargo)
    editor = signed_in("Editor")
    page = f"{root(MOMENT + 3 * DAY)}/films/a-film/"
    assert f'href="{page}"' in editor.get(url("change", embargo)).content.decode()
    assert editor.get(page).status_code == 200


def test_from_the_calendar(review: Review) -> None:
    embargoes.impose(Embargo(film=make_film(slug="held"), lifts_at=MOMENT + 3 * DAY, zone="UTC"))
    html = signed_in("Editor").get("/admin/calendar/?month=2025-06").content.decode()
    assert f'href="{root(MOMENT + DAY)}/reviews/a-review/"' in html
    assert f'href="{root(MOMENT + 3 * DAY)}/films/held/"' in html


def test_from_the_desks_home(review: Review) -> None:
    assert 'href="/admin/time/"' in signed_in("Critic").get("/admin/").content.decode()


def test_a_critics_preview_of_a_moment_tells_nothing_of_others(review: Review) -> None:
    """The page of a preview lists other reviews of the film: those that readers see now."""
    others = make_review(film=review.film, headline="Somebody else's")
    publishing.publish(others, at=MOMENT + DAY)
    critic = make_account("Critic")
    review.critic.user = critic
    review.critic.save()
    client, editor = signed_in("Critic"), signed_in("Editor")
    client.force_login(critic)
    preview = f"{url('preview', review)}?at=2025-06-08T12:00"
    assert "Corrected" in text_of(client.get(preview))
    assert "Somebody else's" not in text_of(client.get(preview))
    assert "Somebody else's" in text_of(editor.get(preview))
