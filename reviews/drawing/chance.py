"""Choices that a uid makes, always the same ones."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


class Chance:
    """A run of choices drawn from a uid. A name tells apart runs that must not move together."""

    def __init__(self, uid: UUID, name: str) -> None:
        self._bits = int.from_bytes(hashlib.sha256(f"{name}:{uid}".encode()).digest())

    def below(self, limit: int) -> int:
        """A whole number from 0 up to but without ``limit``."""
        self._bits, choice = divmod(self._bits, limit)
        return choice

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]
