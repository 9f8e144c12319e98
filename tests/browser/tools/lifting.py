"""Until a moment has come: in the gate the site's clock is set, at night the clock on the wall brings it."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from reviews import clock
from tests.gate.night import NIGHT

AHEAD = dt.timedelta(seconds=25) if NIGHT else dt.timedelta(minutes=20)
"""How far off a test puts the moment: a busy machine must not reach it too early, and nobody waits for it."""
Arrive = Callable[..., None]


@contextmanager
def arriving() -> Iterator[Arrive]:
    """A function that lets a moment come, after which the site's clock rests until the next call.

    What is ``later`` merely has to come after what was before: at night it does so by itself.
    """
    with ExitStack() as stack:

        def arrive(moment: dt.datetime, *, later: bool = False) -> None:
            if NIGHT and later:
                return
            if NIGHT:
                time.sleep(max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds() + 0.05))
            else:
                stack.enter_context(clock.frozen_at(moment))

        yield arrive
