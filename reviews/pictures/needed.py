"""Which renditions the pages need of which versions, so that they can be made before anybody asks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps

from reviews.imaging.encoding import MEDIA_TYPES
from reviews.imaging.shapes import FRAMES, PORTRAIT, POSTER, WHOLE, WIDE, Frame
from reviews.models.public.edition_picture import EditionPicture
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.ladder import Rendition, in_frame

SHOWN_IN: Mapping[tuple[str, str], tuple[Frame, ...]] = {
    ("Film", "poster"): (POSTER,),
    ("Film", "still"): (WIDE,),
    ("Critic", "portrait"): (PORTRAIT,),
    ("Person", "portrait"): (PORTRAIT,),
}
"""The frames in which pages show the newest version of what stands there."""
PINNED_IN = (WIDE, WHOLE)
"""Those in which they show the pictures of an edition: at its head, and in its body."""


def frames_needed() -> Mapping[int, list[Frame]]:
    """The frames of every version that stands anywhere, public or not yet, by its key. Five queries."""
    found: dict[int, set[str]] = defaultdict(set)
    for (name, column), frames in SHOWN_IN.items():
        owners: Any = apps.get_model("reviews", name).objects.exclude(**{column: None}).order_by()
        for key in owners.values_list(f"{column}__file", flat=True).distinct():
            found[key].update(frame.name for frame in frames)
    for key in EditionPicture.objects.order_by().values_list("file", flat=True).distinct():
        found[key].update(frame.name for frame in PINNED_IN)
    return {key: [frame for frame in FRAMES.values() if frame.name in names] for key, names in found.items()}


def batches_of(file: PictureFile, frames: list[Frame]) -> Iterator[Sequence[Rendition]]:
    """The renditions of a version in these frames, as they are made: those of a width together, in one process."""
    for frame in frames:
        yield from zip(*(in_frame(file, frame, name) for name in MEDIA_TYPES), strict=True)
