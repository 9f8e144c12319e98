"""Passages: finding, selecting and anchoring the words of a body that somebody cites."""
