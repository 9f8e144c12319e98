"""Tests of what every page of the desk has to keep to."""
