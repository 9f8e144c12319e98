"""Fixtures shared by tests of preview pages."""

from tests.public.conftest import no_undefined_variables

__all__ = ["no_undefined_variables"]
