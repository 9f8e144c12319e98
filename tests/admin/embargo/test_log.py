"""The page of a film's publication log: what it says, to whom, and what leads to it."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from reviews import clock
from reviews.desk import preview_links
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.models import Embargo, Film, HistoryHead, Review
from reviews.seeding.factories import MOMENT, make_account, make_critic, make_film, make_outlet, make_review
from tests.admin.pages import signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def film() -> Film:
    make_outlet()
    return make_film(title="La Haine")


@pytest.fixture
def review(film: Film) -> Review:
    """Scheduled, held by an embargo that was moved and lifted early, previewed twice, public for an hour."""
    pat = make_account("Publisher", username="pat", first_name="Pat", last_name="Doe")
    review = make_review(
        film=film, headline="A fall from the roof", body="A.", critic=make_critic(name="Vera")
    )
    publishing.publish(review, at=MOMENT + HOUR, by=pat)
    terms = {
        "terms": "No reviews before the premiere.\nSocial posts may name it.",
        "agreed_with": "Ms Roe, Lumen",
    }
    embargo = Embargo(film=film, lifts_at=MOMENT + 9 * HOUR, zone="America/Los_Angeles", **terms)
    embargoes.impose(embargo, by=pat)
    link, _ = preview_links.make(review, by=pat, for_whom="the fact checker")
    with clock.reading_at(MOMENT + 2 * HOUR + dt.timedelta(seconds=7)):
        moved, _ = embargoes.move(embargo, MOMENT + 8 * HOUR, because="They wrote.", by=pat)
        preview_links.count_opening(link)
        preview_links.count_opening(link)
    with clock.reading_at(MOMENT + 3 * HOUR):
        embargoes.lift(moved, because="The premiere is over.", by=pat)
    with clock.reading_at(MOMENT + 4 * HOUR + dt.timedelta(seconds=5)):
        withdrawing.withdraw(review, by=pat)
    return review


def at(film: Film) -> str:
    return f"/admin/reviews/film/{film.pk}/log/"


def read(client: Client, film: Film, when: dt.datetime = MOMENT + 5 * HOUR) -> str:
    with clock.reading_at(when):
        return text_of(client.get(at(film)))


class TestThePage:
    def test_says_what_was_agreed_and_what_became_of_it(self, film: Film, review: Review) -> None:
        text = read(signed_in("Publisher"), film)
        for words in (
            "As of 6 June 2025, 18:00:00 BST (17:00:00 UTC)",
            "Until 6 June 2025, 22:00:00 BST (21:00:00 UTC) In the studio’s zone: 6 June 2025, 14:00 (America/",
            "Agreed with Ms Roe, Lumen",
            "No reviews before the premiere.Social posts may name it.",
            "Ended on 6 June 2025, 15:00:07 BST (14:00:07 UTC): They wrote.",
            "An embargo on reviews was agreed. Pat Doe",
            "An embargo on reviews was moved. Pat Doe",
            "The embargo on reviews was lifted. Pat Doe",
            "The premiere is over.",
        ):
            assert words in text

    def test_says_who_could_read_it_before(self, film: Film, review: Review) -> None:
        text = read(signed_in("Publisher"), film)
        assert (
            "the fact checker To A fall from the roof, Vera Made 6 June 2025, 13:00:00 BST (12:00:00 UTC), Pat Doe"
            in text
        )
        assert "Works until 6 June 2025, 17:00:05 BST (16:00:05 UTC), when it was ended early" in text
        assert "Opened 2 times, last on 6 June 2025, 15:00:07 BST (14:00:07 UTC)" in text
        assert "A preview link for the fact checker was made" in text

    def test_says_from_which_second_it_was_public_and_until_when(self, film: Film, review: Review) -> None:
        text = read(signed_in("Publisher"), film)
        assert (
            "A fall from the roof Vera Public from 6 June 2025, 16:00:00 BST (15:00:00 UTC) "
            "until 6 June 2025, 17:00:05 BST (16:00:05 UTC)."
        ) in text

    def test_says_that_a_time_is_still_to_come(self, film: Film) -> None:
        publishing.publish(make_review(film=film, body="A."), at=MOMENT + HOUR)
        assert "Scheduled from 6 June 2025, 14:00:00 BST (13:00:00 UTC)." in read(
            signed_in("Editor"), film, MOMENT
        )
        assert "Public from 6 June 2025, 14:00:00 BST" in read(signed_in("Editor"), film, MOMENT + HOUR)

    def test_says_that_a_review_was_entered_later_than_it_is_dated(self, film: Film) -> None:
        publishing.publish(make_review(film=film, body="A."), at=MOMENT - HOUR, backdated=True)
        assert (
            "Public from 6 June 2025, 13:00:00 BST (12:00:00 UTC). It was entered here then, with an earlier date: "
            "6 June 2025, 12:00:00 BST (11:00:00 UTC)."
        ) in read(signed_in("Editor"), film)

    def test_names_the_review_of_each_entry(self, film: Film, review: Review) -> None:
        publishing.publish(make_review(film=film, headline="Another fall"))
        text = read(signed_in("Editor"), film).partition("From the history")[2]
        assert "Another fall Approved, as edition 1. System" in text
        assert "A fall from the roof Withdrawn, leaving no trace. Pat Doe" in text
        Review.objects.filter(uid=review.uid).update(headline="A fall from the church")
        assert "A fall from the church Withdrawn" in read(signed_in("Editor"), film)

    def test_names_the_head_of_the_history(self, film: Film, review: Review) -> None:
        head = HistoryHead.objects.get()
        assert f"{head.count} entries. Digest of the last: {head.digest}" in read(signed_in("Editor"), film)

    def test_of_a_film_without_anything_says_so(self, film: Film) -> None:
        text = read(signed_in("Editor"), film)
        for words in (
            "No embargo was agreed.",
            "There are no preview links now.",
            "No review of this film has been published",
        ):
            assert words in text

    def test_shows_markup_as_it_was_typed(self, film: Film) -> None:
        embargoes.impose(Embargo(film=film, lifts_at=MOMENT + HOUR, zone="UTC", terms="<b>No</b>"))
        page = signed_in("Editor").get(at(film)).content.decode()
        assert "&lt;b&gt;No&lt;/b&gt;" in page

    def test_of_a_film_that_is_not_there_leads_away(self, film: Film) -> None:
        assert signed_in("Editor").get(f"/admin/reviews/film/{film.pk + 1}/log/").status_code == 302

    def test_has_an_unknown_zone(self, film: Film) -> None:
        Embargo.objects.create(film=film, lifts_at=MOMENT, zone="Mars/Olympus")
        assert "“Mars/Olympus” is unknown here" in read(signed_in("Editor"), film)


class TestWhoMayReadIt:
    @pytest.mark.parametrize(("role", "status"), [("Critic", 403), ("Editor", 200), ("Publisher", 200)])
    def test_is_who_sees_embargoes_and_all_copy(
        self, film: Film, review: Review, role: str, status: int
    ) -> None:
        client = signed_in(role)
        assert client.get(at(film)).status_code == status
        for page in (f"/admin/reviews/film/{film.pk}/history/", f"/admin/reviews/film/{film.pk}/change/"):
            assert client.get(page).status_code == 200
        links = at(film) in client.get(f"/admin/reviews/film/{film.pk}/history/").content.decode()
        assert links == (status == 200)

    @pytest.mark.parametrize("taken", ["view_embargo", "edit_all_copy", "view_film"])
    def test_needs_each_permission(self, film: Film, taken: str) -> None:
        held = ["view_embargo", "edit_all_copy", "view_film", "view_review"]
        account = make_account("", username="reader", is_staff=True)
        account.user_permissions.set(Permission.objects.filter(codename__in=set(held) - {taken}))
        client = Client()
        client.force_login(account)
        assert client.get(at(film)).status_code == 403
        account.user_permissions.set(Permission.objects.filter(codename__in=held))
        assert client.get(at(film)).status_code == 200

    def test_signed_out_is_nobody(self, film: Film) -> None:
        assert "/login/" in Client().get(at(film)).headers["Location"]


class TestWhatLeadsToIt:
    @pytest.mark.parametrize("page", ["change", "history"])
    def test_are_the_pages_of_an_embargo(self, film: Film, review: Review, page: str) -> None:
        embargo = Embargo.objects.filter(film=film)[0]
        assert (
            at(film)
            in signed_in("Editor").get(f"/admin/reviews/embargo/{embargo.pk}/{page}/").content.decode()
        )
