"""What tests of preview links' pages share."""

from tests.views.conftest import no_undefined_variables

__all__ = ["no_undefined_variables"]
