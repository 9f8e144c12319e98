"""The page that a preview link opens: the only way to see a working copy without an account.

Imports both the readers' pages and the desk; neither imports this module. The secret is valid at no other address.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from reviews.desk import preview_links
from reviews.desk.dates import moment_in_words, spoken_twice
from reviews.desk.pictures.files import files_around, pictures_in
from reviews.models import Correction, Edition, Embargo, Film, PictureFile, PreviewLink
from reviews.models.public.edition_picture import shown_files
from reviews.pictures.elsewhere import addressed_below
from reviews.pictures.private import privately
from reviews.public.addresses import absolute
from reviews.public.pages.page import Page, public_page, render_page
from reviews.public.pages.reviews import review_page


class SecretConverter:
    """Matches what has the form of a secret; any other address below ``/preview/`` is not found."""

    regex = preview_links.SECRET_PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@public_page
def preview_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A review for a person with a link to it. Raises Http404 if the secret is invalid, expired or revoked."""
    link = preview_links.found_by(secret)
    if link is None:
        raise Http404
    if request.method == "GET":
        preview_links.count_opening(link)
    return _page(link)


@public_page
def preview_link_picture(request: HttpRequest, secret: str, token: str, name: str) -> HttpResponse:
    """A rendition of a picture on that page. Raises Http404 for anything else."""
    link = preview_links.found_by(secret)
    file = PictureFile.objects.filter(token=token).first() if link else None
    return privately(file if link and file and _shows(link, file) else None, name)


def _shows(link: PreviewLink, file: PictureFile) -> bool:
    with suppress(preview_links.Unshowable):
        shown = preview_links.shown_by(link)
        if file.pk in files_around(shown.edition, pictures_in(shown.edition, shown.pictures, link.made_by)):
            return True
    return shown_files().filter(pk=file.pk).exists()


def _page(link: PreviewLink) -> HttpResponse:
    try:
        shown = preview_links.shown_by(link)
    except preview_links.Unshowable:
        page = Page(
            "", _("This preview cannot be shown"), is_preview=True, notice=_notice(link, link.review.film)
        )
        return render_page("reviews/preview_unshowable.html", page)
    # Relative, so that the secret is nowhere on the page.
    with addressed_below("pictures/"):
        return review_page(
            shown.edition,
            tags=shown.tags,
            judgements=shown.judgements,
            pictures=pictures_in(shown.edition, shown.pictures, link.made_by),
            is_preview=True,
            notice=_notice(link, shown.edition.film),
        )


def _notice(link: PreviewLink, film: Film) -> Callable[[], list[str]]:
    """What the preview says about itself: what it shows, the embargo, and until when the link works."""
    embargoes = Embargo.objects.on_reviews().active().filter(film=film)
    return partial(_sentences, link, film, embargoes.order_by("-lifts_at").first())


def _sentences(link: PreviewLink, film: Film, embargo: Embargo | None) -> list[str]:
    sentences = [_what_it_shows(link), *_newer_version(link)]
    if embargo:
        sentences.append(
            _("An embargo on reviews of %(film)s lifts on %(moment)s.")
            % {"film": film, "moment": spoken_twice(embargo.lifts_at, embargo.zone)}
        )
    sentences.append(_("The link works until %(moment)s.") % {"moment": moment_in_words(link.expires_at)})
    return sentences


def _newer_version(link: PreviewLink) -> list[str]:
    """A sentence if readers see a newer version than the link shows; only public versions and notes count."""
    if link.revision is None:
        return []
    notes = Correction.objects.public().filter(edition__review_uid=link.review.uid, at__gt=link.revision.at)
    newer = Edition.objects.public().filter(review_uid=link.review.uid, visible_from__gt=link.revision.at)
    newest: Any = newer.annotate(is_corrected=Exists(notes)).first()
    if newest is None:
        return []
    words = (
        _(
            "This version is out of date: the review was corrected on %(moment)s. The live version is at %(address)s."
        )
        if newest.is_corrected
        else _(
            "This version is out of date: the review was published on %(moment)s. The live version is at %(address)s."
        )
    )
    address = absolute(newest.get_absolute_url())
    return [words % {"moment": moment_in_words(newest.visible_from), "address": address}]


def _what_it_shows(link: PreviewLink) -> str:
    if link.revision is None:
        return _("This is the copy as it stands at the desk now; it may still change.")
    return _("This is revision %(number)d, as saved on %(moment)s; what was changed later is not in it.") % {
        "number": link.revision.number,
        "moment": moment_in_words(link.revision.at.replace(second=0, microsecond=0)),
    }
