"""Ambiguous and skipped local times on the desk's pages: asked about at the field, and nothing typed is lost."""

import datetime as dt
from typing import Any

import html5lib
import pytest

from reviews.desk.verbs import embargoes, publishing
from reviews.models import Edition, Embargo, Review
from reviews.seeding.factories import MOMENT, make_film, make_outlet, make_review
from tests.admin.pages import answers_of, errors_of, fields_of, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)


@pytest.fixture
def outlet() -> Any:
    return make_outlet()


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


class TestReTiming:
    def test_asks_states_and_does_it(self) -> None:
        review, client = make_review(), signed_in()
        publishing.publish(review, at=MOMENT + DAY)
        address = url("retime", review)
        typed = {"at_0": "2025-10-26", "at_1": "01:30"}
        asked = client.post(address, fields_of(client.get(address)) | typed)
        assert "01:30, second time round: GMT (UTC+0), which is 01:30 UTC" in text_of(asked)
        stated = client.post(address, fields_of(asked) | {"at_meant": answers_of(asked)[1]})
        assert "26 October 2025, 01:30 GMT (Europe/London)" in text_of(stated)
        assert Edition.objects.get().visible_from == MOMENT + DAY
        client.post(address, fields_of(stated))
        assert Edition.objects.get().visible_from == utc("2025-10-26T01:30")


class TestTheFormOfAReview:
    TYPED = {
        "rights_until_0": "2025-10-26",
        "rights_until_1": "01:30",
        "standfirst": "Typed before it was asked.",
    }

    def test_asks_at_the_field_and_loses_nothing(self) -> None:
        review, client = make_review(), signed_in()
        address = url("change", review)
        asked = client.post(address, fields_of(client.get(address)) | self.TYPED)
        assert errors_of(asked) == {"rights_until": ["01:30 comes twice then: choose which one you mean."]}
        assert self.TYPED.items() <= fields_of(asked).items()
        answer = {"rights_until_meant": answers_of(asked)[0]}
        assert client.post(address, fields_of(asked) | answer).status_code == 302
        saved = Review.objects.get()
        assert saved.rights_until == utc("2025-10-26T00:30")
        assert saved.standfirst == "Typed before it was asked."

    def test_asks_its_question_in_valid_html(self) -> None:
        review, client = make_review(), signed_in()
        address = url("change", review)
        asked = client.post(address, fields_of(client.get(address)) | self.TYPED)
        html5lib.HTMLParser(strict=True).parse(asked.content.decode())

    @pytest.mark.parametrize("until", ["2025-10-26T00:30", "2025-10-26T01:30"])
    def test_does_not_ask_again_what_is_stored(self, until: str) -> None:
        review, client = make_review(rights_until=utc(until)), signed_in()
        address = url("change", review)
        shown = client.get(address)
        assert len(answers_of(shown)) == 2
        assert client.post(address, fields_of(shown)).status_code == 302
        assert Review.objects.get().rights_until == utc(until)

    def test_asks_nothing_where_nothing_is_ambiguous(self) -> None:
        assert answers_of(signed_in().get(url("change", make_review()))) == []


class TestMovingAnEmbargo:
    @pytest.fixture
    def embargo(self) -> Embargo:
        agreed = Embargo(film=make_film(), lifts_at=MOMENT + DAY, zone="America/New_York")
        embargoes.impose(agreed)
        return agreed

    def move(self, embargo: Embargo, number: int) -> tuple[Any, Any]:
        """The confirm page, and the response to its confirmation."""
        client, address = signed_in("Publisher"), url("move", embargo)
        typed = {"lifts_at_0": "2025-11-02", "lifts_at_1": "01:30", "because": "They wrote."}
        asked = client.post(address, fields_of(client.get(address)) | typed)
        assert "The clocks in America/New_York go back from 02:00 to 01:00" in text_of(asked)
        assert typed.items() <= fields_of(asked).items()
        stated = client.post(address, fields_of(asked) | {"lifts_at_meant": answers_of(asked)[number]})
        return stated, client.post(address, fields_of(stated))

    @pytest.mark.parametrize(
        ("number", "moment", "words"),
        [(0, "2025-11-02T05:30", "01:30 EDT"), (1, "2025-11-02T06:30", "01:30 EST")],
    )
    def test_asks_by_the_studios_clocks(self, embargo: Embargo, number: int, moment: str, words: str) -> None:
        stated, done = self.move(embargo, number)
        assert f"2 November 2025, {words} (America/New_York)" in text_of(stated)
        assert done.status_code == 302
        assert Embargo.objects.get(ended_at=None).lifts_at == utc(moment)

    def test_does_not_ask_when_it_is_only_the_outlets_clocks_that_change(self, embargo: Embargo) -> None:
        client, address = signed_in("Publisher"), url("move", embargo)
        typed = {"lifts_at_0": "2025-10-26", "lifts_at_1": "01:30", "because": "They wrote."}
        stated = client.post(address, fields_of(client.get(address)) | typed)
        assert answers_of(stated) == []
        assert (
            "26 October 2025, 05:30 (Europe/London), which is 26 October 2025, 01:30 (America/New_York)"
            in text_of(stated)
        )
