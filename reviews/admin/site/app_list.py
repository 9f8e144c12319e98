"""Lists the desk's models by task, where Django lists them by application."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Room:
    """``nouns`` are model names in display order; ``is_near``: the header links to its models directly."""

    name: str
    sentence: str
    nouns: tuple[str, ...]
    is_near: bool = False


ROOMS = (
    Room(
        "Reviews and embargoes",
        "Write, and decide when readers see it.",
        ("Review", "Embargo"),
        is_near=True,
    ),
    Room(
        "Films and people",
        "The record that reviews are about: readers see it as soon as one of its reviews is public.",
        ("Film", "Critic", "Person", "Franchise"),
        is_near=True,
    ),
    Room("Vocabulary", "What reviews are sorted by, and judged on.", ("Tag", "Aspect")),
    Room("Outlet and accounts", "What the site is called, and who may do what.", ("Outlet", "User", "Group")),
    Room(
        "Records",
        "What publishing leaves behind, to look things up in.",
        ("Edition", "Correction", "OldAddress"),
    ),
)


def by_room(models: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sections that are not empty, each with its entries of Django's list of models."""
    entries = {entry["object_name"]: entry for entry in models}
    rooms = []
    for room in ROOMS:
        found = [entries[noun] for noun in room.nouns if noun in entries]
        if found:
            rooms.append(
                {"name": room.name, "sentence": room.sentence, "is_near": room.is_near, "models": found}
            )
    return rooms
