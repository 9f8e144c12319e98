"""Tests of each migration over rows that break it."""
