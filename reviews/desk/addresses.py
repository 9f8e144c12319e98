"""What happens to the address of a noun that is not published in editions when its slug changes."""

from typing import Any

from reviews.models import Critic, Edition, Film, Franchise, OldAddress, Person, Tag
from reviews.models.public.address import as_read

Noun = Critic | Film | Franchise | Person | Tag


def keep(noun: Noun, old_slug: str) -> None:
    """Let a slug that the noun had lead on to it; nothing where no reader can have seen the noun under it.

    Whoever has an address last has it: a noun that takes over another's old one, and moves on, keeps it.
    """
    if _has_been_public(noun):
        path = as_read(type(noun)(slug=old_slug).get_absolute_url())
        kind = OldAddress.Kind(str(noun._meta.model_name))
        OldAddress.objects.update_or_create(path=path, defaults={"kind": kind, "target_uid": noun.uid})


def _has_been_public(noun: Noun) -> bool:
    """Whether an edition that names it has ever opened."""
    queryset: Any = type(noun).objects.all()
    return Edition.objects.opened().filter(**{queryset.edition_lookup: noun}).exists()
