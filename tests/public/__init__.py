"""Tests of code for readers."""
