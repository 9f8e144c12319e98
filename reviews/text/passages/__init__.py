"""Passages: find, select and anchor the words of a body that a judgement cites."""
