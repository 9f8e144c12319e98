"""The page behind a preview link: the copy or a revision of it, with only public data around it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk import preview_links, revisions
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.models import Aspect, Credit, Critic, Edition, Embargo, Film, Person, PreviewLink, Review, Tag
from reviews.models.shared.film import Franchise
from reviews.seeding.factories import (
    make_aspect,
    make_edition,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from reviews.seeding.site import make_site
from tests.desk.reading import DAY, HOUR, INSTANT, change, reread
from tests.preview_page.sending import answer, notice, opened, pinned, sent
from tests.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestAVisitorWithTheLink:
    def test_reads_the_review_without_an_account(self) -> None:
        make_outlet()
        review = make_review(headline="Not yet", standfirst="A standfirst.", tags=("Кино",))
        make_judgement(review, aspect=make_aspect(name="Action"))
        page = opened(sent(review))
        for words in ("Not yet", "A standfirst.", "The camera waits.", "Кино", "Action"):
            assert words in page.text
        assert not Edition.objects.exists()

    def test_reads_that_it_is_a_preview(self) -> None:
        make_outlet(time_zone="Europe/London")
        assert notice(opened(sent())) == [
            "Preview: not for publication",
            "For people who were sent this link, and nobody else.",
            "This is the copy as it stands at the desk now; it may still change.",
            "The link works until 9 June 2025, 13:00 (Europe/London).",
        ]

    def test_does_not_read_whom_it_is_for(self) -> None:
        assert "the lawyer" not in opened(sent(for_whom="the lawyer")).html

    def test_reads_what_is_saved_since(self) -> None:
        review = make_review(headline="As filed")
        path = sent(review)
        change(review, headline="As edited")
        assert "As edited" in opened(path).text

    def test_reads_the_copy_and_not_the_live_edition(self) -> None:
        review = reread(make_edition(headline="Live").review)
        change(review, headline="Saved since")
        page = opened(sent(review))
        assert "Saved since" in page.text
        assert "Live" not in page.text

    def test_may_send_head(self) -> None:
        path = sent()
        head, get = answer(path, method="head"), answer(path)
        assert head == (200, get[1], b"")

    def test_cannot_post_to_it(self) -> None:
        for method in ("post", "put", "patch", "delete", "options"):
            assert answer(sent(), method=method)[0] == 405

    def test_sees_only_public_reviews_around_it(self, now: dt.datetime) -> None:
        film = make_film()
        review = make_review(film=film)
        make_edition(film=film, headline="A public other")
        make_review(film=film, headline="A hidden other")
        make_edition(film=film, headline="Another for later", at=now + DAY)
        page = opened(sent(review))
        assert "A public other" in page.text
        assert "hidden" not in page.text
        assert "later" not in page.text

    def test_sees_no_pending_correction(self, now: dt.datetime) -> None:
        review = reread(make_edition(at=now - DAY).review)
        change(review, headline="Put right")
        publishing.publish(review, at=now + DAY, note=publishing.Note("fact", "It was 1995."))
        path = sent(review)
        assert "It was 1995." not in opened(path).text
        with clock.frozen_at(now + DAY):
            assert "It was 1995." in opened(path).text


class TestAPinnedLink:
    def test_shows_its_revision_and_nothing_later(self, now: dt.datetime) -> None:
        make_outlet(time_zone="Europe/London")
        review = make_review(headline="As filed", tags=("noir",))
        path = pinned(review)
        before = opened(path).html
        with clock.frozen_at(now + HOUR):
            change(reread(review), headline="As edited", body="Other words.", film=make_film(title="Other"))
            review.tags.set(["western"])
            make_judgement(review)
            revisions.settle(review)
            assert opened(path).html == before
        assert "As filed" in before

    def test_says_which_and_when_it_was_saved(self) -> None:
        make_outlet(time_zone="Europe/London")
        assert notice(opened(pinned(make_review())))[2] == (
            "This is revision 1, as saved on 6 June 2025, 13:00 (Europe/London); "
            "what was changed later is not in it."
        )

    def test_says_that_it_is_old_once_the_review_has_been_published_or_corrected(
        self, now: dt.datetime
    ) -> None:
        make_outlet(time_zone="UTC")
        review = make_review(slug="la-haine", headline="As filed")
        path = pinned(review)
        publishing.publish(review, at=now + DAY)
        assert not [said for said in notice(opened(path)) if "out of date" in said]
        with clock.frozen_at(now + DAY):
            assert (
                "This version is out of date: the review was published on 7 June 2025, 12:00 (UTC). "
                "The live version is at http://127.0.0.1:8000/reviews/la-haine/."
            ) in notice(opened(path))
        with clock.frozen_at(now + DAY + HOUR):
            change(review, body="The camera moves.")
            note = publishing.Note("fact", "It moves.")
            publishing.publish(reread(review), note=note)
            assert (
                "This version is out of date: the review was corrected on 7 June 2025, 13:00 (UTC). "
                "The live version is at http://127.0.0.1:8000/reviews/la-haine/."
            ) in notice(opened(path))
            assert not [said for said in notice(opened(sent(review))) if "out of date" in said]
            assert not [said for said in notice(opened(pinned(reread(review)))) if "out of date" in said]

    def test_does_not_mention_an_edition_under_embargo(self, now: dt.datetime) -> None:
        review = make_review()
        path = pinned(review)
        with clock.frozen_at(now + HOUR):
            publishing.publish(review)
            embargoes.impose(Embargo(film=review.film, lifts_at=now + DAY, zone="UTC"))
            assert not [said for said in notice(opened(path)) if "out of date" in said]

    def test_shows_a_deleted_tag_by_its_old_name(self) -> None:
        review = make_review(tags=("noir",))
        path = pinned(review)
        review.tags.clear()
        Tag.objects.all().delete()
        assert "noir" in opened(path).text


class TestTheEmbargo:
    def impose(self, film: Film, lifts_at: dt.datetime, **fields: str) -> Embargo:
        embargo = Embargo(film=film, lifts_at=lifts_at, **{"zone": "America/Los_Angeles", **fields})
        embargoes.impose(embargo)
        return embargo

    def test_is_stated_in_the_outlets_zone_and_the_studios(self, now: dt.datetime) -> None:
        make_outlet(time_zone="Europe/London")
        review = make_review(film=make_film(title="Ballerina", slug="ballerina"))
        self.impose(review.film, now + DAY)
        assert notice(opened(sent(review)))[3] == (
            "An embargo on reviews of Ballerina (2025) lifts on 7 June 2025, 13:00 (Europe/London), "
            "which is 7 June 2025, 05:00 (America/Los_Angeles)."
        )

    def test_is_not_stated_if_it_has_lifted_or_covers_no_reviews(self, now: dt.datetime) -> None:
        review = make_review()
        self.impose(review.film, now + DAY)
        self.impose(review.film, now + 2 * DAY, covers="social")
        path = sent(review)
        with clock.frozen_at(now + DAY - INSTANT):
            assert len(notice(opened(path))) == 5
        with clock.frozen_at(now + DAY):
            assert len(notice(opened(path))) == 4

    def test_is_that_of_the_film_that_is_shown(self, now: dt.datetime) -> None:
        held = make_film(title="Held")
        review = make_review(film=held)
        self.impose(held, now + DAY)
        path = pinned(review)
        change(reread(review), film=make_film(title="Free"))
        assert "reviews of Held" in notice(opened(path))[3]
        assert len(notice(opened(sent(reread(review))))) == 4

    def test_does_not_disable_a_link(self, now: dt.datetime) -> None:
        """A preview may be shown under an embargo, and tells its reader about it."""
        review = make_review(headline="Held back")
        publishing.publish(review)
        self.impose(review.film, now + DAY)
        assert Client().get("/reviews/" + review.slug + "/").status_code == 404
        assert "Held back" in opened(sent(review)).text


class TestCopyThatCannotBeShown:
    def test_is_explained_with_the_embargo(self) -> None:
        make_outlet()
        review = make_review(rating="11/10 <b>", headline="Unfinished")
        response = Client().get(sent(review))
        assert response.status_code == 200
        page = Document(response.content.decode())
        assert page.texts(".//h1") == ["This preview cannot be shown"]
        assert notice(page)[0] == "Preview: not for publication"
        assert "11/10" not in page.html
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"

    def test_a_revision_whose_film_was_deleted(self) -> None:
        review = make_review()
        gone = review.film
        path = pinned(review)
        change(reread(review), film=make_film())
        gone.delete()
        assert opened(path).texts(".//h1") == ["This preview cannot be shown"]


class TestOpeningsAreCounted:
    def test_each_page_view(self, now: dt.datetime) -> None:
        path = sent()
        for _ in range(3):
            opened(path)
        link = PreviewLink.objects.get()
        assert (link.opened, link.last_opened_at) == (3, now)

    def test_other_requests_are_not(self, now: dt.datetime) -> None:
        path = sent()
        for method in ("head", "post", "options"):
            answer(path, method=method)
        Client().get(path.rstrip("/"))
        with clock.frozen_at(now + 4 * DAY):
            Client().get(path)
        assert PreviewLink.objects.get().opened == 0


class TestQueries:
    BUDGET = 15

    def asked(self, path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            opened(path)
        tables = " ".join(query["sql"] for query in captured)
        # The queries are about the link's owner, never about the visitor.
        assert not re.search('session|FROM "auth_user"', tables)
        return len(captured)

    def test_are_as_many_on_a_large_site_as_on_a_small_one(self) -> None:
        counts = []
        for size, judgements in ((10, 1), (400, 6)):
            make_site(size)
            review = Review.objects.get(slug="review-0")
            review.tags.set([f"Tag {n}" for n in range(judgements)])
            for _ in range(judgements):
                make_judgement(review)
            counts.append((self.asked(sent(review)), self.asked(pinned(review))))
            for model in (Edition, Review, Credit, Film, Franchise, Critic, Person, Tag, Aspect):
                model.objects.all().delete()
        assert counts[0] == counts[1]
        assert max(counts[0]) <= self.BUDGET, counts

    def test_are_as_of_one_moment(self, now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        """A link that expires while its page is rendered stays valid for the whole page."""
        read: list[dt.datetime] = []
        shown_by = preview_links.shown_by

        def slowly(link: PreviewLink) -> Any:
            read.append(clock.now())
            with clock.frozen_at(now + 9 * DAY):
                read.append(clock.now())
            return shown_by(link)

        monkeypatch.setattr(preview_links, "shown_by", slowly)
        opened(sent())
        assert read == [now, now]


def test_a_review_that_was_withdrawn_can_still_be_shown_to_whoever_advises_the_desk() -> None:
    review = reread(make_edition(headline="Withdrawn since").review)
    withdrawing.withdraw(review)
    path = sent(review)
    assert Client().get(f"/reviews/{review.slug}/").status_code == 404
    assert "Withdrawn since" in opened(path).text
