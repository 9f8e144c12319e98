"""Preview links: how the link of a secret is found, and what it shows."""

import datetime as dt
import re
import secrets

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk import preview_links, revisions
from reviews.desk.document.composition import Composition
from reviews.desk.permissions import PublishingError
from reviews.desk.preview_links import Unshowable
from reviews.models import Aspect, Critic, Film, Judgement, PreviewLink, Review, Revision
from reviews.seeding.factories import make_aspect, make_critic, make_film, make_judgement, make_review
from tests.desk.reading import DAY, INSTANT, change, make_link, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def pinned(review: Review) -> tuple[PreviewLink, str]:
    """A link to the newest revision."""
    revisions.settle(review)
    return make_link(review, revision=revisions.newest(review))


def shown(secret: str) -> Composition:
    """What the link of a secret shows."""
    link = preview_links.found_by(secret)
    assert link is not None
    return preview_links.shown_by(link)


class TestLookingOneUp:
    def test_costs_one_query_whatever_comes_of_it(self, now: dt.datetime) -> None:
        _open, valid = make_link()
        revoked, ended = make_link()
        preview_links.revoke(revoked, by=None)
        _expired, late = make_link(expires_at=now + INSTANT)
        asked = []
        with clock.frozen_at(now + INSTANT):
            for secret in (valid, ended, late, secrets.token_urlsafe(32)):
                with CaptureQueriesContext(connection) as captured:
                    found = preview_links.found_by(secret)
                    assert (found is not None) is (secret == valid)
                asked.append([re.sub(r"'[0-9a-f]{64}'", "?", query["sql"]) for query in captured])
        assert len(asked[0]) == 1
        assert asked == [asked[0]] * 4

    def test_brings_all_that_the_page_needs_of_the_review(self) -> None:
        _link, secret = pinned(make_review())
        link = preview_links.found_by(secret)
        assert link is not None
        with CaptureQueriesContext(connection) as captured:
            assert link.review.film.title
            assert link.review.critic.name
            assert link.revision
        assert len(captured) == 0

    def test_an_opening_is_counted(self, now: dt.datetime) -> None:
        link, _secret = make_link()
        preview_links.count_opening(link)
        with clock.frozen_at(now + DAY):
            preview_links.count_opening(link)
        link = PreviewLink.objects.get(pk=link.pk)
        assert (link.opened, link.last_opened_at) == (2, now + DAY)


class TestWhatItShows:
    def test_the_copy_as_it_is_saved_now(self) -> None:
        review = make_review(headline="As filed")
        _link, secret = make_link(review)
        change(review, headline="As edited")
        assert shown(secret).edition.headline == "As edited"

    def test_a_revision_and_nothing_later(self) -> None:
        review = make_review(headline="As filed", tags=("noir",))
        judgement = make_judgement(review, aspect=make_aspect(name="Action"))
        _link, secret = pinned(review)
        change(reread(review), headline="As edited", body="Other.", film=make_film(), critic=make_critic())
        review.tags.set(["western"])
        judgement.delete()
        found = shown(secret)
        assert found.edition.headline == "As filed"
        assert "The camera waits." in found.edition.body_html
        assert (found.edition.film, found.edition.critic) == (review.film, review.critic)
        assert [tag.name for tag in found.tags] == ["noir"]
        assert [str(row.aspect) for row in found.judgements] == ["Action"]

    def test_not_a_revision_of_another_review(self) -> None:
        other = make_review()
        revisions.settle(other)
        with pytest.raises(PublishingError):
            make_link(revision=revisions.newest(other))
        assert not PreviewLink.objects.exists()

    def test_nothing_of_a_rating_that_cannot_be_read(self) -> None:
        _link, secret = make_link(make_review(rating="11/10"))
        with pytest.raises(Unshowable):
            shown(secret)

    @pytest.mark.parametrize("noun", [Film, Critic])
    def test_nothing_of_a_revision_about_what_is_no_more(self, noun: type[Film] | type[Critic]) -> None:
        review = make_review()
        gone = getattr(review, noun.__name__.lower())
        _link, secret = pinned(review)
        change(reread(review), film=make_film(), critic=make_critic())
        gone.delete()
        with pytest.raises(Unshowable):
            shown(secret)

    def test_a_revision_without_the_judgement_whose_aspect_is_no_more(self) -> None:
        review = make_review()
        make_judgement(review, aspect=make_aspect())
        _link, secret = pinned(review)
        Judgement.objects.all().delete()
        Aspect.objects.all().delete()
        assert shown(secret).judgements == []

    def test_nothing_once_the_revision_is_gone(self) -> None:
        review = make_review()
        _link, secret = pinned(review)
        Revision.objects.of(review).delete()
        assert preview_links.found_by(secret) is None

    def test_nothing_once_the_review_is_gone(self) -> None:
        link, secret = make_link()
        Review.objects.filter(pk=link.review_id).delete()
        assert preview_links.found_by(secret) is None
