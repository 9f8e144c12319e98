"""Pictures on the desk's pages that look like readers'."""

from contextlib import AbstractContextManager

from django.urls import reverse

from reviews.pictures.elsewhere import addressed_below

_ANY = "-"


def addressed_at_the_desk() -> AbstractContextManager[None]:
    """Context manager: pages show pictures from addresses of the desk, which ask who may see them."""
    path = reverse("admin:reviews_review_pictures", args=[_ANY, _ANY])
    return addressed_below(path.removesuffix(f"{_ANY}/{_ANY}"))
