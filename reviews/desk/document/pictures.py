"""The pictures that a document names: the one at its head, and those of its body."""

from collections.abc import Collection

from reviews.models import Picture
from reviews.text import Body, picture_names


def names_in(hero: Picture | None, body: str | Body) -> list[str]:
    """The names, each once; the picture at the head comes first."""
    # A body is read only if it may have any.
    source = body.source if isinstance(body, Body) else body
    found = picture_names(body) if "picture:" in source.lower() else []
    return list(dict.fromkeys([*([hero.name] if hero else []), *found]))


def pictures_named(names: Collection[str]) -> dict[str, Picture]:
    """The pictures of these names that there are, with their newest versions. No query without names."""
    if not names:
        return {}
    return {each.name: each for each in Picture.objects.filter(name__in=names).select_related("file")}
