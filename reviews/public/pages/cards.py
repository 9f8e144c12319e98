"""Share cards: each is answered while its page is public and says just that, and there is nothing else."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse

from reviews import clock
from reviews.child_process import ChildFailedError
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film, Franchise
from reviews.models.shared.outlet import Outlet
from reviews.pictures.cards import image_of
from reviews.public import as_of
from reviews.public.pages.franchises import films_of
from reviews.public.pages.page import public_page
from reviews.public.pages.pictures import file_answer, nothing, serves_files
from reviews.public.reading import cards
from reviews.public.reading.calibration import films_tally
from reviews.public.reading.verdicts import count_verdicts


@serves_files
@public_page
def review_card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The card of a review. Two queries."""
    edition = next(iter(_edition(slug, clock.now())), None)
    return _answered(request, digest, partial(cards.review_card, edition)) if edition else nothing()


@serves_files
@public_page
def film_card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The card of a film. Three queries."""
    film = next(iter(_film(slug, clock.now())), None)
    if film is None:
        return nothing()
    return _answered(request, digest, partial(cards.film_card, film, count_verdicts([film])[film.pk]))


@serves_files
@public_page
def critic_card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The card of a critic. Three queries."""
    critic = next(iter(_critic(slug, clock.now())), None)
    if critic is None:
        return nothing()
    return _answered(request, digest, partial(cards.critic_card, critic, films_tally(critic)))


@serves_files
@public_page
def franchise_card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The card of a franchise. Three queries."""
    franchise = next(iter(_franchise(slug, clock.now())), None)
    if franchise is None:
        return nothing()
    return _answered(request, digest, partial(cards.franchise_card, franchise, films_of(franchise)))


_edition = Prepared(
    lambda slug, at: Edition.objects.public(at).for_cards().filter(slug=slug).newest_first()[:1]
)
_film = Prepared(lambda slug, at: Film.objects.public(at).filter(slug=slug)[:1])
_critic = Prepared(lambda slug, at: Critic.objects.public(at).filter(slug=slug)[:1])
_franchise = Prepared(lambda slug, at: Franchise.objects.public(at).filter(slug=slug)[:1])


def _answered(request: HttpRequest, digest: str, of: Callable[[Outlet], cards.ShareCard]) -> HttpResponse:
    """The card, if it has this digest. The desk's time machine shows none."""
    if as_of.is_elsewhen():
        return nothing()
    card = of(Outlet.objects.current()).card
    if card.digest != digest:
        return nothing()
    return file_answer(
        request,
        digest,
        "image/png",
        partial(image_of, card),
        lost=(ChildFailedError,),
        named="card for sharing",
    )
