"""Tests of the rules of the argument, on films that are written out and on generated ones."""
