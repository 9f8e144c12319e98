"""How far a command has come: a bar on a terminal, otherwise a line for every tenth."""

from django.core.management.base import OutputWrapper

BAR_WIDTH = 40
LINES = 10


class Progress:
    """Shows how many of ``all_of_them`` are done; ``what`` they are, in the plural."""

    def __init__(self, out: OutputWrapper, all_of_them: int, what: str) -> None:
        self._out, self._all, self._what = out, all_of_them, what
        self._shown = -1

    def show(self, done: int) -> None:
        if self._out.isatty():
            filled = BAR_WIDTH * done // self._all
            bar = "█" * filled + "·" * (BAR_WIDTH - filled)
            end = "\n" if done == self._all else ""
            self._out.write(f"\r{bar} {done:,} of {self._all:,} {self._what}", ending=end)
            self._out.flush()
        elif (tenth := LINES * done // self._all) > self._shown:
            self._shown = tenth
            self._out.write(f"{done:,} of {self._all:,} {self._what}")
