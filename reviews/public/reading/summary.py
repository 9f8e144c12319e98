"""The argument of a film in sentences: for its page, for cards, and for share cards.

A count always gives the total. What the rules do not allow for few critics is left out (:mod:`reviews.rules.argument`).
"""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models.public.edition import Edition
from reviews.models.shared.aspect import Aspect
from reviews.public.reading.words import listed, spelled, verdict_word
from reviews.rules.argument import (
    FIGURE_FROM,
    PARTING_OTHERS_FROM,
    Disagreement,
    Parted,
    Stance,
    Tally,
    Verdict,
)

SHARE_LENGTH = 300
"""The longest description of a page, in characters: sites that show a longer one cut it."""


def verdict_line(edition: Edition) -> str:
    """The verdict and whose it is, for share cards; empty if none is stated."""
    if edition.verdict is None:
        return ""
    sentence = _("Our reading: %(verdict)s.") if edition.is_digest else _("Verdict: %(verdict)s.")
    return sentence % {"verdict": verdict_word(edition.verdict)}


def count_line(tally: Tally) -> str:
    """The count in words: ``Five critics: three for, one mixed, one against.`` Always gives the total."""
    critics = ngettext("%(count)s critic", "%(count)s critics", tally.total) % {"count": spelled(tally.total)}
    return capfirst(f"{critics}: {_sides(tally)}.")


def films_line(tally: Tally) -> str:
    """The count of one critic's verdicts, in the same way: ``Three films: two for, one against.``"""
    films = ngettext("%(count)s film", "%(count)s films", tally.total) % {"count": spelled(tally.total)}
    return capfirst(f"{films}: {_sides(tally)}.")


def _sides(tally: Tally) -> str:
    """The number on each side, in words."""
    parts = [
        wording % {"count": spelled(count)}
        for count, wording in (
            (tally.in_favour, _("%(count)s for")),
            (tally.mixed, _("%(count)s mixed")),
            (tally.against, _("%(count)s against")),
            (tally.unstated, _("%(count)s without a verdict")),
        )
        if count
    ]
    return ", ".join(parts)


def middle_line(tally: Tally) -> str:
    """The middle of the verdicts, and their range; empty if too few for a headline."""
    if tally.headline is None or tally.range is None:
        return ""
    low, high = tally.headline
    lowest, highest = tally.range
    if lowest == highest:
        return _("All %(count)s verdicts are %(verdict)s.") % {
            "count": spelled(tally.stated),
            "verdict": verdict_word(lowest),
        }
    middle = (
        _("The middle verdict of %(count)s is %(verdict)s")
        if low == high
        else _("The middle of %(count)s verdicts lies between %(verdict)s and %(other)s")
    )
    words = {"count": spelled(tally.stated), "verdict": verdict_word(low), "other": verdict_word(high)}
    run = {"lowest": verdict_word(lowest), "highest": verdict_word(highest)}
    return middle % words + _("; they run from %(lowest)s to %(highest)s.") % run


def share_line(tally: Tally) -> str:
    """The share in favour, in percent and of how many; empty if too few for a percentage."""
    share = tally.share_in_favour
    if share is None:
        return ""
    return _("%(share)s%% of %(count)s verdicts are in favour.") % {"share": share, "count": tally.stated}


def aspect_in_sentence(aspect: Aspect) -> str:
    """An aspect's name inside a sentence: with a small first letter unless it looks like a proper name."""
    name = aspect.name
    is_plain = name[1:] == name[1:].lower() and (aspect.film_id is None or " " in name)
    return name[:1].lower() + name[1:] if is_plain else name


def aspects_listed(aspects: Sequence[Aspect]) -> str:
    """Aspects as a list in a sentence."""
    return listed([aspect_in_sentence(aspect) for aspect in aspects])


MOST_NAMED = 3
"""The most dissenters named in a sentence; more are counted."""


def dissent_line(names: Sequence[str], aspects: Sequence[Aspect] = ()) -> str:
    """Who dissents, and on which aspects they part company with the others; empty if nobody does."""
    if not names:
        return ""
    if len(names) > MOST_NAMED:
        return capfirst(_("%(count)s critics dissent.") % {"count": spelled(len(names))})
    words = {"names": listed(names), "aspects": aspects_listed(aspects)}
    if aspects:
        return (
            ngettext(
                "%(names)s dissents, and parts company with the others on %(aspects)s.",
                "%(names)s dissent, and part company with the others on %(aspects)s.",
                len(names),
            )
            % words
        )
    return ngettext("%(names)s dissents.", "%(names)s dissent.", len(names)) % words


def lone_line(name: str, aspect: Aspect, stance: Stance, against: Stance, others: int) -> str:
    """Who stands alone on an aspect, with what stance, and against how many."""
    own = {Stance.PRAISE: _("praise"), Stance.MIXED: _("a mixed view"), Stance.CRITICISM: _("criticism")}
    theirs = own | {Stance.MIXED: _("mixed view")}
    return _(
        "On %(aspect)s %(name)s stands alone: %(stance)s, against the %(against)s of %(count)s others."
    ) % {
        "aspect": aspect_in_sentence(aspect),
        "name": name,
        "stance": own[stance],
        "against": theirs[against],
        "count": spelled(others),
    }


