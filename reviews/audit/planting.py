"""Plants hidden states in a site, each under its own names."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from reviews.audit import hiding
from reviews.audit.hiding import Hide
from reviews.audit.world import Placement, uid
from reviews.models import Critic, Film, Person, Review, Tag


@dataclass(frozen=True)
class Planted:
    """A hidden state in one placement, under its own names."""

    state: str
    hide: Hide
    place: Placement

    def __str__(self) -> str:
        return f"{self.state} {self.place}"

    def is_there(self) -> bool:
        """Whether its rows exist."""
        secret = self.place.secret
        if self.hide is hiding.without_a_review:
            nouns = (Film, Critic, Person, Tag)
            return all(noun.objects.filter(slug__startswith=f"{secret}-").exists() for noun in nouns)
        return Review.objects.filter(uid=uid(f"review {secret}")).exists()


def planted(states: Mapping[str, Hide], places: Sequence[Placement]) -> list[Planted]:
    """Each of the states in each of the placements."""
    return [
        Planted(state, hide, place.called(f"{place.secret}-{state.replace('_', '-')}-{number}"))
        for number, place in enumerate(places)
        for state, hide in states.items()
    ]


@contextmanager
def undone() -> Iterator[None]:
    """Roll back whatever is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
