"""Numbers, lists and verdicts as words in a sentence."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.rules.argument import Verdict

_NUMBERS = (
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
)
_VERDICTS = {
    Verdict.RAVE: gettext_lazy("rave"),
    Verdict.POSITIVE: gettext_lazy("positive"),
    Verdict.MIXED: gettext_lazy("mixed"),
    Verdict.NEGATIVE: gettext_lazy("negative"),
    Verdict.PAN: gettext_lazy("pan"),
}


def spelled(number: int) -> str:
    """A number: as a word below ten, in digits from ten."""
    return str(_NUMBERS[number]) if number < len(_NUMBERS) else f"{number:,}"


def listed(names: Sequence[str]) -> str:
    """One or more names: ``Ana, Ben and Cleo``."""
    return str(get_text_list(list(names), _("and")))


def verdict_word(verdict: int) -> str:
    """A verdict: ``positive``."""
    return str(_VERDICTS[Verdict(verdict)])
