"""Characters: which are allowed, which combine with others, and which scripts have no spaces between words."""

import re
import unicodedata

_LINE_BREAK = re.compile("\r\n?|\x85")

# XML 1.0 section 2.2 (Char), and what the HTML standard calls parse errors: the C1 controls and the
# noncharacters. Feeds are XML and pages are HTML, so both rules apply.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)

ZERO_WIDTH_JOINER = "\u200d"

SPACELESS = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
IDEOGRAPHIC = (
    "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"  # Han, kana and bopomofo
)
_UNSPACED = re.compile(f"[{SPACELESS}{IDEOGRAPHIC}]")
_EXTENDERS = re.compile("[\u1160-\u11ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


def clean_characters(text: str) -> str:
    """The text without the characters that XML or HTML forbids.

    Removes NUL, the control characters that XML 1.0 forbids (not tab and line feed), the C1 controls and noncharacters
    that HTML forbids, and lone surrogates. CR LF, CR and NEL become a line feed. Takes any string and never raises; the
    result can always be encoded in UTF-8.
    """
    # No forbidden character is printable. Most texts have none, and this check is fifty times as fast.
    if text.replace("\n", "").isprintable():
        return text
    return _FORBIDDEN.sub("", _LINE_BREAK.sub("\n", text))


def one_line(text: str) -> str:
    """The text in one line, clean: its line breaks, with the space around them, become single spaces.

    A line break is what ``str.splitlines`` says: CR, LF, VT, FF, NEL, U+2028, U+2029, and the separators of ASCII.
    """
    if text.isprintable():
        return text
    lines = [clean_characters(line) for line in text.splitlines()]
    return lines[0] if lines == [clean_characters(text)] else " ".join(filter(None, map(str.strip, lines)))


def has_line_break(text: str) -> bool:
    return not text.isprintable() and text.splitlines() != [text]


def is_unspaced(character: str) -> bool:
    """Whether the character's script has no spaces between words, so that a word may end after it."""
    return character >= "\u0e00" and _UNSPACED.match(character) is not None


def is_han(character: str) -> bool:
    """Whether it is an ideograph. Ideographs never combine with the character before them."""
    return "\u3400" <= character < "\ua000" or "\U00020000" <= character < "\U00040000"


def is_spoken(text: str) -> bool:
    """Whether a word has a letter or a digit and is not only punctuation."""
    return text.isalnum() or (len(text) > 1 and any(map(str.isalnum, text)))


def is_regional(character: str) -> bool:
    """Whether the character is half of a flag (a regional indicator)."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def extends(character: str) -> bool:
    """Whether the character combines with the one before it: an accent, a vowel sign, a skin tone, a variation
    selector.

    Covers more than the marks that Unicode normalisation composes (UAX 15); close to Grapheme_Extend (UAX 29).
    """
    if character < "\u0300" or is_han(character):
        return False
    return unicodedata.category(character)[0] == "M" or _EXTENDERS.match(character) is not None


def splits_a_character(text: str, position: int) -> bool:
    """Whether a cut before ``position`` would split what a reader sees as one character.

    Handles combining marks, joined emoji, skin tones and flags: the cases of UAX 29 that occur in film reviews.
    """
    if position <= 0 or position >= len(text):
        return False
    before, after = text[position - 1], text[position]
    if extends(after) or after == ZERO_WIDTH_JOINER or before == ZERO_WIDTH_JOINER:
        return True
    if not (is_regional(before) and is_regional(after)):
        return False
    # A flag is a pair of regional indicators: count those before ``position`` to see whether it splits a pair.
    start = position
    while start > 0 and is_regional(text[start - 1]):
        start -= 1
    return (position - start) % 2 == 1
