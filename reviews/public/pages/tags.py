"""Tags: the list, and a tag with its reviews and related tags."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import EditionTag
from reviews.models.shared.tag import Tag
from reviews.public.pages.errors import nothing_public
from reviews.public.pages.page import Feed, Page, public_page, render_page
from reviews.public.pages.paging import AlphabeticalPages, NewestPages
from reviews.public.reading.related_tags import related_tags

TAGS_A_PAGE = 100


@public_page
def tag_list(request: HttpRequest) -> HttpResponse:
    """Every tag of a public review, by name."""
    tags = _tags.page(request, size=TAGS_A_PAGE)
    page = Page(reverse("tag_list") + tags.query, _("Tags"), _("What the reviews here are about, by name."))
    return render_page("reviews/tag_list.html", page, {"slice": tags})


@public_page
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A tag, its related tags, and every public review with it."""
    tag = next(iter(_at(slug, clock.now())), None)
    if tag is None:
        return nothing_public(request, slug)
    reviews = _reviews.page(request, tag.pk)
    page = Page(
        tag.get_absolute_url() + reviews.query,
        tag.name,
        _("Reviews tagged %(tag)s, newest first.") % {"tag": tag},
        feed=Feed(_("Reviews tagged %(tag)s") % {"tag": tag}, reverse("tag_feed", args=[tag.slug])),
    )
    context = {"tag": tag, "related": related_tags(tag), "slice": reviews.of(lambda row: row.edition)}
    return render_page("reviews/tag_detail.html", page, context)


_tags = AlphabeticalPages(lambda at: Tag.objects.public(at), key="name")
_at = Prepared(lambda slug, at: Tag.objects.public(at).filter(slug=slug)[:1])
_reviews = NewestPages(
    lambda at, by, tag: EditionTag.objects.public(at, first_by=by).filter(tag=tag).for_cards()
)
