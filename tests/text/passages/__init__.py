"""Tests of finding, selecting and anchoring passages."""
