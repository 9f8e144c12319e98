"""Passages that name a person, in public reviews of films that they are credited on."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, partial
from itertools import count, islice
from typing import Any

from django.db.models import Q, QuerySet, Value

from reviews import clock
from reviews.models.prepared import Prepared, filled
from reviews.models.public.edition import Edition, EditionJudgement
from reviews.models.shared.film import Film
from reviews.models.shared.person import Credit, Person
from reviews.models.shared.queryset import mostly

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
    now, keys = clock.now(), filled([film.pk for film in films])
    shared = _films_with_namesakes(person, keys)
    # The database looks for one word, in any case; Python checks the rest.
    rows = _in_batches(keys, _word(surname(person.name) or person.name), now)
    named = (pk for pk, film, evidence in rows if names(person.name, evidence, by_surname=film not in shared))
    first = list(islice(named, PASSAGES))
    return _shown(filled(first)) if first else []


def _in_batches(films: list[int], word: str, now: dt.datetime) -> Iterator[Any]:
    """Fetch rows as needed, a hundred at a time. The first hundred nearly always include all the passages shown."""
    for start in count(step=AT_ONCE):
        found = _maybe(start)(films, word, now)
        yield from found
        if len(found) < AT_ONCE:
            return


_NEWEST = "-edition__first_visible_from", "edition__review_uid", "aspect__position", "uid"


def _maybe_named(start: int, films: list[int], word: str, now: dt.datetime) -> QuerySet[Any, Any]:
    """Passages with a word, in each critic's latest public review of each of these films; a hundred from a place on."""
    latest = Edition.objects.public(now).latest_by_each(now).filter(film__in=films).order_by()
    # As an expression, so that the parameter is the word alone.
    judgements = EditionJudgement.objects.filter(evidence__icontains=Value(word), edition__in=latest)
    rows = judgements.order_by(*_NEWEST).values_list("pk", "edition__film", "evidence")
    return rows[start : start + AT_ONCE]


@cache
def _maybe(start: int) -> Prepared[Any]:
    return Prepared(partial(_maybe_named, start))


_shown = Prepared(
    lambda passages: (
        EditionJudgement.objects.filter(pk__in=passages)
        .select_related("aspect", "edition__film", "edition__critic")
        .defer("edition__body", "edition__body_html", "edition__body_text")
        .order_by(*_NEWEST)
    )
)


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


def _films_with_namesakes(person: Person, films: list[int]) -> set[int]:
    """The films on which somebody else with the same last word in their name is credited."""
    last = surname(person.name)
    if not last:
        return set()
    return {film for film, name in _others(films, _word(last), person.pk) if surname(name) == last}


_others = Prepared(
    lambda films, word, person: (
        Credit.objects.filter(mostly(Q(person__name__icontains=Value(word))), film__in=films)
        .exclude(person=person)
        .order_by()
        .values_list("film", "person__name")
    )
)