def opposition_line(opposition: Disagreement[Edition, Aspect]) -> str:
    """What two reviews disagree about, as the reason to read them side by side; empty if nothing."""
    opposed = _opposed(opposition)
    return capfirst(f"{opposed}.") if opposed else ""


def sharpest_line(opposition: Disagreement[Edition, Aspect]) -> str:
    """Why to read next the review that disagrees most with the one just read."""
    return _("The sharpest disagreement with this review: %(reasons)s.") % {"reasons": _opposed(opposition)}


def _opposed(opposition: Disagreement[Edition, Aspect]) -> str:
    """What two reviews disagree about, as part of a sentence."""
    reasons = []
    if opposition.aspects:
        reasons.append(_("opposed on %(aspects)s") % {"aspects": aspects_listed(opposition.aspects)})
    if opposition.distance and opposition.one.verdict is not None and opposition.other.verdict is not None:
        verdicts = {
            "one": verdict_word(opposition.one.verdict),
            "other": verdict_word(opposition.other.verdict),
        }
        reasons.append(_("%(one)s against %(other)s") % verdicts)
    return "; ".join(reasons)


def argument_line(
    film: str, tally: Tally, *, dissenters: Sequence[str] = (), on: Sequence[Aspect] = (), lone: str = ""
) -> str:
    """The argument of a film in one line, for share cards: the count, and the most notable disagreement.

    That is who dissents, and ``on`` which aspects they part company with the others; else ``lone``, the first sentence
    on who stands alone (``lone_line``). What does not fit is left out, the aspects first.
    """
    count = _count_on(film, tally)
    for disturbance in (dissent_line(dissenters, on), dissent_line(dissenters), "" if dissenters else lone):
        line = f"{count} {disturbance}".strip()
        if disturbance and len(line) <= SHARE_LENGTH:
            return line
    return count


def _count_on(film: str, tally: Tally) -> str:
    """The count of a film's critics in words, with the film's name."""
    words = {"count": spelled(tally.total), "film": film}
    if not tally.total:
        return _("No critics on %(film)s yet.") % words
    critics = ngettext("%(count)s critic on %(film)s", "%(count)s critics on %(film)s", tally.total) % words
    if tally.total == 1:
        said = verdict_word(tally.verdicts[0]) if tally.verdicts else _("no verdict")
    else:
        said = _sides(tally)
    return capfirst(f"{critics}: {said}.")


def reading_line(digests: int, stated: int) -> str:
    """How many of a critic's verdicts are our reading of a review published elsewhere; empty for none."""
    if not digests:
        return ""
    words = {"count": spelled(digests)}
    if digests == stated:
        return ngettext(
            "The verdict is our reading of a review published elsewhere.",
            "The verdicts are our reading of reviews published elsewhere.",
            digests,
        )
    sentence = ngettext(
        "%(count)s of the verdicts is our reading of a review published elsewhere.",
        "%(count)s of the verdicts are our reading of reviews published elsewhere.",
        digests,
    )
    return capfirst(sentence % words)


def in_common_line(films: int) -> str:
    """How many films a critic and colleagues have in common; if too few, how many are needed for a figure."""
    if not films:
        told = _("No colleague has written about the same films yet.")
    else:
        sentence = ngettext(
            "%(count)s film in common with colleagues.", "%(count)s films in common with colleagues.", films
        )
        told = capfirst(sentence % {"count": spelled(films)})
    if films >= FIGURE_FROM:
        return told
    enough = _("From %(count)s films in common on, this page says how often they part.")
    return f"{told} {enough % {'count': spelled(FIGURE_FROM)}}"


def parted_line(parted: Parted | None) -> str:
    """How often a critic parts company with most colleagues on the verdict, and of how many films."""
    if parted is None:
        return _("On the verdict: fewer than %(count)s films count so far.") % {"count": spelled(FIGURE_FROM)}
    sentence = ngettext(
        "On the verdict: parts from most colleagues on %(times)s of %(count)s film.",
        "On the verdict: parts from most colleagues on %(times)s of %(count)s films.",
        parted.films,
    )
    return sentence % {"times": parted.times or _("none"), "count": parted.films}


def parting_rule() -> str:
    """Which films count towards how often a critic parts company, and what that means."""
    return _(
        "A film counts where at least %(count)s colleagues take a view, and most of them the same. To part is to be "
        "for what most are against, or the reverse; whoever is mixed parts from nobody."
    ) % {"count": spelled(PARTING_OTHERS_FROM)}


def contrary_line(verdict: Verdict, others: Tally) -> str:
    """How far a verdict is from the middle of the others'; empty if no other is stated."""
    if others.middle is None:
        return ""
    low, high = others.middle
    sentence = (
        _("%(own)s, where the middle of the other %(count)s verdicts is %(verdict)s.")
        if low == high
        else _(
            "%(own)s, where the middle of the other %(count)s verdicts lies between %(verdict)s and %(other)s."
        )
    )
    words = {"own": verdict_word(verdict), "verdict": verdict_word(low), "other": verdict_word(high)}
    return capfirst(sentence % {**words, "count": spelled(others.stated)})
