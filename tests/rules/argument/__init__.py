"""Tests of the rules of the argument, with examples and with generated films."""
