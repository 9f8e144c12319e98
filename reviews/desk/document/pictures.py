"""The pictures that a document names: the one at its head, and those of its body."""

from collections.abc import Collection, Iterator, Mapping

from reviews.models import Picture
from reviews.rules.pictures import NamedPicture
from reviews.text import Body, pictures_in

NEEDS_NO_CREDIT = (Picture.Licence.OURS, Picture.Licence.FREE)


def names_in(hero: Picture | None, body: str | Body) -> list[str]:
    """The names, each once; the picture at the head comes first."""
    found = (name for name, _alt in _of_body(body))
    return list(dict.fromkeys([*([hero.name] if hero else []), *found]))


def _of_body(body: str | Body) -> list[tuple[str, str]]:
    # A body is read only if it may have any.
    source = body.source if isinstance(body, Body) else body
    return pictures_in(body) if "picture:" in source.lower() else []


def pictures_named(names: Collection[str]) -> dict[str, Picture]:
    """The pictures of these names that there are, with their newest versions. No query without names."""
    if not names:
        return {}
    return {each.name: each for each in Picture.objects.filter(name__in=names).select_related("file")}


def named_pictures(
    hero: Picture | None, body: str | Body, known: Mapping[str, Picture]
) -> Iterator[NamedPicture]:
    """The pictures for the checklist, each once for the head and once for the body. ``known`` are those there are."""
    if hero and (picture := known.get(hero.name)):
        yield _named(picture, "hero", is_described=_is_described(picture))
    places: dict[str, list[str]] = {}
    for name, alt in _of_body(body):
        places.setdefault(name, []).append(alt)
    for name, alts in places.items():
        if picture := known.get(name):
            yield _named(picture, "body", is_described=_is_described(picture) or all(alts))
        else:
            yield NamedPicture(name, "body", is_known=False)


def _is_described(picture: Picture) -> bool:
    return picture.is_decorative or bool(picture.alt.strip())


def _named(picture: Picture, field: str, *, is_described: bool) -> NamedPicture:
    return NamedPicture(
        picture.name,
        field,
        is_described=is_described,
        is_credited=bool(picture.credit.strip()) or picture.licence in NEEDS_NO_CREDIT,
        is_licensed=picture.licence != Picture.Licence.NONE,
        rights_until=picture.rights_until,
        embargo_until=picture.embargo_until,
    )
