"""What readers of this site can know: a sample of what is public, and names of nothing."""

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.urls import Resolver404, resolve

from reviews.audit.ended_links import UNKNOWN
from reviews.audit.surfaces import ELSEWHERE_IN_PICTURES, NOUNS, SECTIONS, Known
from reviews.audit.world import World, rendition_called, uid
from reviews.models import Critic, Edition, Film, OldAddress, Person, Tag
from reviews.models.shared.film import Franchise

T = TypeVar("T")
SHELF: Mapping[str, Any] = {
    "film": Film,
    "critic": Critic,
    "person": Person,
    "tag": Tag,
    "franchise": Franchise,
}
ARCHIVES = 20
"""How many years and months are requested."""


def known_of(world: World, most: int, chance: random.Random) -> Known:
    """What is public in the copy: of each noun ``most``, chosen by chance."""
    slugs = {noun: some(model.objects.public().order_by().values_list("slug", flat=True), most, chance)
             for noun, model in SHELF.items()}  # fmt: skip
    editions = Edition.objects.public().order_by()
    slugs["review"] = some(editions.values_list("slug", flat=True), most, chance)
    for noun, ours in _of_ours(world).items():
        slugs[noun] = [*dict.fromkeys([*ours, *slugs[noun]]), f"no-such-{noun}"]
    public = world.public
    slugs["preview"] = [UNKNOWN]
    slugs["rendition"] = [
        rendition_called(name) for name in (f"{public}-poster", f"{public}-portrait", "no-such-picture")
    ]
    public, renamed = f"{public}-review", world.renamed
    months = sorted(set(editions.datetimes("visible_from", "month")))
    chosen = some(months, ARCHIVES, chance)
    hidden = uid(f"review {world.hidden}").hex
    after = f"?after={uid(f'film {world.hidden}').hex}"
    return Known(
        slugs=slugs,
        variable={
            "sitemap_section": [(section,) for section in SECTIONS],
            "no_picture": ELSEWHERE_IN_PICTURES,
            "archive_year": [*{(f"{month.year:04}",): None for month in chosen}, ("2100",), ("9999",)],
            "archive_month": [*((f"{each.year:04}", f"{each.month:02}") for each in chosen), ("2025", "13")],
            "side_by_side": [
                *((one, public) for one in slugs["review"][:ARCHIVES]),
                (renamed, public),
                (public, renamed),
            ],
        },
        film=f"{world.public}-film",
        pair=(public, renamed),
        before=f"?before={world.lift:%Y%m%dT%H%M%S%fZ}-{hidden}",
        queries={f"{noun}_list": f"{after}-the" for noun in NOUNS if noun != "review"}
        | {"person_detail": f"{after}-2025-the", "sitemap_section": f"?from={hidden}"},
    )


def old_addresses(most: int, chance: random.Random) -> list[str]:
    """Addresses that something had once. A route of another release is none."""
    return [path for path in some(OldAddress.objects.order_by().values_list("path", flat=True), most, chance)
            if _is_routed(path)]  # fmt: skip


def _is_routed(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _of_ours(world: World) -> dict[str, Sequence[str]]:
    public, other = world.public, world.other
    return {
        "film": (f"{public}-film",),
        "critic": (f"{public}-critic", f"{other}-critic"),
        "review": (f"{public}-review", world.renamed, f"{other}-review"),
        "person": (f"{public}-person",),
        "tag": (f"{public}-tag", f"{other}-tag"),
        "franchise": (f"{public}-series",),
    }


def some(rows: Iterable[T], most: int, chance: random.Random) -> list[T]:
    """At most so many of the rows, chosen by chance."""
    found = list(rows)
    return found if len(found) <= most else chance.sample(found, most)
