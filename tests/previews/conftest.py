"""What tests of preview links' pages share."""

from tests.public.conftest import no_undefined_variables

__all__ = ["no_undefined_variables"]
