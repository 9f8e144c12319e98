"""Takes in uploaded pictures: made safe, kept, and recorded with what the file says of itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet

from reviews.imaging import process
from reviews.imaging.process import TakenImage
from reviews.models import Picture, PictureFile
from reviews.models.shared.picture import LONGEST_LINE, LONGEST_PROSE, new_name
from reviews.pictures import storage
from reviews.text import one_line

SAME_SHAPE = 0.02
"""How far the ratios of two versions may differ: then what must stay in the picture is in the same place in both."""


@dataclass(frozen=True)
class Arrival:
    """A picture that was uploaded. ``is_known`` if the same file was in the library before: then nothing was added."""

    picture: Picture
    is_known: bool
    lost_frames: int = 0


def take_in(data: bytes, name: str, *, by: User | None, among: QuerySet[Picture]) -> Arrival:
    """Keep an uploaded file as a new picture, or find the picture that already has it.

    ``among`` are the pictures that this person may see: the same file of another is not told of, and becomes a picture
    of its own. Raises RefusedImageError, with a message for whoever uploads it; nothing is kept then. Not to be called
    in a transaction: reading a file may take seconds.
    """
    digest = sha256(data).hexdigest()
    if known := among.filter(file__upload_digest=digest).first():
        return Arrival(known, is_known=True)
    taken = process.take(data)
    picture = Picture(name=new_name(name), added_by=by, **_told(taken))
    file = _file(taken, digest, name, by, picture.uid)
    with _kept(file, taken.file):
        file.save(force_insert=True)
        picture.file = file
        picture.save(force_insert=True)
    return Arrival(picture, is_known=False, lost_frames=taken.frames - 1)


def take_version(picture: Picture, data: bytes, name: str, *, by: User | None) -> Arrival:
    """Keep an uploaded file as the newest version of a picture. Raises as above; the picture stays as it was then."""
    digest = sha256(data).hexdigest()
    if picture.file.upload_digest == digest:
        return Arrival(picture, is_known=True)
    taken = process.take(data)
    file = _file(taken, digest, name, by, picture.uid)
    with _kept(file, taken.file):
        locked = (
            Picture.objects.select_for_update(no_key=True, of=("self",))
            .select_related("file")
            .get(pk=picture.pk)
        )
        versions = PictureFile.objects.filter(picture_uid=picture.uid)
        file.number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
        last = locked.file
        if abs(file.width / file.height - last.width / last.height) < SAME_SHAPE:
            file.focal_x, file.focal_y = last.focal_x, last.focal_y
        file.save(force_insert=True)
        locked.file = file
        locked.save(update_fields=["file"])
    picture.file = file
    return Arrival(picture, is_known=False, lost_frames=taken.frames - 1)


def _told(taken: TakenImage) -> dict[str, str]:
    """The words that the file brings along. Studios put them there; whoever uploads it may change them."""
    said = taken.metadata
    return {
        "alt": said.alt_text,
        "caption": said.caption,
        "credit": _line(said.credit or said.creator),
        "source": _line(said.source),
        "licence_note": "\n".join(filter(None, (said.copyright, said.terms)))[:LONGEST_PROSE],
    }


def _line(text: str) -> str:
    return one_line(text)[:LONGEST_LINE].strip()


def _file(taken: TakenImage, digest: str, name: str, by: User | None, picture_uid: UUID) -> PictureFile:
    width, height = taken.size
    return PictureFile(
        picture_uid=picture_uid,
        format=taken.format,
        width=width,
        height=height,
        colour=taken.colour,
        upload_digest=digest,
        upload_name=name[:LONGEST_LINE],
        upload_width=taken.uploaded_size[0],
        upload_height=taken.uploaded_size[1],
        added_by=by,
    )


@contextmanager
def _kept(file: PictureFile, data: bytes) -> Iterator[None]:
    """Context manager: a transaction with a file that is kept only if the transaction is."""
    name = storage.master_name(file)
    storage.keep(name, data)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        storage.storage().delete(name)
        raise
