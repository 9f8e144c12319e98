"""Pseudo-random choices that a uid determines."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


class Chance:
    """A sequence of choices determined by a uid. A name separates sequences that must be independent."""

    def __init__(self, uid: UUID, name: str) -> None:
        self._bits = int.from_bytes(hashlib.sha256(f"{name}:{uid}".encode()).digest())

    def below(self, limit: int) -> int:
        """An integer from 0 to ``limit`` - 1."""
        self._bits, choice = divmod(self._bits, limit)
        return choice

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]
