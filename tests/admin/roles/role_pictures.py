"""The actions at the addresses of pictures: one's own, those of a film that one has copy on, and all others."""

from collections.abc import Iterator

from reviews.models import Picture
from tests.admin.roles.role_walk import Try, address, routes_of
from tests.admin.roles.role_world import NOBODY, OTHER, OWN_FILM, World

SEE = "See pictures of films that readers see, of films that one has copy on, and one's own uploads"
SEE_OTHERS = "See all other pictures"
ADD = "Add pictures"
WRITE_OWN = "Change the words, the file and the focal point of one's own uploads"
WRITE_OTHERS = "Change the words, the file and the focal point of somebody else's pictures"
LICENSE = "Change the licence, its terms, the end of rights and the embargo of a picture"
DELETE = "Delete pictures that nothing shows"
ABOUT_NONE = ("changelist", "add", "words")


def of_pictures(world: World, visitor: str) -> Iterator[Try]:
    """The actions of a user on each kind of picture."""
    for route in routes_of(Picture):
        if route in ABOUT_NONE:
            yield from _about_none(world, route, visitor)
            continue
        for whose in (OTHER, OWN_FILM, visitor):
            if whose != NOBODY:
                yield from _about_one(world, route, whose)


def _about_none(world: World, route: str, visitor: str) -> Iterator[Try]:
    path = address(Picture, route, None)
    if route == "changelist":
        yield Try(SEE, path)
        chosen = {
            "action": "delete_selected",
            "_selected_action": [str(world.pictures[OTHER].pk)],
            "post": "yes",
        }
        yield Try(DELETE, path, chosen)
    elif route == "add":
        yield Try(ADD, path)
    else:
        for whose, write in ((OTHER, WRITE_OTHERS), (visitor, WRITE_OWN)):
            if whose in world.pictures:
                key = world.pictures[whose].pk
                yield Try(write, f"{path}?of={key}")
                yield Try(write, path, {"of": key, f"alt-{key}": "Changed"})


def _about_one(world: World, route: str, whose: str) -> Iterator[Try]:
    picture = world.pictures[whose]
    if route in ("file", "thumbnail"):
        return  # No form, and no page: see tests/admin/pictures/test_files.py.
    path = address(Picture, route, picture)
    see = SEE_OTHERS if whose == OTHER else SEE
    write = WRITE_OTHERS if whose in (OTHER, OWN_FILM) else WRITE_OWN
    match route:
        case "change":
            yield Try(see, path)
            yield Try(write, path, {"credit": "Changed"})
            yield Try(LICENSE, path, {"licence": "ours"})
        case "history":
            yield Try(see, path)
        case "version":
            yield Try(write, path)
        case "delete":
            yield Try(DELETE, path)
            yield Try(DELETE, path, {"post": "yes"})
        case _:
            raise AssertionError(f"What is {path} for? Say it here, and in docs/roles.md who may.")
