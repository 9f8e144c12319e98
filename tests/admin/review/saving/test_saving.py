"""Two saves of one review: the later one is detected, nothing typed is lost, and both can be merged."""

from typing import Any

import pytest
from django.test import Client

from reviews.desk import revisions
from reviews.desk.verbs import publishing
from reviews.models import Aspect, Autosave, Critic, Judgement, Review, Revision
from reviews.rules.argument import Stance, Verdict
from reviews.seeding.factories import make_account, make_aspect, make_critic, make_judgement, make_review
from tests.admin.pages import account_of, fields_of, save, signed_in, text_of, url
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

BASE = "The camera waits.\n\nThe lead carries every scene.\n\nThe script does less."


@pytest.fixture
def review() -> Review:
    return make_review(headline="As filed", body=BASE, verdict=Verdict.POSITIVE, tags=("noir",))


@pytest.fixture
def mine() -> Client:
    return signed_in("Editor", first_name="Pauline")


@pytest.fixture
def theirs() -> Client:
    return signed_in("Editor", first_name="Ruth")


def opened(client: Client, review: Review) -> dict[str, Any]:
    return fields_of(client.get(url("change", review)))


def post(client: Client, review: Review, fields: dict[str, Any]) -> Any:
    return client.post(url("change", review), fields)


def answer(client: Client, review: Review, page: Any, **answers: str) -> Any:
    return post(client, review, fields_of(page) | answers)


class TestASave:
    def test_is_a_revision_under_its_writers_name(self, mine: Client, review: Review) -> None:
        save(mine, review, headline="As edited")
        assert list(Revision.objects.order_by("number").values_list("number", "by_name", "what")) == [
            (1, "", revisions.FOUND),
            (2, "Pauline", "Headline."),
        ]

    def test_that_differs_from_the_live_edition_is_marked_in_the_same_transaction(
        self, mine: Client, review: Review
    ) -> None:
        publishing.publish(review)
        save(mine, review, headline="As edited")
        assert reread(review).has_changes
        save(mine, review, headline="As filed")
        assert not reread(review).has_changes

    def test_without_changes_makes_no_revision(self, mine: Client, review: Review) -> None:
        save(mine, review)
        save(mine, review)
        assert not Revision.objects.exists()
        assert reread(review).revision == 0

    def test_of_a_new_review_is_its_first_revision(self, mine: Client, review: Review) -> None:
        fields = fields_of(mine.get("/admin/reviews/review/add/"))
        mine.post(
            "/admin/reviews/review/add/",
            fields | {"headline": "New", "film": review.film_id, "critic": review.critic_id},
        )
        new = Review.objects.get(headline="New")
        assert list(Revision.objects.of(new).values_list("number", "what", "by_name")) == [
            (1, "Begun.", "Pauline")
        ]
        assert new.revision == 1

    def test_in_a_row_from_fresh_forms_makes_no_conflict(self, mine: Client, review: Review) -> None:
        for headline in ("One", "Two", "Three"):
            assert save(mine, review, headline=headline).status_code == 302
        assert reread(review).headline == "Three"


