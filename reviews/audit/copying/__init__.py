"""A copy of the site's own database, to be written to: gone at the end, and at the next start after a crash."""

from reviews.audit.copying.copies import copied, private_folder
from reviews.audit.copying.refusals import CannotCopy
from reviews.audit.copying.switching import switched_to

__all__ = ["CannotCopy", "copied", "private_folder", "switched_to"]
