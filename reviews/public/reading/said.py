"""Passages that name a person, in public reviews of films that they are credited on."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count, islice
from typing import Any

from django.db.models import QuerySet

from reviews.models.public.edition import Edition, EditionJudgement, EditionQuerySet
from reviews.models.shared.film import Film
from reviews.models.shared.person import Credit, Person

PASSAGES = 20
AT_ONCE = 100
SHORTEST_SURNAME = 3

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ", "'"))
_WHICH_OF_A_FAMILY = frozenset({"Jr", "Jnr", "Sr", "Snr", "II", "III", "IV"})


def passages_about(person: Person, films: Collection[Film]) -> list[EditionJudgement]:
    """The newest passages that name somebody, in public reviews of these films of theirs. Usually three queries.

    Only each critic's latest public review of a film counts. The last word of a name is not enough if somebody else who
    is credited on the film has the same.
    """
    shared = _films_with_namesakes(person, films)
    judgements = EditionJudgement.objects.filter(edition__in=_latest_of(films))
    newest = "-edition__first_visible_from", "edition__review_uid", "aspect__position", "uid"
    # The database looks for one word, in any case; Python checks the rest.
    maybe = judgements.filter(evidence__icontains=_word(surname(person.name) or person.name)).order_by(
        *newest
    )
    rows = _in_batches(maybe.values_list("pk", "edition__film", "evidence"))
    named = (pk for pk, film, evidence in rows if names(person.name, evidence, by_surname=film not in shared))
    first = list(islice(named, PASSAGES))
    if not first:
        return []
    shown = judgements.filter(pk__in=first).select_related("aspect", "edition__film", "edition__critic")
    return list(shown.defer("edition__body", "edition__body_html", "edition__body_text").order_by(*newest))


def _in_batches(rows: QuerySet[Any, Any]) -> Iterator[Any]:
    """Fetch rows as needed, a hundred at a time. The first hundred nearly always include all the passages shown."""
    for start in count(step=AT_ONCE):
        found = list(rows[start : start + AT_ONCE])
        yield from found
        if len(found) < AT_ONCE:
            return


def _latest_of(films: Collection[Film]) -> EditionQuerySet:
    """Each critic's latest public review of each of these films."""
    return Edition.objects.public().latest_by_each().filter(film__in=films).order_by()


def names(name: str, passage: str, *, by_surname: bool = True) -> bool:
    """Whether a passage names somebody: by the whole name, or with ``by_surname`` by its last word.

    Whole words only, in the same letter case; all kinds of apostrophe are equal. A name that is part of a longer one
    does not count: neither ``Taylor-Joy`` nor ``D'Arcy-Joy's`` is Joy, but ``Joy's`` and ``Joy-like`` are.
    """
    whole = r"\s+".join(re.escape(word) for word in _plain(name).split())
    last = re.escape(surname(name)) if by_surname else ""
    wanted = "|".join(filter(None, (whole, last)))
    plain = _plain(passage)
    found = re.finditer(rf"(?<!\w)(?<!\w['-])(?:{wanted})(?!\w)", plain) if wanted else ()
    return any(not _is_joined(plain[match.end() :]) for match in found)


def surname(name: str) -> str:
    """The last word of a name, if it can stand for the whole: at least three letters, and not ``Jr.`` or ``III``."""
    last = (_plain(name).split() or [""])[-1].strip(".,")
    letters = sum(character.isalpha() for character in last)
    return last if letters >= SHORTEST_SURNAME and last not in _WHICH_OF_A_FAMILY else ""


def _is_joined(following: str) -> bool:
    return following[:1] == "-" and following[1:2].isupper()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES)


def _word(name: str) -> str:
    """The longest run of plain letters in a name, which is the same however accents and apostrophes are typed."""
    runs: list[str] = re.findall("[A-Za-z]+", name) or re.findall(r"\w+", name) or [""]
    return max(runs, key=len)


def _films_with_namesakes(person: Person, films: Collection[Film]) -> set[int]:
    """The films on which somebody else with the same last word in their name is credited."""
    last = surname(person.name)
    if not last:
        return set()
    others = Credit.objects.filter(film__in=films, person__name__icontains=_word(last)).exclude(person=person)
    return {film for film, name in others.values_list("film", "person__name") if surname(name) == last}
