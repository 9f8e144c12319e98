"""When readers are owed a correction: what publishing a review that they have seen asks for.

A changed verdict or rating is told by a machine, and owes a note. Whether anything else that readers can read was
wrong is for a person to say: with a note, or by saying on purpose that nothing was. Every route that publishes asks
here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.desk.document.comparison import FieldChange
from reviews.desk.outlook import Outlook
from reviews.models import Correction

KINDS = {"verdict": Correction.Kind.VERDICT, "rating": Correction.Kind.RATING}


@dataclass(frozen=True)
class Asked:
    """What is asked: a note of one of the ``kinds``; or, where there are none, whether anything was wrong."""

    kinds: tuple[Correction.Kind, ...] = ()
    is_asked: bool = False

    def objection(self, *, kind: str = "", nothing_was_wrong: bool = False) -> str:
        """Why an answer does not do: one sentence for an editor, empty where it does.

        ``kind`` is that of the note that goes with it, empty where none does.
        """
        if kind in self.kinds or not self.is_asked:
            return ""
        if self.kinds:
            names = " or ".join(f"“{each.label}”" for each in self.kinds)
            return (
                f"Readers have seen another {_named(self.kinds)}: tell them, in a note of the kind {names}."
            )
        if kind or nothing_was_wrong:
            return ""
        return "Readers have read this otherwise: say what was wrong, or that nothing was."


def asked_by(changes: Iterable[FieldChange]) -> Asked:
    """What changes ask for."""
    changes = list(changes)
    kinds = tuple(KINDS[change.name] for change in changes if change.is_judged)
    return Asked(kinds, is_asked=any(change.is_read for change in changes))


def asked_of(outlook: Outlook) -> Asked:
    """What publishing the review as it is saved asks for."""
    return asked_by(outlook.changes)


def _named(kinds: Iterable[Correction.Kind]) -> str:
    return " and another ".join(kind.value for kind in kinds)
