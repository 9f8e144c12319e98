"""The argument of a film: what its critics think, where they disagree, and who stands alone. Never an average.

Pure: verdicts and stances go in, counts and names come out. Critics and aspects may be any hashable values. Every
threshold is a constant here; the public page that explains the rules uses the same constants.
"""

from reviews.rules.argument.calibration import (
    CONTRARY_FROM,
    CONTRARY_OTHERS_FROM,
    FIGURE_FROM,
    Calibration,
    InCommon,
    Parted,
    calibrate,
    contrariness,
)
from reviews.rules.argument.dissent import (
    LONE_OTHERS_FROM,
    OUTNUMBERED_BY,
    PARTING_OTHERS_FROM,
    dissenters,
    lone_voice,
    partings,
    parts_company,
    side_against,
)
from reviews.rules.argument.opposition import Disagreement, Position, disagreement, sharpest, sharpest_with
from reviews.rules.argument.stances import StanceCount, count_stances
from reviews.rules.argument.verdicts import HEADLINE_FROM, SHARE_FROM, Stance, Tally, Verdict, tally

__all__ = [
    "CONTRARY_FROM",
    "CONTRARY_OTHERS_FROM",
    "FIGURE_FROM",
    "HEADLINE_FROM",
    "LONE_OTHERS_FROM",
    "OUTNUMBERED_BY",
    "PARTING_OTHERS_FROM",
    "SHARE_FROM",
    "Calibration",
    "Disagreement",
    "InCommon",
    "Parted",
    "Position",
    "Stance",
    "StanceCount",
    "Tally",
    "Verdict",
    "calibrate",
    "contrariness",
    "count_stances",
    "disagreement",
    "dissenters",
    "lone_voice",
    "partings",
    "parts_company",
    "sharpest",
    "sharpest_with",
    "side_against",
    "tally",
]
