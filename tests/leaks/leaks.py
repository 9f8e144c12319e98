"""The moment at which the walk of the tests reads its sites, and the names in them."""

import datetime as dt

from reviews.audit.world import LEAD, placements

NOW = dt.datetime(2025, 6, 6, 12, 0, tzinfo=dt.UTC)
LIFT = NOW + LEAD

PLACEMENTS = placements(public="public", other="other", hidden="hidden")

OWN_FILM = tuple(place for place in PLACEMENTS if place.film == place.secret)
"""For embargoes: one on the public film would also hide the public reviews."""
