"""Tests of posters and monograms."""
