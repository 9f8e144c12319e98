"""Where emphasis begins and ends: at words, as Markdown requires, not at spaces and punctuation around them."""

import unicodedata
from dataclasses import replace
from itertools import groupby

from reviews.text.pasting.model import Look, Run


def settled(runs: list[Run]) -> list[Run]:
    """The runs with emphasis that Markdown can write (CommonMark 0.31, section 6.2).

    Spaces at the edges of emphasis lose it, and so does punctuation at an edge that touches a letter outside; spaces
    between two emphasised words get it.
    """
    units = [(text, run.look) for run in runs for text in ([run.text] if run.look.code else run.text)]
    units = _without_spaces_at_links(units)
    kinds = ["." if look.code or look.note or look.href else _kind(text) for text, look in units]
    strong = _spans([look.strong for _, look in units], kinds)
    em = _spans([look.em for _, look in units], kinds)
    looks = [
        replace(look, strong=is_strong, em=is_em)
        for (_, look), is_strong, is_em in zip(units, strong, em, strict=True)
    ]
    found: list[Run] = []
    for look, places in groupby(range(len(units)), key=looks.__getitem__):
        texts = [units[place][0] for place in places]
        found += [Run(text, look) for text in texts] if look.note else [Run("".join(texts), look)]
    return found


def _without_spaces_at_links(units: list[tuple[str, Look]]) -> list[tuple[str, Look]]:
    """The units, with spaces at the edges of a link moved out of it."""
    found = list(units)
    for places in (range(len(units)), range(len(units) - 1, -1, -1)):
        href = ""
        for place in places:
            text, look = found[place]
            if look.href and look.href != href and text.isspace():
                found[place] = text, replace(look, href="")
            else:
                href = look.href
    return found


def _kind(character: str) -> str:
    """A space, punctuation (``.``) or any other character (``a``), as Markdown distinguishes them."""
    if character.isspace():
        return " "
    return "." if unicodedata.category(character)[0] in "PS" else "a"


def _spans(flags: list[bool], kinds: list[str]) -> list[bool]:
    flags = _bridged(flags, kinds)
    start = 0
    for is_on, places in groupby(list(flags)):
        end = start + len(list(places))
        if is_on:
            _narrow(flags, kinds, start, end)
        start = end
    return flags


def _bridged(flags: list[bool], kinds: list[str]) -> list[bool]:
    """The flags, where a run of spaces has the flag only if both its neighbours have it."""
    found = list(flags)
    start = 0
    for is_space, places in groupby(kinds, key=lambda kind: kind == " "):
        end = start + len(list(places))
        if is_space:
            between = start > 0 and end < len(flags) and flags[start - 1] and flags[end]
            found[start:end] = [between] * (end - start)
        start = end
    return found


def _narrow(flags: list[bool], kinds: list[str], start: int, end: int) -> None:
    first, last = start, end - 1
    while first <= last and (
        kinds[first] == " " or (kinds[first] == "." and kinds[first - 1 : first] == ["a"])
    ):
        flags[first] = False
        first += 1
    while last >= first and (
        kinds[last] == " " or (kinds[last] == "." and kinds[last + 1 : last + 2] == ["a"])
    ):
        flags[last] = False
        last -= 1
