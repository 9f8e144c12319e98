"""What happens to the address of a noun that is not published in editions when its slug changes."""

from reviews.models import Critic, Film, OldAddress, Person, Tag
from reviews.models.address import as_read

Noun = Critic | Film | Person | Tag

_KINDS: dict[type, str] = {
    Film: OldAddress.Kind.FILM,
    Critic: OldAddress.Kind.CRITIC,
    Person: OldAddress.Kind.PERSON,
    Tag: OldAddress.Kind.TAG,
}


def keep(noun: Noun, old_slug: str) -> None:
    """Let a slug that the noun had lead on to it. Silent to readers for as long as the noun is not public."""
    path = as_read(type(noun)(slug=old_slug).get_absolute_url())
    OldAddress.objects.update_or_create(
        path=path, defaults={"kind": _KINDS[type(noun)], "target_uid": noun.uid}
    )
