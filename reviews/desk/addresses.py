"""Old addresses of films, people and other nouns without editions, kept when a slug changes."""

from typing import Any

from reviews.models import Critic, Edition, Film, Franchise, OldAddress, Person, Tag
from reviews.models.public.address import as_read

Noun = Critic | Film | Franchise | Person | Tag


def keep(noun: Noun, old_slug: str) -> None:
    """Redirect an old slug to the noun, unless the noun was never public under it.

    The last owner of an address keeps it, even if another noun had it before.
    """
    if _has_been_public(noun):
        path = as_read(type(noun)(slug=old_slug).get_absolute_url())
        kind = OldAddress.Kind(str(noun._meta.model_name))
        OldAddress.objects.update_or_create(path=path, defaults={"kind": kind, "target_uid": noun.uid})


def _has_been_public(noun: Noun) -> bool:
    """Whether an edition that names the noun has ever been visible."""
    queryset: Any = type(noun).objects.all()
    return Edition.objects.opened().filter(**{queryset.edition_lookup: noun}).exists()
