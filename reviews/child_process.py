"""Work in a process of its own, which takes neither this one's memory nor its life with it, and leaves nothing."""

import os
import resource
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


class ChildFailedError(Exception):
    """It ended without an answer, or took too long."""


def answer_of(module: str, sent: bytes, *, longest_wait: float) -> bytes:
    """What ``python -m module`` writes to its standard output when it reads this. The wait is in seconds.

    Raises ChildFailedError.
    """
    try:
        ended = subprocess.run(
            [sys.executable, "-m", module],
            input=sent,
            capture_output=True,
            timeout=longest_wait,
            cwd=_ROOT,
            env={"PATH": "", "MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise ChildFailedError(module) from error
    return ended.stdout


def limit_this_process(*, memory: int, cpu: int, niceness: int) -> None:
    """In the child: bytes of address space (reserved ones included), seconds of CPU, and how far others go first."""
    os.nice(niceness)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
