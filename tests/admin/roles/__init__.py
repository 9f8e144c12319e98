"""Tests that ``docs/roles.md`` is true: every role tries every address of the desk."""
