"""Slugs for text in any script, and sort keys for alphabetical lists.

A slug depends on the text alone. It gets no suffix to make it unique, because a suffix reveals that another row has the
slug. Two texts may have the same slug (``Wall-E`` and ``Wall E``): the code that stores it reports that.
"""

import re
import unicodedata
from uuid import UUID

MAX_LENGTH = 80
"""The longest slug that ``slugify`` makes, in characters."""

SLUG_PATTERN = r"[^\x00-\x2c\x2e\x2f\x3a-\x60\x7b-\xa0\s\ud800-\udfff]{1,100}"
"""What an address accepts as a slug; a pattern without anchors, as a path converter needs it.

In ASCII only ``a-z``, ``0-9`` and the hyphen; otherwise anything but white space, because ``\\w`` excludes the vowel
signs of Devanagari and Thai. It accepts every result of ``slugify``, and more.
"""

SORT_KEY_LENGTH = 200


def slugify(text: str) -> str:
    """The slug of a title, name or tag: ``Кино`` is ``кино``, ``C++`` is ``c-plus-plus``.

    Case-folded, in Unicode form NFKC (UAX #15): words of any script, with their marks, joined by single hyphens.
    Apostrophes are removed, ``&`` becomes ``and``, ``+`` ``plus``, and ``#`` after a single letter ``sharp``. Text
    without a word is spelled by the Unicode names of its characters: ``🎬`` is ``clapper-board``. At most 80
    characters, cut at a hyphen if there is one in the second half. Empty only if the text has no visible character.
    The slug of a slug is itself.
    """
    slug = _slug(text)
    while (again := _slug(slug)) != slug:  # Removing a character can put two together that compose.
        slug = again
    return slug


def placeholder(uid: UUID) -> str:
    """The slug of a review until an address is chosen: unique, and without information."""
    return f"draft-{uid.hex}"


def is_placeholder(slug: str) -> bool:
    """Whether the slug is such a placeholder."""
    return re.fullmatch("draft-[0-9a-f]{32}", slug) is not None


def sort_key(text: str) -> str:
    """The sort key of a title or name in an alphabetical list; sort by this, then by the text.

    Case-folded words without punctuation; Latin letters without accents; without a leading English article unless it is
    the only word (``The Matrix`` is under m, as in a library). At most 200 characters. Empty only if the text has no
    visible character.
    """
    visible = " ".join("".join(character for character in text if not _is_invisible(character)).split())
    folded = _folded(visible)
    words = _words(_without_accents(_ARTICLE.sub("", folded)))
    return (" ".join(words) or visible)[:SORT_KEY_LENGTH].strip()


# Invisible letters and marks: the fillers of Hangul and Khmer, the joiner of marks, the variation selectors.
# The other default ignorable characters of Unicode are in the category Cf.
_FILLERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u180b\u180c\u180d\u180f"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘‛ʼ", None))
# Trade mark signs are not part of a name, and NFKC would add them to it as letters.
_TRADE_MARKS = str.maketrans(dict.fromkeys("™℠", " "))
_SPELLED = {"&": "and", "+": "plus"}
_ARTICLE = re.compile(r"^[\W_]*(?:the|an|a)\s+(?=.*[^\W_])")

# Latin letters that Unicode does not decompose into a plain letter and an accent, after casefolding.
_LATIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t", "þ": "th"}
)


def _slug(text: str) -> str:
    folded = _folded(text)
    words = _words(folded, spelled=True) if _words(folded) else _names(text)
    slug = "-".join(words)
    if len(slug) > MAX_LENGTH:
        hyphen = slug.rfind("-", MAX_LENGTH // 2, MAX_LENGTH + 1)
        slug = slug[: hyphen if hyphen > 0 else MAX_LENGTH]
    return slug


def _folded(text: str) -> str:
    """The text in one case and normal form, ready to be split into words."""
    # A fraction begins a new word, so that 8½ gives 8-1-2 and not 81-2.
    spaced = "".join(f" {c}" if unicodedata.decomposition(c).startswith("<fraction>") else c for c in text)
    plain = unicodedata.normalize("NFKC", spaced.translate(_TRADE_MARKS))
    # Casefolding splits the capital İ into an i and a second dot.
    folded = plain.translate(_APOSTROPHES).casefold().replace("i\u0307", "i")
    return unicodedata.normalize("NFKC", folded)


def _words(folded: str, *, spelled: bool = False) -> list[str]:
    """Runs of letters and digits of any script with their marks, and the signs that are read as words."""
    words: list[str] = []
    word = ""
    for character in f"{folded} ":
        if _is_invisible(character):
            continue
        category = unicodedata.category(character)
        if category[0] in "LN" or (word and category in ("Mn", "Mc")):
            word += character
            continue
        is_sharp = character in "#♯" and len(word) == 1 and word.isalpha()
        if word:
            words.append(word)
            word = ""
        if spelled and (is_sharp or character in _SPELLED):
            words.append("sharp" if is_sharp else _SPELLED[character])
    return words


def _names(text: str) -> list[str]:
    """The words of each visible character's Unicode name, or its number if it has none."""
    words: list[str] = []
    for character in text:
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) > 1 or plain.isspace():
            plain = character
        if plain.isspace() or _is_invisible(plain):
            continue
        name = _SPELLED[plain] if plain in _SPELLED else unicodedata.name(plain, f"u-{ord(plain):04x}")
        words += re.findall("[a-z0-9]+", name.lower())
    return words


def _without_accents(folded: str) -> str:
    """The text with plain Latin letters. Marks of other scripts stay, because there they make another letter."""
    kept: list[str] = []
    is_latin = False
    for character in unicodedata.normalize("NFKD", folded):
        if unicodedata.combining(character):
            if is_latin:
                continue
        else:
            is_latin = unicodedata.name(character, "").startswith("LATIN ")
        kept.append(character)
    return unicodedata.normalize("NFKC", "".join(kept)).translate(_LATIN)


def _is_invisible(character: str) -> bool:
    if character.isspace():
        return False
    return character in _FILLERS or unicodedata.category(character) in ("Cc", "Cf", "Cs")
