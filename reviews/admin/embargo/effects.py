"""What a change of embargo does to the film's reviews: made in a transaction, observed and rolled back."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.models import User

from reviews import clock
from reviews.desk.dates import OLD_PAGES, in_front_of_a_cache, moment_in_words, spoken_twice
from reviews.desk.public_state.changes import rehearsing
from reviews.desk.verbs import embargoes
from reviews.models import Edition, Embargo, Film


@dataclass
class Effect:
    """Sentences for a publisher, filled once the change has been made."""

    sentences: list[str] = field(default_factory=list)


@contextmanager
def observed(film: Film) -> Iterator[Effect]:
    """Context manager: describes what the change made inside does to each review, with old and new times."""
    waited, seen = _waiting(film), _seen(film)
    effect = Effect()
    yield effect
    effect.sentences += _moved(waited)
    now_seen = _seen(film)
    hidden = [f"Readers no longer see “{headline}”." for pk, headline in seen.items() if pk not in now_seen]
    effect.sentences += [*hidden, OLD_PAGES] if hidden else []
    effect.sentences += [
        f"Readers see “{headline}” at once."
        for pk, headline in now_seen.items()
        if pk not in seen and pk not in waited
    ]
    if not effect.sentences:
        effect.sentences.append("No review is moved, hidden or shown by it.")


def rehearsed(film: Film, change: Callable[[], object]) -> list[str]:
    """What a change would do: makes it and rolls it back."""
    with rehearsing(), observed(film) as effect:
        change()
    return effect.sentences


def agreement(embargo: Embargo, *, by: User) -> list[str]:
    """What agreeing an unsaved embargo would do. Raises EmbargoError if ``by`` may not."""
    rehearsal = Embargo(
        film=embargo.film,
        covers=embargo.covers,
        lifts_at=embargo.lifts_at,
        zone=embargo.zone,
        terms=embargo.terms,
    )
    return [holding(embargo), *rehearsed(embargo.film, lambda: embargoes.impose(rehearsal, by=by))]


def name_of(embargo: Embargo) -> str:
    """The name of an embargo: ``Embargo on reviews of Ida (2025)``."""
    about = "about" if embargo.covers == Embargo.Covers.SOCIAL else "of"
    return f"Embargo on {embargo.get_covers_display()} {about} {embargo.film}"


def called(embargo: Embargo) -> str:
    """The same at the start of a sentence: ``The embargo on reviews of Ida (2025)``."""
    return f"The e{name_of(embargo)[1:]}"


def holding(embargo: Embargo) -> str:
    """What an embargo covers, and until when."""
    if embargo.lifts_at <= clock.now():
        return "Its date and time have passed: it hides nothing."
    until = spoken_twice(embargo.lifts_at, embargo.zone)
    if embargo.covers == Embargo.Covers.SOCIAL:
        return f"It hides no review. It tells the desk to post nothing about the film before {until}."
    return f"It holds every review of the film until {until}.{lateness(embargo, embargo.lifts_at)}"


def lateness(embargo: Embargo, lifts_at: dt.datetime) -> str:
    """What to add where an embargo is to lift at a moment, if readers may see the reviews late then."""
    return "" if embargo.covers == Embargo.Covers.SOCIAL else in_front_of_a_cache(lifts_at)


def _waiting(film: Film) -> dict[int, dt.datetime]:
    pending = Edition.objects.filter(film=film, visible_from__gt=clock.now())
    return dict(pending.values_list("pk", "visible_from"))


def _seen(film: Film) -> dict[int, str]:
    return dict(Edition.objects.public().of(film).values_list("pk", "headline"))


def _moved(waited: dict[int, dt.datetime]) -> list[str]:
    said = []
    for edition in Edition.objects.filter(pk__in=waited).order_by("pk"):
        before, after = waited[edition.pk], edition.visible_from
        if after <= clock.now():
            said.append(
                f"“{edition.headline}” goes up at once; it was to go up on {moment_in_words(before)}."
            )
        elif after != before:
            said.append(
                f"“{edition.headline}” goes up on {moment_in_words(after)}; "
                f"it was to go up on {moment_in_words(before)}."
            )
    return said
