"""Tests of pasted HTML; the clipboards are in ``tests/data/paste``."""
