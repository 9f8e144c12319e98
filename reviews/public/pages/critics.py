"""Critics: the list, and a critic with their reviews."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic, CriticLink
from reviews.public.pages.errors import nothing_public
from reviews.public.pages.page import Feed, Page, public_page, render_page
from reviews.public.pages.paging import AlphabeticalPages, NewestPages
from reviews.public.reading.calibration import CriticStanding
from reviews.public.reading.cards import critic_card
from reviews.public.reading.pictures import cleared


@public_page
def critic_list(request: HttpRequest) -> HttpResponse:
    """Every critic with a public review, by name."""
    critics = _critics.page(request)
    page = Page(reverse("critic_list") + critics.query, _("Critics"), _("Every critic read here, by name."))
    return render_page("reviews/critic_list.html", page, {"slice": critics})


@public_page
def critic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A critic, with verdicts compared to colleagues' and every public review."""
    critic = next(iter(_at(slug, clock.now())), None)
    if critic is None:
        return nothing_public(request, slug)
    reviews = _reviews.page(request, critic.pk)
    standing = None if reviews.query else CriticStanding.of(critic)
    page = Page(
        critic.get_absolute_url() + reviews.query,
        critic.name,
        critic.bio,
        feed=Feed(critic.name, reverse("critic_feed", args=[critic.slug])),
        card=partial(critic_card, critic, standing.tally) if standing else None,
    )
    context = {
        "critic": critic,
        "portrait": cleared(critic.portrait, clock.now()),
        "links": _links_of(critic.pk),
        "standing": standing,
        "slice": reviews,
    }
    return render_page("reviews/critic_detail.html", page, context)


_critics = AlphabeticalPages(lambda at: Critic.objects.public(at), key="sort_name")
_at = Prepared(
    lambda slug, at: (
        Critic.objects.public(at).select_related("portrait__file").filter(slug=slug).order_by()[:1]
    )
)
_links_of = Prepared(lambda critic: CriticLink.objects.filter(critic=critic))
_reviews = NewestPages(
    lambda at, by, critic: Edition.objects.public(at, first_by=by).filter(critic=critic).for_cards()
)
