"""Why no copy can be made."""


class CannotCopy(Exception):
    """Contains a sentence that says what to do."""
