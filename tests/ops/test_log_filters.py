"""Log lines about preview links and malformed logging calls: never a secret, never an exception."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

SECRET = "aB-_9" * 9
ADDRESS = f"https://reviews.example/preview/{SECRET}/"
# Without the root logger as parent: pytest's handlers raise what logging only reports.
LOGGER = logging.Logger("tests.written")


class Unprintable:
    def __str__(self) -> str:
        raise ValueError(ADDRESS)

    __repr__ = __str__


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the settings' handler, formatter and filters write for a logger of this test."""
    logging_settings: Any = settings.LOGGING
    console, formats = logging_settings["handlers"]["console"], logging_settings["formatters"]["line"]
    handler = logging.StreamHandler(io.StringIO())
    for name in console["filters"]:
        handler.addFilter(import_string(logging_settings["filters"][name]["()"])())
    handler.setFormatter(logging.Formatter(formats["format"], style=formats["style"]))
    LOGGER.addHandler(handler)
    yield handler.stream
    LOGGER.removeHandler(handler)


class TestSecrets:
    def test_are_not_in_the_message_or_its_arguments(self, written: io.StringIO) -> None:
        LOGGER.warning(f"Read {ADDRESS}")
        LOGGER.warning("Read %s of %d", ADDRESS, 7)
        LOGGER.warning("Read %(address)s", {"address": ADDRESS})
        LOGGER.warning(ValueError(ADDRESS))
        assert written.getvalue().count("https://reviews.example/preview/…/") == 4
        assert "of 7" in written.getvalue()
        assert SECRET not in written.getvalue()

    def test_are_not_in_a_traceback_or_its_causes(self, written: io.StringIO) -> None:
        try:
            try:
                raise KeyError(ADDRESS)
            except KeyError as error:
                raise ValueError(f"Cannot read {ADDRESS}") from error
        except ValueError:
            LOGGER.exception("Read")
        assert "Traceback" in written.getvalue()
        assert written.getvalue().count("/preview/…/") == 2
        assert SECRET not in written.getvalue()

    def test_are_not_in_a_stack(self, written: io.StringIO) -> None:
        record = logging.makeLogRecord(
            {"levelno": logging.ERROR, "msg": "Read", "stack_info": f"Stack:\n  get({ADDRESS!r})"}
        )
        LOGGER.handle(record)
        assert "Stack:" in written.getvalue()
        assert SECRET not in written.getvalue()

    def test_a_traceback_without_one_is_as_logging_writes_it(self, written: io.StringIO) -> None:
        try:
            raise ValueError("Nothing secret")
        except ValueError as error:
            LOGGER.exception("Read")
            as_usual = logging.Formatter().formatException((ValueError, error, error.__traceback__))
        assert written.getvalue().endswith(f"Read\n{as_usual}\n")


MALFORMED: list[tuple[Any, tuple[Any, ...]]] = [
    (f"Read {ADDRESS} %s", ()),
    ("Read %d", (ADDRESS,)),
    ("Read %s %s", (ADDRESS,)),
    ("Read", (ADDRESS, 1)),
    ("Read %(name)s", ({"other": ADDRESS},)),
    ("Read %s", (Unprintable(),)),
    (Unprintable(), ()),
    (f"Read {ADDRESS} %", (1,)),
    ("Read %q", (ADDRESS,)),
    (b"Read %s", (ADDRESS,)),
    (None, (ADDRESS,)),
]


class TestMalformedCalls:
    @pytest.mark.parametrize(("message", "arguments"), MALFORMED)
    def test_are_reported_by_logging_itself_and_raise_nothing(
        self,
        message: Any,
        arguments: tuple[Any, ...],
        written: io.StringIO,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        LOGGER.error(message, *arguments)
        said = written.getvalue() + capsys.readouterr().err
        assert said
        assert SECRET not in said

    def test_leave_the_request_as_it_was(
        self, written: io.StringIO, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def view(*arguments: Any, **named: Any) -> Any:
            LOGGER.error("Read %d", ADDRESS)
            return original(*arguments, **named)

        from django.http import HttpResponse

        original = HttpResponse.__init__
        monkeypatch.setattr(HttpResponse, "__init__", view)
        assert Client().get("/robots.txt").status_code == 200
        assert "Logging error" in capsys.readouterr().err

    def test_an_exception_that_cannot_be_printed_is_no_second_one(self, written: io.StringIO) -> None:
        class Unspeakable(Exception):
            def __str__(self) -> str:
                raise RuntimeError(ADDRESS)

        try:
            raise Unspeakable
        except Unspeakable:
            LOGGER.exception("Read")
        assert "Read" in written.getvalue()
        assert SECRET not in written.getvalue()
