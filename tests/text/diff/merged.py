"""Merges as short strings for tests."""

import re
from collections import Counter

from reviews.text import Agreed, Conflict, Whose

Merged = tuple[Agreed | Conflict, ...]


def shown(merged: Merged) -> str:
    """A merge as text: a change in braces, followed by who made it; a conflict in brackets: base, mine, theirs."""
    texts = []
    for piece in merged:
        if isinstance(piece, Conflict):
            texts.append(f"[{piece.base}|{piece.mine}|{piece.theirs}]")
        elif piece.whose is Whose.NOBODY:
            texts.append(piece.text)
        else:
            texts.append(f"{{{piece.base}>{piece.text}}}{piece.whose}")
    return "".join(texts)


def base_of(merged: Merged) -> str:
    return "".join(piece.base for piece in merged)


def side_of(merged: Merged, whose: Whose) -> list[tuple[str, bool]]:
    """Each piece as one side has it, and whether that side changed it."""
    found = []
    for piece in merged:
        if isinstance(piece, Conflict):
            found.append((piece.mine if whose is Whose.MINE else piece.theirs, True))
        elif piece.whose in (whose, Whose.BOTH):
            found.append((piece.text, True))
        else:
            found.append((piece.base, False))
    return found


def written(side: list[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in side)


def conflicts(merged: Merged) -> list[Conflict]:
    return [piece for piece in merged if isinstance(piece, Conflict)]


def everybody(merged: Merged) -> set[Whose | None]:
    return {piece.whose if isinstance(piece, Agreed) else None for piece in merged}


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[a-z]+", text))
