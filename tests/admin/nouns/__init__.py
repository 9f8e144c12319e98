"""Tests of the admin of every other noun."""
