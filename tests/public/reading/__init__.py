"""Tests of the data on pages: the argument, suggestions, figures, the summary."""
