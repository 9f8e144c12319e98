"""Remarks: sentences for an editor on what readers see differently although the words are the same."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reviews.text.diff.changes import ChangePart
from reviews.text.diff.pieces import Piece, Word

REMARKS = 12
"""The most remarks that are written for one block; further ones are counted."""

LOOKS = {"emphasised": "emphasised", "strong": "strongly emphasised", "code": "set as code"}
_QUOTED = 60

_Pair = tuple[Word | None, Word]
"""A word before (None if it was not there) and after."""


def remarks_on(before: Piece | None, after: Piece, parts: Iterable[ChangePart]) -> tuple[str, ...]:
    """The remarks on a block; ``before`` is None if the block is new."""
    pairs = [pair for part in parts for pair in _pairs(part)]
    said = [*_links(pairs), *(sentence for look in LOOKS for sentence in _looks(pairs, look))]
    if before and before.name != after.name:
        said.insert(0, f"It was {before.name}, and is {after.name}.")
    left_out = len(said) - REMARKS
    return (*said[:REMARKS], *([f"So it is in {left_out} more places."] if left_out > 0 else []))


def _pairs(part: ChangePart) -> Iterator[_Pair]:
    if part.is_same:
        return zip(part.before, part.after, strict=True)
    return ((None, word) for word in part.after)


def _links(pairs: Sequence[_Pair]) -> Iterator[str]:
    for address, group in groupby(pairs, key=lambda pair: _address(pair[1])):
        words = list(group)
        if address:
            led_to = {_address(was) for was, _ in words if was}
            if not led_to:
                yield f"{_quoted(words)} leads to {address}."
            elif led_to == {""}:
                yield f"{_quoted(words)} leads to {address} now."
            elif address not in led_to:
                yield f"{_quoted(words)} leads to {address}, no longer to {', '.join(sorted(led_to - {''}))}."
            continue
        for led, lost in groupby(words, key=lambda pair: _address(pair[0])):
            if led:
                yield f"{_quoted(list(lost))} leads nowhere now: it led to {led}."


def _address(word: Word | None) -> str:
    if word is None or not word.marks:
        return ""
    return " and ".join(sorted(address for kind, address in word.marks if kind == "link"))


def _looks(pairs: Sequence[_Pair], look: str) -> Iterator[str]:
    def change(pair: _Pair) -> int:
        was, becomes = pair
        if was is None or was.marks == becomes.marks:
            return 0
        return ((look, "") in becomes.marks) - ((look, "") in was.marks)

    for changed, group in groupby(pairs, key=change):
        if changed:
            words = _quoted(list(group))
            yield f"{words} is {LOOKS[look]} now." if changed > 0 else f"{words} is no longer {LOOKS[look]}."


def _quoted(pairs: Sequence[_Pair]) -> str:
    """The words in quotation marks; if there are many, only the first ones."""
    text = ""
    for _, word in pairs:
        if text and len(text) + len(word.text) > _QUOTED:
            return f"“{text}…”"
        text += (word.gap if text else "") + word.text
    return f"“{text}”"
