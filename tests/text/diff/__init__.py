"""Tests of comparing and merging texts."""
