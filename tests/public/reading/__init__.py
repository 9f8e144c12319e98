"""Tests of what pages show: the argument, suggestions, figures, the summary."""
