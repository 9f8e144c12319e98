"""Write runs as a line of Markdown, and parse it again: if the words or their look differ, write it more simply."""

import re
from dataclasses import replace
from itertools import groupby

from reviews.text.markdown.body import read
from reviews.text.pasting.emphasis import settled
from reviews.text.pasting.escaping import escaped, escaped_all
from reviews.text.pasting.model import Run
from reviews.text.pasting.runs import joined

_BACKTICKS = re.compile(r"`+")
_FOR_ADDRESSES = {" ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C", "\n": "%0A", '"': "%22"}

Piece = tuple[str, bool, bool]
"""Markdown, and whether it is strong and emphasised."""
Said = list[tuple[str, bool, bool, bool, bool]]
"""Words, and whether they are strong, emphasised, code and a link."""


def line(runs: list[Run], *, prefix: str = "") -> str:
    """One line of Markdown, after a prefix that opens a block. Line breaks in it are hard."""
    runs = joined(settled(runs))
    meant = _meant(runs)
    written = ""
    for sign, is_careful in (("*", False), ("_", False), ("*", True)):
        written = prefix + _written(runs, sign, is_careful=is_careful)
        if _said(written) == meant:
            return written
    plain = joined([Run(run.text, replace(run.look, strong=False, em=False)) for run in runs])
    return prefix + _written(plain, "*", is_careful=True)


def _written(runs: list[Run], sign: str, *, is_careful: bool) -> str:
    pieces: list[Piece] = []
    groups = [(href, list(group)) for href, group in groupby(runs, key=lambda run: run.look.href)]
    before = ""
    for place, (href, group) in enumerate(groups):
        after = _edge(groups[place + 1]) if place + 1 < len(groups) else ""
        inner = [_piece(run, group, index, before, after, is_careful) for index, run in enumerate(group)]
        if href:
            looks = {(strong, em) for _, strong, em in inner}
            strong, em = looks.pop() if len(looks) == 1 else (False, False)
            words = "".join(markdown for markdown, _, _ in inner) if not looks else _marked(inner, sign)
            pieces.append((_link(words, href, group), strong, em))
        else:
            pieces += inner
        before = ")" if href else group[-1].text[-1:]
    return _marked(pieces, sign)


def _edge(group: tuple[str, list[Run]]) -> str:
    href, runs = group
    return "[" if href or runs[0].look.note else runs[0].text[:1]


def _piece(run: Run, group: list[Run], index: int, before: str, after: str, is_careful: bool) -> Piece:
    look = run.look
    if look.note:
        return f"[^{look.note}]", look.strong, look.em
    if look.code:
        return _code(run.text), look.strong, look.em
    if index:
        before = group[index - 1].text[-1:]
    if index + 1 < len(group):
        after = _edge(("", [group[index + 1]]))
    write = escaped_all if is_careful else escaped
    return write(run.text, before, after, in_link=bool(look.href)), look.strong, look.em


def _marked(pieces: list[Piece], sign: str) -> str:
    """The pieces with the marks of their emphasis; of two that open together the longer one is the outer."""
    marks = {"strong": "**", "em": sign}
    out: list[str] = []
    opened: list[str] = []
    lasting = {
        "strong": _run_lengths([piece[1] for piece in pieces]),
        "em": _run_lengths([piece[2] for piece in pieces]),
    }
    for place, (markdown, strong, em) in enumerate(pieces):
        wanted = {name for name, on in (("strong", strong), ("em", em)) if on}
        while any(name not in wanted for name in opened):
            out.append(marks[opened.pop()])
        for name in sorted(wanted - set(opened), key=lambda name: -lasting[name][place]):
            out.append(marks[name])
            opened.append(name)
        out.append(markdown)
    out += [marks[name] for name in reversed(opened)]
    return "".join(out)


def _run_lengths(flags: list[bool]) -> list[int]:
    """For each index, how many flags in a row are set from there on."""
    counts = [0] * (len(flags) + 1)
    for place in range(len(flags) - 1, -1, -1):
        counts[place] = counts[place + 1] + 1 if flags[place] else 0
    return counts


def _code(text: str) -> str:
    text = text.replace("\n", " ")
    fence = "`" * (max(map(len, _BACKTICKS.findall(text)), default=0) + 1)
    is_padded = text[:1] == "`" or text[-1:] == "`" or (text[:1] == text[-1:] == " " and bool(text.strip()))
    return f"{fence} {text} {fence}" if is_padded else f"{fence}{text}{fence}"


def _link(words: str, href: str, group: list[Run]) -> str:
    said = "".join(run.text for run in group)
    if not any(run.look.code or run.look.note for run in group) and not re.search(r"[\s<>\\]", href):
        if said == href:
            return f"<{href}>"
        if href == f"mailto:{said}" and re.fullmatch(r"[\w.+-]+@[\w.-]+", said, re.ASCII):
            return f"<{said}>"
    return f"[{words}]({_destination(href)})"


def _destination(href: str) -> str:
    address = "".join(_FOR_ADDRESSES.get(character, character) for character in href)
    if not _is_balanced(address):
        address = address.replace("(", "%28").replace(")", "%29")
    return re.sub(r"&(?=#?\w{1,32};)", "&amp;", address)


def _is_balanced(text: str) -> bool:
    depth = 0
    for bracket in re.findall(r"[()]", text):
        depth += 1 if bracket == "(" else -1
        if depth < 0 or depth > 10:
            return False
    return depth == 0


def _meant(runs: list[Run]) -> Said:
    return _together(
        [
            (
                f"[^{run.look.note}]" if run.look.note else run.text,
                run.look.strong,
                run.look.em,
                run.look.code,
                bool(run.look.href),
            )
            for run in runs
        ]
    )


def _said(markdown: str) -> Said | None:
    """The words of a line of Markdown and their look, once parsed; None if it is not a single block of words."""
    tokens = read(markdown)
    if [token.type for token in tokens] not in (
        ["paragraph_open", "inline", "paragraph_close"],
        ["heading_open", "inline", "heading_close"],
    ):
        return None
    said: Said = []
    open_marks = {"strong": 0, "em": 0, "code": 0, "link": 0}
    for token in tokens[1].children or []:
        kind = token.type.rpartition("_")[0]
        if kind in open_marks:
            open_marks[kind] += token.nesting
        elif token.type in ("text", "hardbreak"):
            words = "\n" if token.type == "hardbreak" else token.content
            said.append((words, *(bool(open_marks[name]) for name in open_marks)))  # type: ignore[arg-type]
        else:
            return None
    return _together(said)


def _together(said: Said) -> Said:
    return [
        ("".join(part[0] for part in alike), *look)
        for look, alike in groupby(said, key=lambda part: part[1:])
    ]