class TestAStaleSave:
    def test_saves_nothing_and_shows_both(self, mine: Client, theirs: Client, review: Review) -> None:
        fields = opened(mine, review)
        save(theirs, review, body=BASE.replace("waits", "hurries"))
        page = post(mine, review, fields | {"body": BASE.replace("waits", "dawdles")})
        assert page.status_code == 200
        assert "hurries" in reread(review).body
        words = text_of(page)
        assert "Ruth saved this review on" in words
        assert "hurries" in words
        assert "dawdles" in words

    def test_of_different_fields_is_merged(self, mine: Client, theirs: Client, review: Review) -> None:
        fields = opened(mine, review)
        save(theirs, review, body=BASE.replace("waits", "hurries"), headline="Theirs")
        page = post(mine, review, fields | {"body": BASE.replace("does less", "does more"), "verdict": "0"})
        assert "You changed different things" in text_of(page)
        assert answer(mine, review, page).status_code == 302
        saved = reread(review)
        assert saved.body == BASE.replace("waits", "hurries").replace("does less", "does more")
        assert (saved.headline, saved.verdict) == ("Theirs", Verdict.MIXED)

    @pytest.mark.parametrize(
        ("choice", "kept"), [("mine", ["dawdles"]), ("theirs", ["hurries"]), ("both", ["hurries", "dawdles"])]
    )
    def test_of_the_same_passage_asks_which_to_keep(
        self, mine: Client, theirs: Client, review: Review, choice: str, kept: list[str]
    ) -> None:
        fields = opened(mine, review)
        save(theirs, review, body=BASE.replace("waits", "hurries"))
        page = post(mine, review, fields | {"body": BASE.replace("waits", "dawdles")})
        assert "Choose one of the texts" in text_of(answer(mine, review, page))
        assert answer(mine, review, page, **{"choose-body-0": choice}).status_code == 302
        body = reread(review).body
        assert [word for word in ("hurries", "dawdles") if word in body] == kept

    def test_asks_for_every_field_that_both_changed(
        self, mine: Client, theirs: Client, review: Review
    ) -> None:
        fields = opened(mine, review)
        save(theirs, review, headline="Theirs", verdict="2")
        page = post(mine, review, fields | {"headline": "Mine", "verdict": "-1"})
        answers = {"choose-headline-0": "mine", "choose-verdict-0": "theirs"}
        assert answer(mine, review, page, **answers).status_code == 302
        saved = reread(review)
        assert (saved.headline, saved.verdict) == ("Mine", Verdict.RAVE)

    def test_merges_tags(self, mine: Client, theirs: Client, review: Review) -> None:
        fields = opened(mine, review)
        save(theirs, review, tags="noir, action")
        page = post(mine, review, fields | {"tags": "slow cinema"})
        answer(mine, review, page)
        assert {tag.name for tag in reread(review).tags.all()} == {"action", "slow cinema"}

    def test_merges_judgements(self, mine: Client, theirs: Client, review: Review) -> None:
        lead, script, camera = (make_aspect(name=name) for name in ("Lead", "Script", "Camera"))
        make_judgement(review, aspect=lead, evidence="carries every scene")
        make_judgement(review, aspect=script, evidence="does less")
        fields = opened(mine, review)
        row = _row_of(fields, script)
        save(theirs, review, **{f"judgements-{row}-DELETE": "on"})
        page = post(
            mine,
            review,
            fields
            | {f"judgements-{_row_of(fields, lead)}-stance": str(Stance.MIXED.value)}
            | _new_row(fields, camera, Stance.PRAISE, "The camera waits."),
        )
        assert answer(mine, review, page).status_code == 302
        rows = Judgement.objects.filter(review=review)
        assert {(each.aspect, each.stance) for each in rows} == {
            (lead, Stance.MIXED),
            (camera, Stance.PRAISE),
        }

    def test_asks_about_a_judgement_changed_by_one_and_deleted_by_the_other(
        self, mine: Client, theirs: Client, review: Review
    ) -> None:
        lead = make_aspect()
        make_judgement(review, aspect=lead, evidence="carries every scene")
        fields = opened(mine, review)
        save(theirs, review, **{"judgements-0-DELETE": "on"})
        page = post(mine, review, fields | {"judgements-0-stance": str(Stance.CRITICISM.value)})
        answer(mine, review, page, **{f"choose-judgement-{lead.pk}-0": "mine"})
        assert Judgement.objects.get(review=review).stance == Stance.CRITICISM

    def test_with_an_invalid_field_keeps_what_was_typed(
        self, mine: Client, theirs: Client, review: Review
    ) -> None:
        fields = opened(mine, review)
        save(theirs, review, headline="Theirs")
        page = post(mine, review, fields | {"rating": "four of five", "body": f"{BASE}\n\nMore."})
        page = answer(mine, review, page)
        assert page.status_code == 200
        assert page.context["errors"]
        again = fields_of(page)
        assert (again["rating"], again["headline"]) == ("four of five", "Theirs")
        assert "More." in again["body"]
        assert post(mine, review, again | {"rating": "4/5"}).status_code == 302
        assert reread(review).rating == "4/5"

    def test_without_changes_says_so(self, mine: Client, theirs: Client, review: Review) -> None:
        fields = opened(mine, review)
        save(theirs, review, headline="Theirs")
        response = mine.post(url("change", review), fields, follow=True)
        assert "you had changed nothing else" in text_of(response)
        assert reread(review).headline == "Theirs"
        assert Revision.objects.count() == 2

    def test_asks_again_if_somebody_saves_before_the_answer(
        self, mine: Client, theirs: Client, review: Review
    ) -> None:
        fields = opened(mine, review)
        save(theirs, review, headline="Theirs")
        page = post(mine, review, fields | {"headline": "Mine"})
        save(theirs, review, headline="Theirs, again")
        page = answer(mine, review, page, **{"choose-headline-0": "mine"})
        assert "Theirs, again" in text_of(page)
        assert answer(mine, review, page, **{"choose-headline-0": "mine"}).status_code == 302
        assert reread(review).headline == "Mine"

    def test_can_be_continued_in_the_form(self, mine: Client, theirs: Client, review: Review) -> None:
        fields = opened(mine, review)
        save(theirs, review, headline="Theirs")
        page = post(mine, review, fields | {"standfirst": "Mine."})
        response = post(mine, review, fields_of(page) | {"_write": "1"})
        assert response.status_code == 302
        assert reread(review).standfirst != "Mine."
        form = fields_of(mine.get(response.url))
        assert (form["headline"], form["standfirst"]) == ("Theirs", "Mine.")
        assert post(mine, review, form).status_code == 302
        assert reread(review).standfirst == "Mine."
        assert not Autosave.objects.exists()

    def test_notices_a_change_made_outside_the_desk(self, mine: Client, review: Review) -> None:
        save(mine, review, headline="One")
        fields = opened(mine, review)
        Review.objects.filter(pk=review.pk).update(headline="Loaded")
        page = post(mine, review, fields | {"standfirst": "Mine."})
        assert "Somebody saved this review" in text_of(page)
        assert reread(review).headline == "Loaded"

    def test_without_a_valid_base_revision_saves_nothing(self, mine: Client, review: Review) -> None:
        save(mine, review, headline="One")
        save(mine, review, headline="Two")
        fields = opened(mine, review)
        for forged in ("", "-1", "x", "99", "1" * 50):
            page = post(mine, review, fields | {"_revision": forged, "headline": "Mine"})
            assert page.status_code == 200
            assert reread(review).headline == "Two"

    def test_with_an_unrestorable_base_asks_about_every_difference(
        self, mine: Client, theirs: Client, review: Review
    ) -> None:
        fields = opened(mine, review)
        save(theirs, review, critic=str(make_critic().pk), standfirst="Hers.")
        Critic.objects.filter(pk=fields["critic"]).delete()
        page: Any = post(mine, review, fields | {"standfirst": "Mine.", "critic": str(make_critic().pk)})
        asked = {question.name for question in page.context["merge"].questions}
        assert asked == {"choose-critic-0", "choose-standfirst-0"}
        assert answer(mine, review, page, **dict.fromkeys(asked, "mine")).status_code == 302
        assert reread(review).standfirst == "Mine."

    @pytest.mark.parametrize("forged", ["9" * 40, "²", "x", "-1"])
    def test_with_invalid_nouns_is_shown_too(
        self, mine: Client, theirs: Client, review: Review, forged: str
    ) -> None:
        make_judgement(review, evidence="The camera waits.")
        fields = opened(mine, review)
        save(theirs, review, headline="Theirs")
        typed = {
            "film": forged,
            "judgements-0-aspect": forged,
            "judgements-0-stance": forged,
            "verdict": forged,
        }
        page = post(mine, review, fields | typed)
        assert "nothing is lost" in text_of(page)
        assert answer(mine, review, page).status_code == 200

    def test_by_a_critic_does_not_change_fields_that_they_may_not_write(self, theirs: Client) -> None:
        critic = make_critic(user=make_account("Critic"))
        review = make_review(critic=critic, body=BASE, source_name="One")
        client = Client()
        client.force_login(account_of(critic))
        fields = opened(client, review)
        assert "source_name" not in fields
        save(theirs, review, source_name="Two", headline="Theirs")
        page = post(client, review, fields | {"standfirst": "Mine.", "source_name": "Forged"})
        assert answer(client, review, page).status_code == 302
        saved = reread(review)
        assert (saved.source_name, saved.standfirst, saved.headline) == ("Two", "Mine.", "Theirs")


def _row_of(fields: dict[str, Any], aspect: Aspect) -> int:
    return next(
        row
        for row in range(int(fields["judgements-TOTAL_FORMS"]))
        if fields[f"judgements-{row}-aspect"] == str(aspect.pk)
    )


def _new_row(fields: dict[str, Any], aspect: Aspect, stance: Stance, evidence: str) -> dict[str, str]:
    row = int(fields["judgements-TOTAL_FORMS"])
    return {
        "judgements-TOTAL_FORMS": str(row + 1),
        f"judgements-{row}-aspect": str(aspect.pk),
        f"judgements-{row}-stance": str(stance.value),
        f"judgements-{row}-evidence": evidence,
        f"judgements-{row}-id": "",
        f"judgements-{row}-review": fields["judgements-0-review"],
    }
