"""Tests of the desk with hostile text and numbers, and of its limits."""
