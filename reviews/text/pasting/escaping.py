"""Escape text that Markdown would read as markup, with as few backslashes as possible."""

import re

_SIGNS = re.compile(r"[\\`*_\[\]<&!]")
_ALL_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_ENTITY = re.compile(r"&(?:#\w{1,8}|[a-zA-Z]\w{0,31});")
_AUTOLINK = re.compile(r"<[^<>\s]{0,300}[:@]")
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_LINE_START = re.compile(r"#{1,6}(?=\s|\Z)|[-+](?=\s|\Z)|>|:::|~~~|=+(?=\s*\Z)|--+(?=\s*\Z)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)")


def escaped(text: str, before: str, after: str, *, in_link: bool) -> str:
    """The text with a backslash before what would be markup.

    ``before`` and ``after`` are the characters around it: empty or a line feed at the beginning or end of a line. A
    line feed in the text becomes a hard break.
    """
    lines = text.split("\n")
    last = len(lines) - 1
    return "\\\n".join(
        _line(words, "" if place else before, after if place == last else "", in_link=in_link)
        for place, words in enumerate(lines)
    )


def escaped_all(text: str, before: str, after: str, *, in_link: bool) -> str:
    """The text with a backslash before every punctuation mark that can be markup anywhere."""
    return "\\\n".join(_ALL_SIGNS.sub(r"\\\g<0>", words) for words in text.split("\n"))


def _line(words: str, before: str, after: str, *, in_link: bool) -> str:
    before, after = before.strip("\n"), after.strip("\n")
    out: list[str] = []
    position = 0
    if not before and (start := _LINE_START.match(words)):
        out.append("\\" + start[0])
        position = start.end()
    elif not before and (number := _NUMBERED.match(words)):
        out.append(f"{number[1]}\\{number[2]}")
        position = number.end()
    for sign in _SIGNS.finditer(words, position):
        place = sign.start()
        out.append(words[position:place])
        position = place + 1
        previous = words[place - 1] if place else before
        following = words[position] if position < len(words) else after
        is_bracket_in_link = in_link and sign[0] in "[]"
        if is_bracket_in_link or _is_markup(sign[0], previous, following, words, place):
            out.append("\\")
        out.append(sign[0])
    out.append(words[position:])
    return "".join(out)


def _is_markup(sign: str, previous: str, following: str, words: str, place: int) -> bool:
    match sign:
        case "\\":
            return not following or following in _PUNCTUATION
        case "`":
            return True
        case "*":
            return not previous or not (previous.isspace() and (not following or following.isspace()))
        case "_":
            inside = previous.isalnum() and following.isalnum()
            alone = (not previous or previous.isspace()) and (not following or following.isspace())
            return not (inside or (alone and bool(previous)))
        case "[":
            return following == "^"
        case "]":
            return following != "" and following in "([:"
        case "<":
            return _AUTOLINK.match(words, place) is not None
        case "&":
            return _ENTITY.match(words, place) is not None
        case _:
            return following == "[" and place == len(words) - 1
