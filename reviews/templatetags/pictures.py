"""Tags that write a picture in every size and format that a page may need, and the figures of a body. No queries."""

from collections.abc import Iterable, Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from reviews import clock, text
from reviews.imaging.encoding import MEDIA_TYPES
from reviews.imaging.shapes import FRAMES
from reviews.models.public.edition import Edition
from reviews.models.public.edition_picture import EditionPicture
from reviews.models.shared.picture import Picture
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.ladder import Rendition, address_of, in_frame

register = template.Library()


@register.simple_tag
def picture(
    shown: Picture,
    frame: str,
    sizes: str,
    *,
    is_first: bool = False,
    is_silent: bool = False,
    version: PictureFile | None = None,
    alt: str = "",
) -> SafeString:
    """The whole ``<picture>``: every width of the frame in every format, its size, and a colour until it has come.

    The colour is beside it: with anything else inside, a browser first asks for what only older ones need.

    ``sizes`` says how wide it stands on the page, in the language of the attribute (HTML, 4.8.4.2.1). ``is_first`` is
    for what is seen first: it is loaded at once, before other pictures. ``is_silent`` is for one beside words that say
    what it shows: screen readers pass it by. ``version`` is another than the newest, ``alt`` another description than
    its own.
    """
    file = version or shown.file
    by_format = {name: in_frame(file, FRAMES[frame], name) for name in MEDIA_TYPES}
    fallback = _middle(by_format["JPEG"])
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((MEDIA_TYPES[name], _srcset(file, by_format[name]), sizes) for name in ("AVIF", "WEBP")),
    )
    return format_html(
        '<span class="picture">'
        '<svg class="picture__colour" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">'
        '<path d="M0 0h1v1H0z" fill="{colour}"/></svg><picture>{sources}'
        '<img src="{src}" srcset="{srcset}" sizes="{sizes}" width="{width}" height="{height}"'
        ' alt="{alt}" {when}></picture></span>',
        colour=file.colour,
        sources=sources,
        src=address_of(file, fallback),
        srcset=_srcset(file, by_format["JPEG"]),
        sizes=sizes,
        width=fallback.width,
        height=fallback.height,
        alt="" if is_silent else alt or ("" if shown.is_decorative else shown.alt),
        when=SafeString('fetchpriority="high"' if is_first else 'loading="lazy" decoding="async"'),
    )


@register.simple_tag
def preloaded(shown: Picture, frame: str, sizes: str, *, version: PictureFile | None = None) -> SafeString:
    """The link by which a browser loads what ``picture`` would show, before it has read as far as that.

    Only in the first format, because a browser that reads none of it ignores the link.
    """
    file = version or shown.file
    return format_html(
        '<link rel="preload" as="image" type="{}" imagesrcset="{}" imagesizes="{}" fetchpriority="high">',
        MEDIA_TYPES["AVIF"],
        _srcset(file, in_frame(file, FRAMES[frame], "AVIF")),
        sizes,
    )


@register.simple_tag
def with_pictures(html: str, edition: Edition, pictures: Sequence[EditionPicture]) -> SafeString:
    """The HTML of an edition's body with a figure for each of its pictures that may be shown now."""
    now = clock.now()
    shown = {
        row.picture.name: row
        for row in pictures
        if row.edition_id == edition.pk and row.picture.is_cleared(now)
    }

    def figure(name: str, alt: str) -> str:
        row = shown.get(name)
        return render_to_string(_FIGURE, {"row": row, "alt": alt}) if row else ""

    # Rendered and sanitised at publication; only the places of pictures are filled here.
    return mark_safe(text.with_figures(html, figure))


_FIGURE = "reviews/includes/review/figure.html"


def _srcset(file: PictureFile, renditions: Iterable[Rendition]) -> str:
    return ", ".join(f"{address_of(file, each)} {each.width}w" for each in renditions)


def _middle(renditions: list[Rendition]) -> Rendition:
    """What browsers show that know no other format: the first that a phone fills."""
    return next((each for each in renditions if each.width >= 640), renditions[-1])
