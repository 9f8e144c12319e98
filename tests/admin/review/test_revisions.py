"""The revisions of a review at the desk: listed, compared, named and restored."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.desk.verbs import publishing
from reviews.models import Review, Revision
from reviews.rules.argument import Verdict
from reviews.seeding.factories import BODY, make_account, make_critic, make_judgement, make_review
from tests.admin.pages import account_of, fields_of, save, signed_in, text_of, url
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def client() -> Client:
    return signed_in("Editor", first_name="Pauline")


@pytest.fixture
def review() -> Review:
    return make_review(headline="As filed", verdict=Verdict.POSITIVE, tags=("noir",))


def at(review: Review, number: int, verb: str) -> str:
    return f"{url(verb, review)}?revision={number}"


def compared(client: Client, review: Review, before: str | int, after: str | int) -> str:
    return text_of(client.get(url("compare", review), {"from": before, "to": after}))


def restore(client: Client, review: Review, number: int) -> str:
    address = at(review, number, "restore")
    return text_of(client.post(address, fields_of(client.get(address)), follow=True))


class TestTheList:
    def test_says_who_saved_what_and_when(self, client: Client, review: Review) -> None:
        save(client, review, headline="As edited", verdict="2")
        words = text_of(client.get(url("revisions", review)))
        assert "Pauline Headline, verdict." in words
        assert "System First recorded version." in words
        assert "What readers see" not in words

    def test_explains_itself_if_nothing_was_saved(self, client: Client, review: Review) -> None:
        assert "Nothing has been saved" in text_of(client.get(url("revisions", review)))

    def test_has_further_pages_of_older_ones(self, client: Client, review: Review) -> None:
        save(client, review, headline="As edited")
        row = Revision.objects.get(number=2)
        Revision.objects.bulk_create(
            Revision(review=review, number=number, at=row.at, what=f"What {number}", document=row.document)
            for number in range(3, 60)
        )
        words = text_of(client.get(url("revisions", review)))
        assert "What 59" in words
        assert "What 9 " not in words
        words = text_of(client.get(url("revisions", review), {"before": 10}))
        assert "What 9 " in words
        assert "What 10" not in words

    def test_asks_as_many_queries_of_two_as_of_fifty(self, client: Client, review: Review) -> None:
        save(client, review, headline="As edited")
        client.get(url("revisions", review))
        with CaptureQueriesContext(connection) as few:
            client.get(url("revisions", review))
        row = Revision.objects.get(number=2)
        Revision.objects.bulk_create(
            Revision(review=review, number=number, at=row.at, document=row.document)
            for number in range(3, 53)
        )
        with CaptureQueriesContext(connection) as many:
            client.get(url("revisions", review))
        assert len(many) == len(few) <= 11


class TestAComparison:
    def test_shows_words_side_by_side(self, client: Client, review: Review) -> None:
        save(client, review, body=BODY.replace("waits", "hurries"), tags="noir, action")
        words = compared(client, review, 1, 2)
        assert "Revision 1 · Somebody, 6 Jun 2025, 12:00 Revision 2 · Pauline, 6 Jun 2025, 12:00" in words
        assert "Before: The camera waits. After: The camera hurries." in words
        assert "action" in words

    def test_of_the_saved_and_the_live_text_is_the_default(self, client: Client, review: Review) -> None:
        publishing.publish(review)
        save(client, review, headline="As edited")
        words = text_of(client.get(url("compare", review)))
        assert "Edition 1, which readers see from" in words
        assert "Before: As filed After: As edited" in words

    def test_of_equal_revisions_says_so(self, client: Client, review: Review) -> None:
        save(client, review, headline="As edited")
        assert "They say the same." in compared(client, review, 2, "saved")

    @pytest.mark.parametrize("side", ["99", "x", "-1", "9" * 40, "readers"])
    def test_of_an_unknown_revision_redirects_to_the_list(
        self, client: Client, review: Review, side: str
    ) -> None:
        save(client, review, headline="As edited")
        response = client.get(url("compare", review), {"from": side, "to": "1"}, follow=True)
        assert "Choose a revision from the list." in text_of(response)


class TestRestoring:
    def test_states_what_it_will_restore_and_does_it(self, client: Client, review: Review) -> None:
        make_judgement(review)
        save(client, review, headline="As edited", tags="", **{"judgements-0-DELETE": "on"})
        words = text_of(client.get(at(review, 1, "restore")))
        assert "As (goes: edited) (comes: filed)" in words
        assert "Readers see no difference" in words
        assert "Revision 1 is restored, as revision 3." in restore(client, review, 1)
        saved = reread(review)
        assert (saved.headline, [tag.name for tag in saved.tags.all()]) == ("As filed", ["noir"])

    def test_of_the_saved_state_is_not_offered(self, client: Client, review: Review) -> None:
        save(client, review, headline="As edited")
        assert "What is saved says the same already." in text_of(client.get(at(review, 2, "restore")))

    def test_is_refused_if_the_review_changed_since_the_page_was_read(
        self, client: Client, review: Review
    ) -> None:
        save(client, review, headline="As edited")
        page = fields_of(client.get(at(review, 1, "restore")))
        save(client, review, headline="Later")
        response = client.post(at(review, 1, "restore"), page)
        assert "read what will happen now" in text_of(response)
        assert reread(review).headline == "Later"

    def test_notices_a_change_made_outside_the_desk(self, client: Client, review: Review) -> None:
        save(client, review, headline="As edited")
        Review.objects.filter(pk=review.pk).update(standfirst="Loaded.")
        assert "Look at it first." in restore(client, review, 1)
        assert "is restored" in restore(client, review, 1)

    def test_by_a_critic_does_not_change_fields_of_the_desk(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        review = make_review(critic=critic, headline="As filed", source_name="One")
        desk, writer = signed_in("Editor"), Client()
        writer.force_login(account_of(critic))
        save(desk, review, headline="As edited", source_name="Two")
        assert "stays as it is: critic, provenance, source name" in text_of(
            writer.get(at(review, 1, "restore"))
        )
        restore(writer, review, 1)
        assert (reread(review).headline, reread(review).source_name) == ("As filed", "Two")

    def test_of_an_approved_review_is_refused_to_a_critic(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        review = make_review(critic=critic, headline="As filed")
        desk, writer = signed_in("Editor"), Client()
        writer.force_login(account_of(critic))
        save(desk, review, headline="As edited")
        publishing.publish(reread(review))
        address = at(review, 1, "restore")
        writer.post(address, {"stated": "x"})
        assert reread(review).headline == "As edited"

    def test_of_an_unknown_revision_redirects(self, client: Client, review: Review) -> None:
        assert client.get(at(review, 7, "restore")).status_code == 302


def test_a_revision_is_given_a_name(client: Client, review: Review) -> None:
    save(client, review, headline="As edited")
    address = at(review, 1, "describe")
    page = fields_of(client.get(address))
    named = client.post(address, page | {"name": "as filed", "note": "Before the cut."})
    assert named["Location"] == url("revisions", review)
    assert "as filed" in text_of(client.get(url("revisions", review)))
    assert "Before the cut." in text_of(client.get(url("revisions", review)))


def test_a_note_of_the_greatest_length_may_have_lines(client: Client, review: Review) -> None:
    """A browser counts a line break as one character, and sends two."""
    save(client, review, headline="As edited")
    address = at(review, 1, "describe")
    note = "\n".join(["x" * 299, "y" * 300])
    client.post(address, fields_of(client.get(address)) | {"note": note.replace("\n", "\r\n")})
    assert Revision.objects.get(number=1).note == note


def test_a_name_given_by_somebody_else_is_shown_before_it_is_replaced(client: Client, review: Review) -> None:
    save(client, review, headline="As edited")
    address = at(review, 1, "describe")
    page = fields_of(client.get(address))
    Revision.objects.update(name="theirs")
    answer = client.post(address, page | {"name": "mine"})
    assert "Not done yet" in text_of(answer)
    assert "This replaces: theirs" in text_of(answer)
    assert Revision.objects.get(number=1).name == "theirs"
    assert client.post(address, fields_of(answer)).status_code == 302
    assert Revision.objects.get(number=1).name == "mine"


def test_the_form_links_to_them(client: Client, review: Review) -> None:
    publishing.publish(review)
    page = client.get(url("change", review)).content.decode()
    assert url("revisions", review) in page
    assert url("compare", review) in page
