"""Fixtures shared by tests of pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template import engines


class Undefined(str):
    """A template variable that nobody defined: rendering it fails."""

    def __new__(cls) -> "Undefined":
        return super().__new__(cls, "%s")

    def __mod__(self, variable: Any) -> str:
        raise AssertionError(f"The template uses {variable}, which is not defined.")


@pytest.fixture(autouse=True)
def no_undefined_variables() -> Iterator[None]:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    before, engine.string_if_invalid = engine.string_if_invalid, Undefined()
    yield
    engine.string_if_invalid = before
