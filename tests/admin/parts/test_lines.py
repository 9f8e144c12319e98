"""Lines of text at the desk: pasted line breaks become spaces, and older rows with one stay savable."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from reviews.desk import revisions
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import publishing
from reviews.models import Edition, Embargo, PreviewLink, Review, Revision
from reviews.seeding.factories import MOMENT, make_account, make_embargo, make_film, make_review
from tests.admin.pages import confirm, errors_of, fields_of, save, signed_in, text_of, url
from tests.text.test_characters import LINE_BREAKS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

BROKEN = "Two\nlines\u2028here"


def broken(row: Any, **lines: str) -> Any:
    """The row with these lines, written past validation."""
    type(row)._base_manager.filter(pk=row.pk).update(**lines)
    row.refresh_from_db()
    return row


class TestALineThatIsPosted:
    @pytest.mark.parametrize("line_break", LINE_BREAKS)
    def test_gets_a_space_where_it_breaks(self, line_break: str) -> None:
        film, review = make_film(), make_review()
        assert save(signed_in(), film, title=f"Two{line_break}lines").status_code == 302
        assert save(signed_in(), review, headline=f"Two{line_break}lines").status_code == 302
        film.refresh_from_db()
        review.refresh_from_db()
        assert (film.title, review.headline) == ("Two lines", "Two lines")

    def test_of_nothing_else_is_blank(self) -> None:
        response = save(signed_in(), make_film(), title="\u2028\x0b")
        assert errors_of(response) == {"title": ["This field is required."]}

    def test_loses_what_is_no_character_as_prose_does(self) -> None:
        film = make_film()
        save(signed_in(), film, title="A\0\x07B", synopsis="A\0\x07B")
        film.refresh_from_db()
        assert (film.title, film.synopsis) == ("AB", "AB")

    def test_names_an_account_or_a_role(self) -> None:
        account, client = make_account("Critic"), signed_in("")
        assert save(client, account, first_name="Ann\u2028Marie").status_code == 302
        assert User.objects.get(pk=account.pk).first_name == "Ann Marie"
        role = Group.objects.create(name="Board")
        assert save(client, role, name="The\x0bBoard").status_code == 302
        assert Group.objects.get(pk=role.pk).name == "The Board"

    def test_names_a_tag(self) -> None:
        review = make_review()
        save(signed_in(), review, tags="road\x0bmovie, noir")
        assert {tag.name for tag in review.tags.all()} == {"road movie", "noir"}

    def test_names_a_revision(self) -> None:
        client, review = signed_in(), make_review()
        save(client, review, headline="Changed")
        address = f"{url('describe', review)}?revision=1"
        client.post(address, fields_of(client.get(address)) | {"name": "as\u2029filed", "note": "One\nTwo"})
        named = Revision.objects.get(number=1)
        assert (named.name, named.note) == ("as filed", "One\nTwo")

    def test_names_whom_a_link_is_for(self) -> None:
        client, review = signed_in(), make_review()
        address = url("links", review)
        client.post(address, fields_of(client.get(address)) | {"for_whom": "the\x0cfact checker"})
        assert PreviewLink.objects.get().for_whom == "the fact checker"

    def test_says_why_an_embargo_ends(self) -> None:
        client, embargo = signed_in("Publisher"), make_embargo(make_film(), MOMENT + dt.timedelta(days=1))
        confirm(client, embargo, "lift", because="it\x0bmoved")
        assert Embargo.objects.get(pk=embargo.pk).ended_because == "it moved"

    def test_is_no_change_to_merge(self) -> None:
        client, review = signed_in(), make_review(headline="Two lines")
        address = url("change", review)
        posted = fields_of(client.get(address))
        save(client, review, standfirst="Changed meanwhile.")
        response = client.post(address, posted | {"headline": "Two\nlines"}, follow=True)
        assert "you had changed nothing else" in text_of(response)


class TestARowThatHasABrokenLine:
    def test_is_shown_in_one_line_and_can_be_saved(self) -> None:
        client, film = signed_in(), broken(make_film(), title=BROKEN)
        assert fields_of(client.get(url("change", film)))["title"] == "Two lines here"
        assert save(client, film, synopsis="New.").status_code == 302
        film.refresh_from_db()
        assert (film.title, film.synopsis) == ("Two lines here", "New.")

    def test_merges_with_what_others_saved(self) -> None:
        client, film = signed_in(), broken(make_film(), title=BROKEN)
        posted = fields_of(client.get(url("change", film)))
        save(signed_in(), film, synopsis="New.")
        page = client.post(url("change", film), posted | {"countries": "France"})
        assert "You changed different things" in text_of(page)
        client.post(url("change", film), fields_of(page))
        film.refresh_from_db()
        assert (film.title, film.synopsis, film.countries) == ("Two lines here", "New.", "France")

    def test_of_a_live_review_differs_in_nothing_from_what_readers_see(self) -> None:
        review = make_review()
        publishing.publish(review)
        broken(review, headline=BROKEN)
        broken(Edition.objects.get(), headline=BROKEN)
        assert not outlook_of(Review.objects.get()).has_changes
        assert save(signed_in(), review).status_code == 302
        assert Revision.objects.filter(number__gt=1).count() == 0
        assert not outlook_of(Review.objects.get()).has_changes

    def test_is_published_in_one_line(self) -> None:
        review = broken(make_review(), headline=BROKEN, how_seen=BROKEN)
        publishing.publish(review)
        edition = Edition.objects.get()
        assert (edition.headline, edition.how_seen) == ("Two lines here", "Two lines here")

    def test_comes_back_from_a_revision_in_one_line(self) -> None:
        client, review = signed_in(), make_review()
        save(client, review, headline="As it is")
        first = Revision.objects.get(number=1)
        first.document["fields"]["headline"] = BROKEN
        first.save()
        assert not revisions.hindrances(review, first)
        address = f"{url('restore', review)}?revision=1"
        client.post(address, fields_of(client.get(address)))
        review.refresh_from_db()
        assert review.headline == "Two lines here"

    def test_breaks_no_page_of_the_desk(self) -> None:
        client = signed_in("")
        review = broken(make_review(), headline=BROKEN, source_name=BROKEN, how_seen=BROKEN)
        publishing.publish(review)
        broken(Edition.objects.get(), headline=BROKEN)
        broken(review.film, title=BROKEN)
        broken(review.critic, name=BROKEN, affiliation=BROKEN)
        embargo = broken(make_embargo(review.film, MOMENT), agreed_with=BROKEN)
        for row in (review, review.film, review.critic, embargo):
            noun = f"admin:reviews_{row._meta.model_name}"
            for page in (url("change", row), url("history", row), reverse(f"{noun}_changelist")):
                response = client.get(page)
                assert "Two lines here" in text_of(response).replace("\u2028", " "), page
        for page in ("index", "desk_calendar"):
            assert client.get(reverse(f"admin:{page}")).status_code == 200
