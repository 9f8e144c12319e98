"""Whole numbers as a request writes them: Python's own ``int`` refuses, or reads, more than is a number here."""

COLUMN = 2**31 - 1
"""What an integer column of either database has room for."""
KEY = 2**63 - 1
"""What a key may be at most."""


def whole_number(typed: str, *, most: int = COLUMN) -> int | None:
    """The number that ``typed`` writes in ASCII digits, from 0 to ``most``; None where it is not one.

    Never raises: ``int`` takes digits of every script, and raises ValueError for more than 4,300 of them.
    """
    if not (typed.isascii() and typed.isdigit()) or len(typed) > len(str(most)):
        return None
    number = int(typed)
    return number if number <= most else None
