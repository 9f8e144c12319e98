"""What the list and the page of a picture say of it: what it lacks, its terms, where it stands, its versions."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from reviews import clock
from reviews.admin.parts.badges import away, badge, ever_since
from reviews.admin.parts.pages import desk_url
from reviews.admin.pictures.files import file_url
from reviews.admin.pictures.listing import SOON
from reviews.desk.pictures.uses import Use, Uses
from reviews.models import Picture, PictureFile


@dataclass(frozen=True)
class Version:
    """A version of a picture, on its page."""

    file: PictureFile
    thumbnail: str
    large: str
    is_newest: bool


def versions_of(picture: Picture) -> list[Version]:
    """All versions, newest first."""
    files = PictureFile.objects.filter(picture_uid=picture.uid).select_related("added_by")
    return [
        Version(file, file_url(picture, version=file), file_url(picture, "large", file), file == picture.file)
        for file in files.order_by("-number")
    ]


def signs_of(picture: Picture) -> list[SafeString]:
    """Badges: its terms if they hide it or will soon, and what it lacks."""
    now, signs = clock.now(), []
    if picture.embargo_until and picture.embargo_until > now:
        signs.append(badge("held", away(picture.embargo_until, "Embargo lifts")))
    if picture.rights_until and picture.rights_until <= now:
        signs.append(badge("withdrawn", ever_since(picture.rights_until, "Rights ended")))
    elif picture.rights_until and picture.rights_until <= now + SOON:
        signs.append(badge("waiting", away(picture.rights_until, "Rights end")))
    if lacking := lacks(picture):
        signs.append(badge("blocking", f"Lacks {', '.join(lacking)}"))
    return signs


def lacks(picture: Picture) -> list[str]:
    """What it should have before readers see it, and has not."""
    found = {
        "alt text": picture.alt or picture.is_decorative,
        "credit": picture.credit,
        "licence": picture.licence,
    }
    return [name for name, said in found.items() if not said]


def in_words(uses: Uses) -> list[SafeString]:
    """A line for each place where a picture stands, with a link to it; and one that counts the others."""
    lines = [_line(use) for use in uses.named]
    if uses.unnamed:
        places = "1 place" if uses.unnamed == 1 else f"{uses.unnamed} places"
        lines.append(format_html("{} that your role does not see", places))
    return lines


def _line(use: Use) -> SafeString:
    shown = use.shown_by
    return format_html('<a href="{}">{}</a>: {}', desk_url("change", shown), shown, use.what)
