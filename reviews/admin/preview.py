"""A review's public page before it is public."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from reviews import ratings
from reviews.admin.confirm import ConfirmMixin
from reviews.desk.composition import compose
from reviews.models import Review
from reviews.views.reviews import review_page


def preview(desk: ConfirmMixin, request: HttpRequest, review: Review) -> HttpResponse:
    """The readers' page as it would be if what is saved were published now; or what keeps it from being shown.

    The caller has checked that the account may see the review.
    """
    try:
        composition = compose(review)
    except ratings.RatingError as error:
        return _unshowable(desk, request, review, str(error))
    return review_page(
        composition.edition, tags=composition.tags, judgements=composition.judgements, is_preview=True
    )


def _unshowable(desk: ConfirmMixin, request: HttpRequest, review: Review, reason: str) -> HttpResponse:
    context = {
        **desk.admin_site.each_context(request),
        "title": "This cannot be shown yet",
        "subtitle": None,
        "opts": desk.opts,
        "original": review,
        "change_url": desk.change_url(review),
        "reason": reason,
    }
    return TemplateResponse(request, "admin/reviews/unshowable.html", context)
