"""The order of critics on a film's page."""

from collections.abc import Iterable
from uuid import UUID

from reviews.models.public.edition import Edition


def in_critic_order(editions: Iterable[Edition]) -> list[Edition]:
    """The editions by verdict, from pan to rave, those without a verdict last; then by the critic's name."""
    return sorted(editions, key=_rank)


def _rank(edition: Edition) -> tuple[bool, int, str, UUID]:
    return edition.verdict is None, edition.verdict or 0, edition.critic.sort_name, edition.critic.uid
