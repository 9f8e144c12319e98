"""Four eyes: nobody publishes their own copy, and the desk says so instead of offering it."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviews.desk import permissions
from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import NotAllowed, Verb
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Edition, Outlet, Review
from reviews.seeding.factories import make_account, make_critic, make_outlet, make_review
from tests.admin.pages import confirm, fields_of, save, signed_in, text_of, url
from tests.admin.roles.role_world import bring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OWN: dict[str, Callable[[User], Review]] = {
    "their byline": lambda by: make_review(critic=make_critic(user=by)),
    "begun by them": lambda by: make_review(written_by=by),
}
AUTHORS = ("Publisher", "superuser")
SENTENCE = "This is your own copy, and here another pair of eyes approves it: ask a colleague."
STEPS = {"draft": Verb.APPROVE, "live": Verb.PUBLISH_CHANGES, "withdrawn": Verb.REINSTATE}
"""Each state and the verb that publishes from it."""


@pytest.fixture(autouse=True)
def outlet() -> Outlet:
    return make_outlet(four_eyes=True)


def make_author(role: str) -> User:
    """A user who may do everything with copy except publishing their own."""
    return make_account(is_staff=True, is_superuser=True) if role == "superuser" else make_account(role)


@pytest.fixture(params=AUTHORS)
def author(request: pytest.FixtureRequest) -> User:
    return make_author(request.param)


def editions(review: Review) -> int:
    return Edition.objects.filter(review=review).count()


def browser(by: User) -> Client:
    client = Client()
    client.force_login(by)
    return client


@pytest.fixture(scope="class")
def made(kept_by_class: None) -> dict[tuple[str, str, str], tuple[User, Review]]:
    """Own copy of each kind in each state, and its owner."""
    make_outlet(four_eyes=True)
    found = {}
    for own, state, role in itertools.product(OWN, STEPS, AUTHORS):
        author = make_author(role)
        review = OWN[own](author)
        bring(review, state)
        found[own, state, role] = author, review
    return found


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("state", STEPS)
class TestOwnCopy:
    @pytest.fixture(autouse=True)
    def outlet(self, made: object) -> Outlet:
        return Outlet.objects.get()

    @pytest.fixture(params=AUTHORS)
    def case(self, request: pytest.FixtureRequest, made: Any, own: str, state: str) -> tuple[User, Review]:
        author, review = made[own, state, request.param]
        return User.objects.get(pk=author.pk), Review.objects.get(pk=review.pk)

    @pytest.fixture
    def author(self, case: tuple[User, Review]) -> User:
        return case[0]

    @pytest.fixture
    def review(self, case: tuple[User, Review]) -> Review:
        return case[1]

    def test_is_refused_by_the_verb(self, state: str, review: Review, author: User) -> None:
        before = editions(review)
        with pytest.raises(NotAllowed, match="your own copy"):
            publishing.publish(review, by=author)
        if state == "withdrawn":
            with pytest.raises(NotAllowed, match="your own copy"):
                withdrawing.reinstate(review, by=author)
        assert editions(review) == before

    def test_is_refused_by_the_page(self, state: str, review: Review, author: User) -> None:
        before = editions(review)
        client = browser(author)
        for route in ("publish", "reinstate") if state == "withdrawn" else ("publish",):
            assert SENTENCE in text_of(client.get(url(route, review)))
            # The page as a colleague sees it, with its digest.
            posted = fields_of(signed_in("Publisher").get(url(route, review))) | {"what": "as-it-was"}
            for _ in range(2):
                response = client.post(url(route, review), posted)
                assert SENTENCE in text_of(response)
                posted = fields_of(response)
        assert editions(review) == before

    def test_has_no_door_in_the_panel_which_says_why(self, state: str, review: Review, author: User) -> None:
        page = browser(author).get(url("change", review))
        assert SENTENCE in text_of(page)
        assert STEPS[state] not in {action.name for action in page.context["verb_actions"]}
        assert STEPS[state] not in permissions.available(outlook_of(review), author)

    def test_is_put_up_by_a_colleague(self, state: str, review: Review, author: User) -> None:
        colleague = make_account("Publisher")
        page = browser(colleague).get(url("change", review))
        assert SENTENCE not in text_of(page)
        assert STEPS[state] in {action.name for action in page.context["verb_actions"]}
        before = editions(review)
        confirm(browser(colleague), review, "publish", kind="nothing-wrong")
        assert Edition.objects.public().filter(review=review, number=before + 1).exists()

    def test_is_put_up_by_whoever_wrote_it_where_the_outlet_does_not_mind(
        self, review: Review, author: User
    ) -> None:
        Outlet.objects.update(four_eyes=False)
        page = browser(author).get(url("change", review))
        assert SENTENCE not in text_of(page)
        before = editions(review)
        confirm(browser(author), review, "publish", kind="nothing-wrong")
        assert Edition.objects.public().filter(review=review, number=before + 1).exists()


class TestTheButtonInTheForm:
    def test_does_not_approve_what_a_colleagues_page_stated(self, author: User) -> None:
        review = make_review(written_by=author)
        colleagues = fields_of(signed_in("Publisher").get(url("change", review)))
        assert "_stated_approve" in colleagues
        response = browser(author).post(url("change", review), colleagues | {"_verb": "approve"}, follow=True)
        assert SENTENCE in text_of(response)
        assert not Edition.objects.exists()


class TestSeveralAtOnce:
    def test_leave_own_copy_as_it_is_and_approve_the_rest(self, author: User) -> None:
        own, other = make_review(written_by=author), make_review()
        client, address = browser(author), "/admin/reviews/review/"
        chosen = {"action": "approve_chosen", "_selected_action": [str(own.pk), str(other.pk)]}
        page = client.post(address, chosen)
        assert SENTENCE in text_of(page)
        client.post(address, fields_of(page) | chosen)
        assert [edition.review for edition in Edition.objects.all()] == [other]


class TestWhatFourEyesLeavesAlone:
    def test_own_copy_is_written_submitted_and_withdrawn_as_before(self, author: User) -> None:
        review = make_review(written_by=author)
        assert Verb.SUBMIT in permissions.available(outlook_of(review), author)
        bring(review, "live")
        withdrawing.withdraw(review, by=author)
        assert Review.objects.get().status == "withdrawn"

    def test_the_panel_says_nothing_where_there_is_nothing_to_put_up(self, author: User) -> None:
        review = make_review(written_by=author)
        publishing.publish(review)
        assert SENTENCE not in text_of(browser(author).get(url("change", review)))

    def test_a_critic_is_not_told_of_what_they_may_not_do_anyway(self) -> None:
        critic = make_account("Critic")
        review = make_review(critic=make_critic(user=critic))
        assert SENTENCE not in text_of(browser(critic).get(url("change", review)))


class TestTheByline:
    """Copy under another byline is still the user's own."""

    def test_stays_where_own_copy_stands(self, author: User) -> None:
        review, other = make_review(critic=make_critic(user=author)), make_critic()
        client = browser(author)
        posted = fields_of(client.get(url("change", review)))
        assert "critic" not in posted
        client.post(url("change", review), posted | {"critic": str(other.pk)})
        assert Review.objects.get().critic == review.critic

    def test_moves_where_it_is_a_colleagues_or_two_eyes_are_enough(self, author: User) -> None:
        review, other = make_review(), make_critic()
        assert save(browser(author), review, critic=str(other.pk)).status_code == 302
        assert Review.objects.get().critic == other
        own = make_review(critic=make_critic(user=author))
        Outlet.objects.update(four_eyes=False)
        save(browser(author), own, critic=str(other.pk))
        assert Review.objects.get(pk=own.pk).critic == other
