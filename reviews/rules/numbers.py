"""Reads whole numbers from requests. Python's own ``int`` accepts more, and raises where a request must not fail."""

COLUMN = 2**31 - 1
"""The largest value of an integer column in either database."""
KEY = 2**63 - 1
"""The largest key."""


def whole_number(typed: str, *, most: int = COLUMN) -> int | None:
    """The number that ``typed`` writes in ASCII digits, from 0 to ``most``; None where it is not one.

    Never raises: ``int`` takes digits of every script, and raises ValueError for more than 4,300 of them.
    """
    if not (typed.isascii() and typed.isdigit()) or len(typed) > len(str(most)):
        return None
    number = int(typed)
    return number if number <= most else None
