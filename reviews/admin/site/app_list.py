"""Lists the desk's models by task, where Django lists them by application."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class MenuSection:
    """``nouns`` are model names in display order; ``is_near``: the header links to its models directly."""

    name: str
    sentence: str
    nouns: tuple[str, ...]
    is_near: bool = False


MENU = (
    MenuSection(
        "Reviews and embargoes",
        "Write, and decide when readers see it.",
        ("Review", "Embargo"),
        is_near=True,
    ),
    MenuSection(
        "Films and people",
        "The record that reviews are about: readers see it as soon as one of its reviews is public.",
        ("Film", "Critic", "Person", "Picture", "Franchise"),
        is_near=True,
    ),
    MenuSection("Tags and aspects", "Reviews are sorted by tags and judged on aspects.", ("Tag", "Aspect")),
    MenuSection(
        "Outlet and accounts", "What the site is called, and who may do what.", ("Outlet", "User", "Group")
    ),
    MenuSection(
        "Archive",
        "Written by publishing, for looking things up.",
        ("Edition", "Correction", "OldAddress"),
    ),
)


def menu_of(models: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sections that are not empty, each with its entries of Django's list of models."""
    entries = {entry["object_name"]: entry for entry in models}
    sections = []
    for section in MENU:
        found = [entries[noun] for noun in section.nouns if noun in entries]
        if found:
            sections.append(
                {
                    "name": section.name,
                    "sentence": section.sentence,
                    "is_near": section.is_near,
                    "models": found,
                }
            )
    return sections
