"""Tests of pasted HTML; whole clipboards are in ``tests/data/paste``."""
