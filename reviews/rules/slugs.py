"""Slugs that survive any script, and keys for alphabetical lists.

A slug is a function of the text alone. It never takes a suffix to be unique, because a suffix betrays the
row that had the slug first. Two texts may share a slug (``Wall-E`` and ``Wall E``): whoever stores it
reports that.
"""

import re
import unicodedata
from uuid import UUID

MAX_LENGTH = 80
"""The longest slug that ``slugify`` makes, in characters."""

SLUG_PATTERN = r"[^\x00-\x2c\x2e\x2f\x3a-\x60\x7b-\xa0\s\ud800-\udfff]{1,100}"
"""What an address accepts as a slug, unanchored as a path converter wants it.

Of ASCII only ``a-z``, ``0-9`` and the hyphen; beyond it anything but white space, because ``\\w`` leaves out
the vowel signs that Devanagari or Thai words are written with. It accepts every slug of ``slugify``, and
more.
"""

SORT_KEY_LENGTH = 200


def slugify(text: str) -> str:
    """The slug of a title, name or tag: ``Кино`` is ``кино``, ``C++`` is ``c-plus-plus``.

    Case-folded, in Unicode form NFKC (UAX #15): words of any script, with their marks, joined by single
    hyphens. Apostrophes go, ``&`` is ``and``, ``+`` is ``plus``, ``#`` is ``sharp`` after a single letter.
    Text without a word in it is spelled by the Unicode names of its characters: ``🎬`` is ``clapper-board``.
    At most 80 characters, cut at a hyphen where there is one in the second half. Empty only when nothing
    visible was given. The slug of a slug is itself.
    """
    slug = _slug(text)
    while (again := _slug(slug)) != slug:  # Dropping a character can bring together two that compose.
        slug = again
    return slug


def placeholder(uid: UUID) -> str:
    """The slug of a review until an address is chosen: unique, and it reveals nothing."""
    return f"draft-{uid.hex}"


def is_placeholder(slug: str) -> bool:
    """Whether the slug is such a placeholder."""
    return re.fullmatch("draft-[0-9a-f]{32}", slug) is not None


def sort_key(text: str) -> str:
    """Where a title or name belongs in an alphabetical list: sort by this, then by the text itself.

    Case-folded words without punctuation; Latin letters without accents; a leading English article left off
    unless it is all there is (``The Matrix`` files under m, as in a library). At most 200 characters. Empty
    only when nothing visible was given.
    """
    visible = " ".join("".join(character for character in text if not _is_invisible(character)).split())
    folded = _folded(visible)
    words = _words(_without_accents(_ARTICLE.sub("", folded)))
    return (" ".join(words) or visible)[:SORT_KEY_LENGTH].strip()


# Letters and marks that show nothing: the fillers of Hangul and Khmer, the joiner of marks, the variation
# selectors. The rest of what Unicode calls default ignorable is in the category Cf.
_FILLERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u180b\u180c\u180d\u180f"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘‛ʼ", None))
# Trade marks are no part of a name, and NFKC would make them its last letters.
_TRADE_MARKS = str.maketrans(dict.fromkeys("™℠", " "))
_SPELLED = {"&": "and", "+": "plus"}
_ARTICLE = re.compile(r"^[\W_]*(?:the|an|a)\s+(?=.*[^\W_])")

# Latin letters that Unicode does not take apart into a plain letter and an accent, after casefolding.
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
    """The text in one case and one form, ready to be taken apart into words."""
    # A fraction opens a new word, so that 8½ gives 8-1-2 and not 81-2.
    spaced = "".join(f" {c}" if unicodedata.decomposition(c).startswith("<fraction>") else c for c in text)
    plain = unicodedata.normalize("NFKC", spaced.translate(_TRADE_MARKS))
    # Casefolding takes the capital İ apart into an i and a second dot.
    folded = plain.translate(_APOSTROPHES).casefold().replace("i\u0307", "i")
    return unicodedata.normalize("NFKC", folded)


def _words(folded: str, *, spelled: bool = False) -> list[str]:
    """Runs of letters and digits of any script with their marks, and the signs that are said as words."""
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
    """The words of each visible character's Unicode name, or its number where it has none."""
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
    """The text with Latin letters plain. Marks of other scripts stay: there they make another letter."""
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
