"""A log filter that removes the secrets of preview links. It never raises: that would fail the request."""

import logging
import re
from collections.abc import Mapping
from typing import Any

# A secret, or part of one if the address was cut off or continues.
_SECRET_ADDRESS = re.compile(r"(?<=/preview/)[^\s/?#\"']+")
_PLAIN = (int, float, type(None))


class WithoutSecretsFilter(logging.Filter):
    """Write ``/preview/…`` for the address of a preview link, in the message, the traceback and the stack.

    If the arguments of a call do not fit its message, logging reports both; so both are cleaned.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            said = record.getMessage()
        except Exception:
            record.msg, record.args = _printed(record.msg), _each_printed(record.args)
        else:
            if (told := without_secrets(said)) != said:
                record.msg, record.args = told, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _traceback(record.exc_info)
        if record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        if record.stack_info:
            record.stack_info = without_secrets(record.stack_info)
        return True


def without_secrets(text: str) -> str:
    return _SECRET_ADDRESS.sub("…", text)


def _printed(value: Any) -> str:
    try:
        return without_secrets(value if isinstance(value, str) else repr(value))
    except Exception:
        return f"<{type(value).__name__} that cannot be printed>"


def _each_printed(args: Any) -> Any:
    """The arguments of a call in the same structure: numbers unchanged, the rest as cleaned text."""
    if isinstance(args, Mapping):
        return {name: value if isinstance(value, _PLAIN) else _printed(value) for name, value in args.items()}
    if isinstance(args, tuple):
        return tuple(value if isinstance(value, _PLAIN) else _printed(value) for value in args)
    return args if args is None else (_printed(args),)


def _traceback(exc_info: Any) -> str | None:
    """A traceback as logging would write it; None if it cannot be formatted."""
    try:
        return logging.Formatter().formatException(exc_info)
    except Exception:
        return None
