"""An embargo's end in the studio's time zone, the outlet's, the user's own, and UTC.

``static/js/desk-clocks.js`` fills in the user's own, because only the browser knows it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from reviews import clock
from reviews.admin.embargo.effects import called
from reviews.admin.parts.badges import away, badge
from reviews.desk.dates import time, unknown_zone
from reviews.models import Embargo
from reviews.rules.wallclock import UTC, reading_of, zone_named


@dataclass(frozen=True)
class Clock:
    """A local time of a moment, with the owners and zones of the clocks that show it. ``reads`` is for the script."""

    who: str
    zones: str
    day: str
    time: str
    letters: str
    reads: str


@dataclass(frozen=True)
class EmbargoClocks:
    """An embargo for ``includes/clocks.html``; ``state`` says whether it is active, with a relative time.

    ``zone_warning`` says that the studio's zone is unknown, if it is; its clock is then left out.
    """

    title: str
    state: SafeString
    moment: str
    clocks: list[Clock]
    zone_warning: str = ""
    terms: str = ""
    agreed_with: str = ""


def shown(embargo: Embargo, *, with_terms: bool = True) -> EmbargoClocks:
    """An embargo as its film's pages show it; ``with_terms``: with its terms and who agreed them."""
    zones = [("Desk", timezone.get_current_timezone_name()), ("UTC", "UTC")]
    is_known = zone_named(embargo.zone) is not None
    if is_known:
        zones.insert(0, ("Studio", embargo.zone))
    return EmbargoClocks(
        title=called(embargo),
        state=state_of(embargo),
        moment=embargo.lifts_at.astimezone(dt.UTC).isoformat(),
        clocks=clocks_at(embargo.lifts_at, zones),
        zone_warning="" if is_known else f"The studio’s clock cannot be shown: {unknown_zone(embargo.zone)}.",
        terms=embargo.terms if with_terms else "",
        agreed_with=embargo.agreed_with if with_terms else "",
    )


def shown_to(by: User, embargoes: Iterable[Embargo]) -> list[EmbargoClocks]:
    """Embargoes as a user may see them who sees a review of their film.

    Everybody who sees a review of the film sees when they lift; terms need permission to see embargoes.
    """
    with_terms = by.has_perm("reviews.view_embargo")
    return [shown(embargo, with_terms=with_terms) for embargo in embargoes]


def state_of(embargo: Embargo) -> SafeString:
    """Whether it is active and for how much longer, or since when it is not."""
    if embargo.ended_at and embargo.ended_at <= clock.now():
        return badge("withdrawn", away(embargo.ended_at, "Ended"))
    if embargo.lifts_at <= clock.now():
        return badge("hidden", away(embargo.lifts_at, "Lifted"))
    return badge("held", away(embargo.lifts_at, "Active: lifts"))


def clocks_at(moment: dt.datetime, zones: Iterable[tuple[str, str]]) -> list[Clock]:
    """A moment (aware) on clocks, given as owner and zone name; clocks that agree share a line."""
    lines: dict[dt.datetime, list[tuple[str, str]]] = {}
    for owner, zone in zones:
        lines.setdefault(reading_of(moment, zone_named(zone) or UTC).local, []).append((owner, zone))
    return [_line(moment, local, owned) for local, owned in lines.items()]


def _line(moment: dt.datetime, local: dt.datetime, owned: list[tuple[str, str]]) -> Clock:
    first, *others = (owner for owner, _ in owned)
    # Each zone once, except if its name is its owner's.
    names = dict.fromkeys(name for owner, name in owned if name != owner)
    return Clock(
        who=", ".join([first, *(other if other.isupper() else other.lower() for other in others)]),
        zones=", ".join(names),
        day=date_format(local, "D j F Y", use_l10n=False),
        time=time(local),
        letters=reading_of(moment, zone_named(owned[0][1]) or UTC).clock,
        reads=local.isoformat(timespec="seconds"),
    )
