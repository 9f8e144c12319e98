"""Whether publishing changes to a review that readers have seen requires a correction.

A changed verdict or rating always requires a note. For any other change that readers can read, a person writes a note
or states that nothing was wrong. Every route that publishes checks this.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.desk.document.comparison import FieldChange
from reviews.desk.outlook import Outlook
from reviews.models import Correction

KINDS = {"verdict": Correction.Kind.VERDICT, "rating": Correction.Kind.RATING}


@dataclass(frozen=True)
class Asked:
    """What is required: a note of one of the ``kinds``, or, if there are none, an answer whether anything was wrong."""

    kinds: tuple[Correction.Kind, ...] = ()
    is_asked: bool = False

    def objection(self, *, kind: str = "", nothing_was_wrong: bool = False) -> str:
        """Why an answer is not enough: one sentence for an editor, empty if it is.

        ``kind`` is that of the note, empty without a note.
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
    """What these changes require."""
    changes = list(changes)
    kinds = tuple(KINDS[change.name] for change in changes if change.is_judged)
    return Asked(kinds, is_asked=any(change.is_read for change in changes))


def asked_of(outlook: Outlook) -> Asked:
    """What publishing the saved review requires."""
    return asked_by(outlook.changes)


def _named(kinds: Iterable[Correction.Kind]) -> str:
    return " and another ".join(kind.value for kind in kinds)
