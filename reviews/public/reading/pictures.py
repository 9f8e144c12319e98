"""Which picture a page shows of what it shows."""

import datetime as dt

from reviews.models.shared.picture import Picture


def cleared(picture: Picture | None, at: dt.datetime) -> Picture | None:
    """The picture, if its own embargo and rights allow it to be shown at a moment."""
    return picture if picture and picture.is_cleared(at) else None
