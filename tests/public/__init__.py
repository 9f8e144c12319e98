"""Tests of what readers reach."""
