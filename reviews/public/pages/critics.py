"""Critics: the list, and a critic with their reviews."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.public.pages.errors import nothing_public
from reviews.public.pages.page import Feed, Page, public_page, render_page
from reviews.public.pages.paging import alphabetical_slice, newest_slice
from reviews.public.reading.calibration import CriticStanding


@public_page
def critic_list(request: HttpRequest) -> HttpResponse:
    """Every critic with a public review, by name."""
    critics = alphabetical_slice(Critic.objects.public(), request, key="sort_name")
    page = Page(reverse("critic_list") + critics.query, _("Critics"), _("Every critic read here, by name."))
    return render_page("reviews/critic_list.html", page, {"slice": critics})


@public_page
def critic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A critic, with verdicts compared to colleagues' and every public review."""
    critic = Critic.objects.public().filter(slug=slug).first()
    if critic is None:
        return nothing_public(request, slug)
    reviews = newest_slice(lambda by: Edition.objects.public(first_by=by).by(critic).for_cards(), request)
    page = Page(
        critic.get_absolute_url() + reviews.query,
        critic.name,
        critic.bio,
        feed=Feed(critic.name, reverse("critic_feed", args=[critic.slug])),
    )
    context = {
        "critic": critic,
        "links": list(critic.links.all()),
        "standing": None if reviews.query else CriticStanding.of(critic),
        "slice": reviews,
    }
    return render_page("reviews/critic_detail.html", page, context)
