"""Tests of composing, comparing and keeping what a review says."""
