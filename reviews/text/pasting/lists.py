"""Lists that were written as paragraphs with a level, as Word and similar programs do: turn them into lists.

Word puts ``mso-list: l0 level2 lfo1`` on a paragraph, and the bullet or number that it shows before its words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviews.text.pasting.markup import BULLET, Element
from reviews.text.pasting.model import Block, List, ListItem, Run
from reviews.text.pasting.styles import declarations

_LEVEL = re.compile(r"(l\d+) level(\d{1,2}) (lfo\d+)")
_NUMBER = re.compile(r"\(?(?:\d{1,9}\.)*(\d{1,9})[.):]?\Z")
_LETTERS = re.compile(r"\(?(?:[a-z]|[ivxlc]+)[.)]\Z", re.IGNORECASE)
_WRITTEN_SIGN = re.compile(r"(?:[·•▪●○§◦‣–-]|o(?=\s)|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,5})[.)])[\s\xa0]+")
_MARGIN = re.compile(r"(?:[\d.]+\w* ){3}([\d.]{1,9})(in|pt|cm)|([\d.]{1,9})(in|pt|cm)")
_STEP = {"in": 0.5, "pt": 36.0, "cm": 1.27}
"""How far Word indents a level, in each unit."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The place of a paragraph in a list. ``start`` is its number, None for a bullet."""

    level: int
    start: int | None
    group: str = ""


def is_marker(element: Element, style: dict[str, str]) -> bool:
    """Whether an element is the bullet or number of an item."""
    return element.name == BULLET or style.get("mso-list") == "ignore"


def place_of(element: Element, style: dict[str, str]) -> ListPlace | None:
    """The place of a paragraph in a list; None if its style does not say."""
    found = _LEVEL.search(style.get("mso-list", ""))
    if found is None:
        return None
    marker = next((each for each in element.inside() if is_marker(each, declarations(each))), None)
    written = marker.text().strip() if marker else ""
    return ListPlace(int(found[2]), _number(written), f"{found[1]} {found[3]}")


def written_place(
    element: Element, style: dict[str, str], runs: list[Run]
) -> tuple[ListPlace, list[Run]] | None:
    """The same for a Word paragraph that kept its class and lost its level, with its words after the bullet or
    number."""
    if "msolist" not in element.classes or not runs:
        return None
    sign = _WRITTEN_SIGN.match("".join(run.text for run in runs[:4]))
    if sign is None:
        return None
    margin = _MARGIN.search(style.get("margin-left") or style.get("margin") or "")
    level = 1
    if margin:
        size, unit = margin[1] or margin[3], margin[2] or margin[4]
        level = round(float(size) / _STEP[unit]) if size.count(".") <= 1 and size != "." else 1
    return ListPlace(min(max(level, 1), 9), _number(sign[0].strip())), _without(runs, sign.end())


def _without(runs: list[Run], length: int) -> list[Run]:
    """The runs without their first ``length`` characters."""
    found = []
    for run in runs:
        found.append(Run(run.text[length:], run.look))
        length = max(0, length - len(run.text))
    return [run for run in found if run.text]


def _number(written: str) -> int | None:
    if found := _NUMBER.match(written):
        return int(found[1])
    return 1 if _LETTERS.match(written) else None


def nest(blocks: list[Block]) -> list[Block]:
    """The blocks with consecutive items put into lists, nested by their levels."""
    return list(_nested(blocks))


def _nested(blocks: list[Block]) -> Iterator[Block]:
    open_lists: list[tuple[int, str, List]] = []
    for block in blocks:
        if not isinstance(block, ListItem):
            open_lists.clear()
            yield block
            continue
        while open_lists and open_lists[-1][0] > block.level and len(open_lists) > 1:
            open_lists.pop()
        if open_lists and _continues(open_lists[-1], block):
            open_lists[-1][2].items.append(block.blocks)
            continue
        if open_lists and open_lists[-1][0] >= block.level:
            open_lists.pop()
        begun = List(block.start, [block.blocks])
        if open_lists:
            open_lists[-1][2].items[-1].append(begun)
        else:
            yield begun
        open_lists.append((block.level, block.group, begun))


def _continues(listed: tuple[int, str, List], item: ListItem) -> bool:
    level, group, found = listed
    return level == item.level and group == item.group and (found.start is None) == (item.start is None)
