"""Who disagrees with the rest: lone voices on an aspect, dissenters on the film.

A mixed verdict or stance takes no side: it is neither dissent nor parting company.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from reviews.rules.argument.stances import count_stances
from reviews.rules.argument.verdicts import Stance, Verdict

C = TypeVar("C", bound=Hashable)
A = TypeVar("A", bound=Hashable)

LONE_OTHERS_FROM = 3
"""The smallest number of others, all of one other stance, against whom a critic is a lone voice."""

PARTING_OTHERS_FROM = 2
"""The smallest number of others with whom a critic can part company."""

OUTNUMBERED_BY = 3
"""Dissenters are outnumbered at least this many to one; otherwise the critics are divided, and nobody dissents."""


def lone_voice(stances: Mapping[C, Stance]) -> C | None:
    """The only critic with a stance while at least three others all have one other stance; None if there is none."""
    if len(stances) <= LONE_OTHERS_FROM:
        return None
    holders: dict[Stance, list[C]] = {}
    for critic, stance in stances.items():
        holders.setdefault(stance, []).append(critic)
    if len(holders) != 2:
        return None
    fewest = min(holders.values(), key=len)
    return fewest[0] if len(fewest) == 1 else None


def side_against(verdicts: Iterable[Verdict | None]) -> int:
    """The side that dissents, 1 for those in favour and -1 for those against; 0 if nobody dissents.

    More than half of the stated verdicts are on the other side, and outnumber it at least three to one. So there is no
    dissent among fewer than four verdicts, and none among critics who are divided.
    """
    stated = [verdict for verdict in verdicts if verdict is not None]
    in_favour = sum(verdict > 0 for verdict in stated)
    against = sum(verdict < 0 for verdict in stated)
    for most, fewest, side in ((in_favour, against, -1), (against, in_favour, 1)):
        if fewest and 2 * most > len(stated) and most >= OUTNUMBERED_BY * fewest:
            return side
    return 0


def dissenters(verdicts: Mapping[C, Verdict | None]) -> list[C]:
    """The critics on the side that dissents, in the order given; empty if there are none."""
    side = side_against(verdicts.values())
    return [critic for critic, verdict in verdicts.items() if verdict is not None and verdict * side > 0]


def parts_company(stance: Stance, others: Iterable[Stance]) -> bool:
    """Whether somebody praises what more than half of the others who mention it criticise, or the reverse."""
    count = count_stances(others)
    opposite = {Stance.PRAISE: Stance.CRITICISM, Stance.CRITICISM: Stance.PRAISE}.get(stance)
    return opposite is not None and count.spoken >= PARTING_OTHERS_FROM and count.majority is opposite


def partings(critic: C, rows: Mapping[A, Mapping[C, Stance]]) -> list[A]:
    """The aspects on which a critic parts company with the others, in the order of the rows."""
    return [
        aspect
        for aspect, stances in rows.items()
        if critic in stances
        and parts_company(stances[critic], (stance for who, stance in stances.items() if who != critic))
    ]
