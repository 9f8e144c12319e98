"""The steps at the desk that are measured. Those that write do so to another review in every round."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviews.models import Outlet, Review
from tests.admin.pages import fields_of, url

LIST = "/admin/reviews/review/"
LISTS = {
    "reviews": "",
    "reviews by readers": "?o=-2",
    "reviews by film": "?o=3",
    "reviews that readers see": "?readers=see",
    "reviews that readers will see": "?readers=will",
    "reviews that readers do not see": "?readers=not",
    "reviews of others": "?whose=others",
    "reviews in review": "?status__exact=in_review",
    "search": "?q=lighthouse",
}
IN_BULK = 20
ENOUGH = 80
"""Reviews in a state, for all rounds."""

Step = Callable[[], Any]
"""Does a step once and returns the answer."""


class Desk:
    """A superuser at the desk of a seeded archive."""

    def __init__(self) -> None:
        Outlet.objects.get_or_create(defaults={"name": "The Bench", "time_zone": "Europe/London"})
        account = User.objects.create_superuser("bench")
        self.client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
        self.client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        self.waiting = self._some(status__in=[Review.Status.DRAFT, Review.Status.IN_REVIEW])
        self.live = self._some(status=Review.Status.APPROVED)

    @staticmethod
    def _some(**state: Any) -> Iterator[Review]:
        return iter(list(Review.objects.filter(**state).order_by("sequence")[:ENOUGH]))

    def steps(self) -> Iterator[tuple[str, Callable[[], Step]]]:
        """What makes each step ready; only the step itself is measured."""
        yield "home", lambda: lambda: self.client.get("/admin/")
        yield "calendar", lambda: lambda: self.client.get("/admin/calendar/")
        for name, query in LISTS.items():
            yield name, lambda query=query: lambda: self.client.get(LIST + query)  # type: ignore[misc]
        yield "reviews, last page", self.last_page
        yield "films", lambda: lambda: self.client.get(reverse("admin:reviews_film_changelist"))
        yield "critics", lambda: lambda: self.client.get(reverse("admin:reviews_critic_changelist"))
        yield "form of a review", self.form
        yield "save", self.save
        yield "publish", self.publish
        yield f"publish {IN_BULK} in bulk", self.bulk

    def last_page(self) -> Step:
        answer: Any = self.client.get(LIST)
        pages = answer.context_data["cl"].paginator.num_pages
        return lambda: self.client.get(f"{LIST}?p={pages}")

    def form(self) -> Step:
        address = url("change", next(self.live))
        return lambda: self.client.get(address)

    def save(self) -> Step:
        address = url("change", next(self.waiting))
        fields = fields_of(self.client.get(address)) | {"standfirst": "Saved by the bench.", "_continue": "1"}
        return lambda: self.client.post(address, fields)

    def publish(self) -> Step:
        address = url("publish", next(self.waiting))
        fields = fields_of(self.client.get(address))
        return lambda: self.client.post(address, fields)

    def bulk(self) -> Step:
        chosen = {"_selected_action": [str(next(self.waiting).pk) for _ in range(IN_BULK)]}
        asked = self.client.post(LIST, {"action": "approve_chosen", **chosen}, follow=True)
        return lambda: self.client.post(LIST, fields_of(asked) | chosen)
